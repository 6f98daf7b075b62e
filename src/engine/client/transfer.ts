/** What a customer does to upload and download an object, mode by mode. */

import type { Bytes } from '../bytes/bytes.ts';
import { utf8 } from '../bytes/bytes.ts';
import { toBase64 } from '../bytes/text.ts';
import { md5 } from '../crypto/md5.ts';
import { sha256 } from '../crypto/sha2.ts';
import { bodyText, findHeader, gather, type Header, type HttpResponse } from '../http/message.ts';
import type { Artifact } from '../trace/artifact.ts';
import type { Mode, Outcome, Transport } from '../trace/trace.ts';
import { type Customer, forgetAtClient } from './customer.ts';
import { getObject, hashBody, type ObjectAddress, putBucketEncryption, putObject } from './s3Client.ts';
import {
  type ClientFailure,
  type ClientKeyring,
  openEncrypted,
  putEncrypted,
} from './s3EncryptionClient/clientEncryption.ts';

/** Names in the world that a mode needs. */
export interface TransferNames extends ObjectAddress {
  /** Full ARN of the customer managed key. */
  readonly kmsKeyArn: string;
}

const SSE = 'x-amz-server-side-encryption';

const NO_CUSTOMER_KEY: ClientFailure = {
  code: 'CustomerKeyMissing',
  message: 'This customer has no key of their own to send.',
  facts: ['F-SSC-001', 'F-SIM-103'],
};

const UNBLOCK_XML = `<?xml version="1.0" encoding="UTF-8"?>
<ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
  <Rule>
    <BlockedEncryptionTypes>
      <EncryptionType>NONE</EncryptionType>
    </BlockedEncryptionTypes>
  </Rule>
</ServerSideEncryptionConfiguration>`;

/** Uploads a plaintext that is in the customer's room. */
export async function upload(
  customer: Customer,
  mode: Mode,
  transport: Transport,
  names: TransferNames,
  plaintext: Artifact,
  contentType: string,
): Promise<Outcome> {
  const keyring = clientKeyring(mode, names);
  if (keyring) {
    const result = await putEncrypted(customer, transport, names, plaintext, contentType, keyring);
    return 'failure' in result ? fail(customer, result.failure) : finish(customer, result.ok, [plaintext]);
  }
  if (mode === 'sse-c' && customer.keyRing.customerKey === undefined) return fail(customer, NO_CUSTOMER_KEY);
  if (mode === 'sse-c') {
    const unblocked = await unblock(customer, transport, names.bucketName);
    if (unblocked.status !== 200) return finish(customer, unblocked, [plaintext]);
  }
  customer.recorder.step('client.prepare', 'client');
  const withKey = mode === 'sse-c' ? await customerKeyHeaders(customer) : undefined;
  const { checksum, digest } = await hashBody(customer, plaintext);
  const response = await putObject(customer, transport, names, {
    body: plaintext,
    digest,
    contentType,
    headers: withKey?.headers ?? uploadHeaders(mode, names),
    cargo: [checksum.id, ...(withKey ? [withKey.keyId] : [])],
  });
  return finish(customer, response, [plaintext]);
}

/** Downloads and, in client-side modes, opens. The plaintext is in the customer's room when the outcome is good. */
export async function download(
  customer: Customer,
  mode: Mode,
  transport: Transport,
  names: TransferNames,
): Promise<{ outcome: Outcome; plaintext?: Artifact }> {
  const { recorder } = customer;
  recorder.step('client.sign', 'client');
  const withKey = mode === 'sse-c' ? await customerKeyHeaders(customer) : undefined;
  const response = await getObject(customer, transport, names, withKey?.headers, withKey ? [withKey.keyId] : []);
  if (response.status !== 200) return { outcome: finish(customer, response, []) };
  const received = await takeBody(customer, response, mode, names);
  const isIntact = await checkHash(customer, response, received);
  if (!isIntact) {
    forgetAtClient(customer, [received.id]);
    const failure = { code: 'ChecksumMismatch', message: 'What arrived is not what was stored.', facts: [] };
    return { outcome: fail(customer, failure) };
  }
  if (!clientKeyring(mode, names)) return { outcome: finish(customer, response, [received]), plaintext: received };
  const kmsKeyId = mode === 'cse-kms' ? names.kmsKeyArn : undefined;
  const opened = await openEncrypted(customer, response, received, names.objectName, kmsKeyId);
  if ('failure' in opened) return { outcome: fail(customer, opened.failure) };
  return { outcome: finish(customer, response, [opened.ok]), plaintext: opened.ok };
}

/** The body as an artifact, also when it is nothing that was ever uploaded. */
async function takeBody(
  customer: Customer,
  response: HttpResponse,
  mode: Mode,
  names: TransferNames,
): Promise<Artifact> {
  const { recorder, room } = customer;
  const bytes = gather(response.body);
  const isLocked = clientKeyring(mode, names) !== undefined;
  const received = await recorder.identify({
    kind: isLocked ? 'ciphertext-object' : 'plaintext-object',
    name: names.objectName,
    bytes,
    isSecret: !isLocked,
  });
  if (!room.has(received.id)) room.hold(received.id, bytes);
  return received;
}

function clientKeyring(mode: Mode, names: TransferNames): ClientKeyring | undefined {
  if (mode === 'cse-aes') return 'aes';
  if (mode === 'cse-rsa') return 'rsa';
  return mode === 'cse-kms' ? { kmsKeyId: names.kmsKeyArn } : undefined;
}

/** Which headers choose the mode (F-HDR-001, F-HDR-002). Without any, the bucket's default applies. */
function uploadHeaders(mode: Mode, names: TransferNames): Header[] {
  if (mode === 'sse-s3') return [[SSE, 'AES256']];
  if (mode === 'sse-kms-aws') return [[SSE, 'aws:kms']];
  if (mode === 'none') return [];
  return [
    [SSE, mode === 'dsse-kms' ? 'aws:kms:dsse' : 'aws:kms'],
    [`${SSE}-aws-kms-key-id`, names.kmsKeyArn],
  ];
}

/** The SSE-C trio (F-HDR-005…007), or nothing when this customer has no such key. */
async function customerKeyHeaders(customer: Customer): Promise<{ headers: Header[]; keyId: string } | undefined> {
  const keyId = customer.keyRing.customerKey;
  if (keyId === undefined) return undefined;
  const { recorder, room } = customer;
  const raw: Bytes = room.getBytes(keyId);
  const digest = md5(raw);
  const keyMd5 = await recorder.identify({ kind: 'checksum', name: 'MD5 of the key', bytes: digest, isSecret: false });
  room.hold(keyMd5.id, digest);
  recorder.emit({
    verb: 'hashed',
    place: 'client',
    inputs: [keyId],
    outputs: [keyMd5.id],
    algorithm: 'MD5',
    facts: ['F-SSC-001', 'F-HDR-013'],
  });
  const prefix = `${SSE}-customer`;
  return {
    keyId,
    headers: [
      [`${prefix}-algorithm`, 'AES256'],
      [`${prefix}-key`, toBase64(raw)],
      [`${prefix}-key-MD5`, toBase64(digest)],
    ],
  };
}

/** SSE-C is blocked in new buckets since April 2026: lift the block first (F-SSC-038, F-BLK-008). */
async function unblock(customer: Customer, transport: Transport, bucketName: string): Promise<HttpResponse> {
  const { recorder } = customer;
  recorder.step('client.unblock', 'client');
  const bytes = utf8(UNBLOCK_XML);
  const rule = await recorder.identify({ kind: 'configuration', name: 'encryption rule', bytes, isSecret: false });
  customer.room.hold(rule.id, bytes);
  recorder.emit({
    verb: 'generated',
    place: 'client',
    outputs: [rule.id],
    api: 'PutBucketEncryption',
    facts: ['F-BLK-006', 'F-BLK-008'],
  });
  return putBucketEncryption(customer, transport, bucketName, rule, UNBLOCK_XML);
}

/** The stored SHA-256 against what arrived. Nothing to compare when S3 sent none. */
async function checkHash(customer: Customer, response: HttpResponse, received: Artifact): Promise<boolean> {
  const stored = findHeader(response, 'x-amz-checksum-sha256');
  if (stored === undefined) return true;
  const { recorder } = customer;
  recorder.step('client.checkHash', 'client');
  const bytes = await sha256(customer.room.getBytes(received.id));
  const checksum = await recorder.identify({ kind: 'checksum', name: 'SHA-256 of the object', bytes, isSecret: false });
  customer.room.hold(checksum.id, bytes);
  recorder.emit({
    verb: 'hashed',
    place: 'client',
    inputs: [received.id],
    outputs: [checksum.id],
    algorithm: 'SHA-256',
    facts: ['F-SIM-104'],
  });
  const computed = toBase64(bytes);
  recorder.emit({
    verb: 'compared',
    place: 'client',
    what: 'checksum',
    left: { label: 'SHA-256 stored at upload', text: stored },
    right: { label: 'SHA-256 of what arrived', text: computed },
    isEqual: stored === computed,
    facts: ['F-SIM-104'],
  });
  return stored === computed;
}

/** The answer is in: keep the object and the keys, drop the rest. */
function finish(customer: Customer, response: HttpResponse, kept: readonly Artifact[]): Outcome {
  const isOk = response.status === 200;
  const error = isOk ? undefined : parseError(response);
  customer.recorder.step(isOk ? 'client.done' : 'client.fail', 'client');
  if (error) {
    customer.recorder.emit({ verb: 'failed', place: 'client', code: error.code, message: error.message, facts: [] });
  }
  dropTransients(customer, kept);
  return { isOk, status: response.status, ...error };
}

function fail(customer: Customer, failure: ClientFailure): Outcome {
  const { code, message, facts } = failure;
  customer.recorder.step('client.fail', 'client');
  customer.recorder.emit({ verb: 'failed', place: 'client', code, message, facts });
  dropTransients(customer, []);
  return { isOk: false, code, message };
}

const LASTING = ['customer-key', 'wrapping-key', 'public-key'];

function dropTransients(customer: Customer, kept: readonly Artifact[]): void {
  const { room, recorder } = customer;
  const ids = room.ids().filter(id => !LASTING.includes(recorder.get(id).kind) && !kept.some(one => one.id === id));
  // A failed upload must not cost you your own copy.
  forgetAtClient(
    customer,
    ids.filter(id => recorder.get(id).kind !== 'plaintext-object'),
  );
}

/** Code and message of S3's error document; texts only, cut at a sensible length. */
function parseError(response: HttpResponse): { code: string; message: string } {
  const text = bodyText(response.body);
  const element = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? '';
  const decode = (part: string) =>
    part
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
  return { code: decode(element('Code')), message: decode(element('Message')) };
}
