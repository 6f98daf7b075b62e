/** Up- and downloads of an experiment, and links that somebody signed. */
import { type Customer, forgetAtClient } from '../client/customer.ts';
import { checkHash, getObject, hashBody, putObject } from '../client/s3Client.ts';
import { takeBody } from '../client/s3EncryptionClient/reading.ts';
import { customerKeyHeaders, download, fail, finish, upload, uploadHeaders } from '../client/transfer.ts';
import { invariant } from '../errors.ts';
import { bodyOf, type Header, type HttpRequest, type HttpResponse } from '../http/message.ts';
import type { Mode, Transport } from '../trace/trace.ts';
import type { Action } from './action.ts';
import {
  type Answered,
  addressOf,
  type Bench,
  type Circumstances,
  carriedKeys,
  changed,
  headersOf,
  holdObject,
  ofResponse,
} from './bench.ts';

export async function doUpload(
  bench: Bench,
  action: Extract<Action, { do: 'upload' }>,
  { spec }: Circumstances,
  customer: Customer,
  transport: Transport,
): Promise<Answered> {
  const address = addressOf(bench, action.object);
  const object = await holdObject(bench, customer, address.objectName, action.text);
  invariant(!spec.mode.startsWith('cse-') || !action.headers, 'the encryption client chooses its own headers');
  const isPlain = action.bare || action.headers;
  if (
    !isPlain &&
    (spec.mode.startsWith('cse-') || (spec.mode === 'sse-c' && customer.keyRing.customerKey === undefined))
  ) {
    const outcome = await upload(customer, { ...spec, transport }, { ...bench.world.names, ...address }, object, TEXT);
    return { customer, isRefused: !outcome.isOk, end: () => ({ outcome }) };
  }
  customer.recorder.step('client.prepare', 'client');
  const withKey = action.bare ? undefined : await ownKey(customer, spec.mode);
  const own = action.bare ? [] : (withKey?.headers ?? uploadHeaders(spec, bench.world.names));
  const { checksum, digest } = await hashBody(customer, object);
  const headers = changed(bench, own, action.headers);
  const response = await putObject(customer, transport, address, {
    body: object,
    digest,
    contentType: TEXT,
    headers,
    cargo: [checksum.id, ...(await carriedKeys(customer, headers))],
  });
  return ofResponse(customer, response, [object]);
}

const TEXT = 'text/plain';

export async function ownKey(customer: Customer, mode: Mode) {
  return mode === 'sse-c' ? customerKeyHeaders(customer) : undefined;
}

export async function doDownload(
  bench: Bench,
  action: Extract<Action, { do: 'download' }>,
  { spec }: Circumstances,
  customer: Customer,
  transport: Transport,
): Promise<Answered> {
  const address = addressOf(bench, action.object);
  const isClientSide = spec.mode.startsWith('cse-') && !action.plainly;
  if (isClientSide || (spec.mode === 'sse-c' && !action.bare && customer.keyRing.customerKey === undefined)) {
    const done = await download(customer, { ...spec, transport }, { ...bench.world.names, ...address });
    return { customer, isRefused: !done.outcome.isOk, end: () => done };
  }
  const withKey = action.bare ? undefined : await signedKey(customer, spec.mode);
  const headers = changed(bench, withKey?.headers ?? [], action.headers);
  const cargo = await carriedKeys(customer, headers);
  const response = await getObject(customer, transport, address, headers, cargo);
  return takeObject(customer, response, address.objectName, spec.mode.startsWith('cse-'));
}

export async function signedKey(customer: Customer, mode: Mode) {
  customer.recorder.step('client.sign', 'client');
  return ownKey(customer, mode);
}

/** What an answer to a GET brought. */
export async function takeObject(
  customer: Customer,
  response: HttpResponse,
  name: string,
  isSealed: boolean,
): Promise<Answered> {
  if (response.status !== 200) return ofResponse(customer, response, []);
  const received = await takeBody(customer, response, name, isSealed ? 'ciphertext-object' : 'plaintext-object');
  const isSame = await checkHash(customer, response, received);
  return {
    customer,
    isRefused: !isSame,
    end: () => {
      if (isSame) return { outcome: finish(customer, response, [received]), plaintext: received };
      forgetAtClient(customer, [received.id]);
      return { outcome: fail(customer, CHANGED) };
    },
  };
}

const CHANGED = { code: 'ChecksumMismatch', message: 'What arrived is not what was stored.', facts: [] };

export async function followLink(
  bench: Bench,
  action: Extract<Action, { do: 'follow-link' }>,
  customer: Customer,
  transport: Transport,
): Promise<Answered> {
  const { link } = bench;
  invariant(link, 'a link is followed after it was signed');
  const headers = headersOf(bench, action.headers ?? {});
  const names = headers.map(([name]) => name);
  const own = link.headers.filter(([name]) => name === 'host' && !names.includes(name));
  if (link.method === 'GET') {
    customer.recorder.step('client.prepare', 'client');
    const response = await customer.send('s3', { ...link, headers: [...own, ...headers] }, [], transport);
    return takeObject(customer, response, bench.objectName, false);
  }
  const object = await holdObject(bench, customer, bench.objectName);
  customer.recorder.step('client.prepare', 'client');
  const { checksum } = await hashBody(customer, object);
  const body = bodyOf(customer.room.getBytes(object.id));
  const length: Header = ['content-length', String(body.length)];
  const request: HttpRequest = { ...link, headers: [...own, length, ...headers], body };
  const response = await customer.send('s3', request, [object.id], transport);
  forgetAtClient(customer, [checksum.id]);
  return ofResponse(customer, response, [object]);
}
