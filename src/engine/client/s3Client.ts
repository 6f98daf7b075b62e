/** A plain S3 client: builds the request, signs it, sends it. */

import type { Bytes } from '../bytes/bytes.ts';
import { utf8 } from '../bytes/bytes.ts';
import { toBase64, toHex } from '../bytes/text.ts';
import { sha256 } from '../crypto/sha2.ts';
import { formatObjectPath } from '../http/address.ts';
import { bodyOf, EMPTY_BODY, type Header, type HttpRequest, type HttpResponse, textBody } from '../http/message.ts';
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

/** Hashes what will be sent: as a checksum S3 verifies and as the payload hash the signature covers. */
export async function hashBody(customer: Customer, body: Artifact): Promise<{ checksum: Artifact; digest: Bytes }> {
  const bytes = customer.room.getBytes(body.id);
  await customer.pace?.checkpoint('hash', 0, bytes.length);
  const digest = await sha256(bytes);
  const checksum = await customer.recorder.identify({
    kind: 'checksum',
    name: body.kind === 'ciphertext-object' ? 'SHA-256 of the ciphertext' : 'SHA-256 of the object',
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

async function send(
  customer: Customer,
  transport: Transport,
  request: HttpRequest,
  cargo: readonly ArtifactId[],
): Promise<HttpResponse> {
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

function hostOf(customer: Customer): string {
  return `s3.${customer.region}.amazonaws.com`;
}
