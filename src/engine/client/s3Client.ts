/** A plain S3 client: builds the request, signs it, sends it. */

import type { Bytes } from '../bytes/bytes.ts';
import { utf8 } from '../bytes/bytes.ts';
import { toBase64, toHex } from '../bytes/text.ts';
import { sha256 } from '../crypto/sha2.ts';
import { formatObjectPath } from '../http/address.ts';
import {
  bodyOf,
  bodyText,
  EMPTY_BODY,
  findHeader,
  type Header,
  type HttpRequest,
  type HttpResponse,
  textBody,
} from '../http/message.ts';
import { signRequest } from '../sigv4/sigV4.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import type { Transport } from '../trace/trace.ts';
import { type Customer, holdAtClient } from './customer.ts';

/** SHA-256 of nothing, which a request without body signs. */
const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

export interface ObjectAddress {
  readonly bucketName: string;
  readonly objectName: string;
}

/** How the hash of a thing that is sent is called; of anything else, `object`. */
const HASHED: Partial<Record<Artifact['kind'], string>> = {
  'ciphertext-object': 'ciphertext',
  'instruction-file': 'instruction file',
};

/** Hashes what will be sent: as a checksum S3 verifies and as the payload hash the signature covers. */
export async function hashBody(customer: Customer, body: Artifact): Promise<{ checksum: Artifact; digest: Bytes }> {
  const bytes = customer.room.getBytes(body.id);
  await customer.pace?.checkpoint('hash', 0, bytes.length);
  const digest = await sha256(bytes);
  const checksum = await customer.recorder.identify({
    kind: 'checksum',
    name: `SHA-256 of the ${HASHED[body.kind] ?? 'object'}`,
    bytes: digest,
    isSecret: false,
  });
  holdAtClient(customer, checksum, digest);
  customer.recorder.emit({
    verb: 'hashed',
    place: 'client',
    inputs: [body.id],
    outputs: [checksum.id],
    algorithm: 'SHA-256',
    facts: ['F-SIM-104'],
  });
  return { checksum, digest };
}

/** PutObject with a SHA-256 checksum. `headers` choose the encryption; `cargo` says what travels in them, for the trace. */
export async function putObject(
  customer: Customer,
  transport: Transport,
  address: ObjectAddress,
  subject: {
    body: Artifact;
    digest: Bytes;
    contentType: string;
    headers: readonly Header[];
    cargo: readonly ArtifactId[];
  },
): Promise<HttpResponse> {
  const body = bodyOf(customer.room.getBytes(subject.body.id));
  const request: HttpRequest = {
    method: 'PUT',
    path: formatObjectPath(address.bucketName, address.objectName),
    query: '',
    headers: [
      ['host', hostOf(customer)],
      ['content-length', String(body.length)],
      ['content-type', subject.contentType],
      ['x-amz-content-sha256', toHex(subject.digest)],
      ['x-amz-checksum-sha256', toBase64(subject.digest)],
      ...subject.headers,
    ],
    body,
  };
  return send(customer, transport, request, [subject.body.id, ...subject.cargo]);
}

/** DeleteObject. */
export async function deleteObject(
  customer: Customer,
  transport: Transport,
  address: ObjectAddress,
): Promise<HttpResponse> {
  return send(customer, transport, requestOf(customer, 'DELETE', address), []);
}

/** HeadObject: what GetObject would say, without the body. */
export async function headObject(
  customer: Customer,
  transport: Transport,
  address: ObjectAddress,
): Promise<HttpResponse> {
  return send(customer, transport, requestOf(customer, 'HEAD', address), []);
}

/** CopyObject within the Region. `headers` say what changes on the way, for example the metadata (F-CPY-001). */
export async function copyObject(
  customer: Customer,
  transport: Transport,
  source: ObjectAddress,
  address: ObjectAddress,
  headers: readonly Header[] = [],
): Promise<HttpResponse> {
  const from = formatObjectPath(source.bucketName, source.objectName);
  return send(customer, transport, requestOf(customer, 'PUT', address, [['x-amz-copy-source', from], ...headers]), []);
}

/** CreateMultipartUpload; metadata and encryption of the later object are chosen here (F-MPU-001). */
export async function createMultipartUpload(
  customer: Customer,
  transport: Transport,
  address: ObjectAddress,
  headers: readonly Header[],
  cargo: readonly ArtifactId[],
): Promise<HttpResponse> {
  return send(customer, transport, requestOf(customer, 'POST', address, headers, 'uploads='), cargo);
}

/** UploadPart with the payload's hash; `number` counts from 1. */
export async function uploadPart(
  customer: Customer,
  transport: Transport,
  address: ObjectAddress,
  upload: { readonly id: string; readonly number: number },
  subject: { readonly body: Artifact; readonly checksum: Artifact; readonly digest: Bytes },
): Promise<HttpResponse> {
  const body = bodyOf(customer.room.getBytes(subject.body.id));
  const request = requestOf(
    customer,
    'PUT',
    address,
    [
      ['content-length', String(body.length)],
      ['x-amz-checksum-sha256', toBase64(subject.digest)],
    ],
    `partNumber=${upload.number}&uploadId=${encodeURIComponent(upload.id)}`,
  );
  const headers: Header[] = request.headers.map(([name, value]) =>
    name === 'x-amz-content-sha256' ? [name, toHex(subject.digest)] : [name, value],
  );
  return send(customer, transport, { ...request, headers, body }, [subject.body.id, subject.checksum.id]);
}

/** CompleteMultipartUpload with the list of parts as XML. */
export async function completeMultipartUpload(
  customer: Customer,
  transport: Transport,
  address: ObjectAddress,
  uploadId: string,
  list: { readonly document: Artifact; readonly xml: string },
): Promise<HttpResponse> {
  const bytes = utf8(list.xml);
  const query = `uploadId=${encodeURIComponent(uploadId)}`;
  const request = requestOf(customer, 'POST', address, [['content-type', 'application/xml']], query);
  const hash = toHex(await sha256(bytes));
  const headers: Header[] = [
    ...request.headers.map(([name, value]): Header => [name, name === 'x-amz-content-sha256' ? hash : value]),
    ['content-length', String(bytes.length)],
  ];
  return send(customer, transport, { ...request, headers, body: textBody(list.xml) }, [list.document.id]);
}

/** AbortMultipartUpload: parts that lie there are dropped. */
export async function abortMultipartUpload(
  customer: Customer,
  transport: Transport,
  address: ObjectAddress,
  uploadId: string,
): Promise<HttpResponse> {
  const query = `uploadId=${encodeURIComponent(uploadId)}`;
  return send(customer, transport, requestOf(customer, 'DELETE', address, [], query), []);
}

/** A request without body. */
export function requestOf(
  customer: Customer,
  method: string,
  address: ObjectAddress,
  headers: readonly Header[] = [],
  query = '',
): HttpRequest {
  return {
    method,
    path: formatObjectPath(address.bucketName, address.objectName),
    query,
    headers: [['host', hostOf(customer)], ['x-amz-content-sha256', EMPTY_HASH], ...headers],
    body: EMPTY_BODY,
  };
}

/**
 * The stored SHA-256 against what arrived. Nothing to compare when S3 sent none, as with a range, or when it is one over the
 * checksums of parts, which ends in their number.
 */
export async function checkHash(customer: Customer, response: HttpResponse, received: Artifact): Promise<boolean> {
  const stored = findHeader(response, 'x-amz-checksum-sha256');
  if (stored === undefined || stored.includes('-')) return true;
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

/** Code and message of S3's error document; texts only, cut at a sensible length. */
export function parseError(response: HttpResponse): { code: string; message: string } {
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

/** GetObject, asking for the stored checksum too. */
export async function getObject(
  customer: Customer,
  transport: Transport,
  address: ObjectAddress,
  headers: readonly Header[] = [],
  cargo: readonly ArtifactId[] = [],
): Promise<HttpResponse> {
  const request: HttpRequest = {
    method: 'GET',
    path: formatObjectPath(address.bucketName, address.objectName),
    query: '',
    headers: [
      ['host', hostOf(customer)],
      ['x-amz-content-sha256', EMPTY_HASH],
      ['x-amz-checksum-mode', 'ENABLED'],
      ...headers,
    ],
    body: EMPTY_BODY,
  };
  return send(customer, transport, request, cargo);
}

/** PutBucketEncryption: sends a rule as XML. */
export async function putBucketEncryption(
  customer: Customer,
  transport: Transport,
  bucketName: string,
  rule: Artifact,
  xml: string,
): Promise<HttpResponse> {
  const digest = await sha256(utf8(xml));
  const request: HttpRequest = {
    method: 'PUT',
    path: formatObjectPath(bucketName),
    query: 'encryption',
    headers: [
      ['host', hostOf(customer)],
      ['content-length', String(utf8(xml).length)],
      ['content-type', 'application/xml'],
      ['x-amz-content-sha256', toHex(digest)],
      ['x-amz-checksum-sha256', toBase64(digest)],
    ],
    body: textBody(xml),
  };
  return send(customer, transport, request, [rule.id]);
}

/** Signs a request and sends it; without signature when the customer is anonymous. `cargo` says what travels in it, for the trace. */
export async function send(
  customer: Customer,
  transport: Transport,
  request: HttpRequest,
  cargo: readonly ArtifactId[],
): Promise<HttpResponse> {
  if (customer.isAnonymous) return customer.send('s3', request, cargo, transport);
  customer.recorder.step('client.sign', 'client');
  const signed = await signRequest(
    request,
    customer.credentials,
    { region: customer.region, service: 's3' },
    customer.clock.now(),
  );
  // What is computed is the signature in the header: not an artifact to follow, but the step is real.
  customer.recorder.emit({
    verb: 'derived',
    place: 'client',
    algorithm: 'SigV4: HMAC-SHA-256',
    facts: ['F-KSM-060'],
  });
  return customer.send('s3', signed, cargo, transport);
}

export function hostOf(customer: Customer): string {
  return `s3.${customer.region}.amazonaws.com`;
}
