/** What a customer does to upload and download an object, mode by mode. */

import type { Bytes } from '../bytes/bytes.ts';
import { utf8 } from '../bytes/bytes.ts';
import { toBase64 } from '../bytes/text.ts';
import { md5 } from '../crypto/md5.ts';
import type { Header, HttpResponse } from '../http/message.ts';
import type { Artifact } from '../trace/artifact.ts';
import type { Outcome, RunSpec, Transport } from '../trace/trace.ts';
import { type Customer, forgetAtClient } from './customer.ts';
import {
  checkHash,
  getObject,
  hashBody,
  type ObjectAddress,
  parseError,
  putBucketEncryption,
  putObject,
} from './s3Client.ts';
import { createEncryptionClient, type S3EncryptionClient } from './s3EncryptionClient/client.ts';
import type { ClientFailure } from './s3EncryptionClient/failures.ts';
import type { Keyring } from './s3EncryptionClient/keyring.ts';
import { takeBody } from './s3EncryptionClient/reading.ts';

/** How a customer transfers: the part of a run that the client must know. */
export type TransferPlan = Pick<RunSpec, 'mode' | 'transport' | 'format' | 'envelope'>;

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
  plan: TransferPlan,
  names: TransferNames,
  plaintext: Artifact,
  contentType: string,
): Promise<Outcome> {
  const { mode, transport } = plan;
  const client = encryptionClientOf(customer, plan, names);
  if (client) {
    const result = await client.putObject(names, plaintext, contentType);
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
    headers: withKey?.headers ?? uploadHeaders(plan, names),
    cargo: [checksum.id, ...(withKey ? [withKey.keyId] : [])],
  });
  return finish(customer, response, [plaintext]);
}

/** Downloads and, in client-side modes, opens. The plaintext is in the customer's room when the outcome is good. */
export async function download(
  customer: Customer,
  plan: TransferPlan,
  names: TransferNames,
): Promise<{ outcome: Outcome; plaintext?: Artifact }> {
  const { mode, transport } = plan;
  const client = encryptionClientOf(customer, plan, names);
  if (client) {
    const got = await client.getObject(names);
    if ('failure' in got) return { outcome: fail(customer, got.failure) };
    const { response, plaintext } = got.ok;
    return plaintext
      ? { outcome: finish(customer, response, [plaintext]), plaintext }
      : { outcome: finish(customer, response, []) };
  }
  const { recorder } = customer;
  recorder.step('client.sign', 'client');
  const withKey = mode === 'sse-c' ? await customerKeyHeaders(customer) : undefined;
  const response = await getObject(customer, transport, names, withKey?.headers, withKey ? [withKey.keyId] : []);
  if (response.status !== 200) return { outcome: finish(customer, response, []) };
  const received = await takeBody(customer, response, names.objectName, 'plaintext-object');
  if (!(await checkHash(customer, response, received))) {
    forgetAtClient(customer, [received.id]);
    return { outcome: fail(customer, CHANGED_ON_THE_WAY) };
  }
  return { outcome: finish(customer, response, [received]), plaintext: received };
}

const CHANGED_ON_THE_WAY: ClientFailure = {
  code: 'ChecksumMismatch',
  message: 'What arrived is not what was stored.',
  facts: [],
};

/** The encryption client of a client-side mode, constructed from the customer's key ring as the run asks for it. */
function encryptionClientOf(
  customer: Customer,
  plan: TransferPlan,
  names: TransferNames,
): S3EncryptionClient | undefined {
  const keyring = keyringOf(customer, plan, names);
  if (!keyring) return undefined;
  return createEncryptionClient(customer, {
    keyring,
    transport: plan.transport,
    // Whoever writes V2 reads it too: what the clients before 4.0 do (F-FMT-006).
    commitmentPolicy: plan.format === 'v2' ? 'FORBID_ENCRYPT_ALLOW_DECRYPT' : 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT',
    writesInstructionFiles: plan.envelope === 'instruction-file',
  });
}

function keyringOf({ keyRing }: Customer, { mode }: TransferPlan, names: TransferNames): Keyring | undefined {
  const { wrappingKey, rsa } = keyRing;
  if (mode === 'cse-aes') return { type: 'aes', keys: wrappingKey === undefined ? [] : [{ wrappingKey }] };
  if (mode === 'cse-rsa') return { type: 'rsa', keys: rsa ? [rsa] : [] };
  return mode === 'cse-kms' ? { type: 'kms', kmsKeyId: names.kmsKeyArn } : undefined;
}

/** Which headers choose the mode (F-HDR-001, F-HDR-002). Without any, the bucket's default applies. */
export function uploadHeaders({ mode }: Pick<TransferPlan, 'mode'>, names: Pick<TransferNames, 'kmsKeyArn'>): Header[] {
  if (mode === 'sse-s3') return [[SSE, 'AES256']];
  if (mode === 'sse-kms-aws') return [[SSE, 'aws:kms']];
  if (mode === 'none') return [];
  return [
    [SSE, mode === 'dsse-kms' ? 'aws:kms:dsse' : 'aws:kms'],
    [`${SSE}-aws-kms-key-id`, names.kmsKeyArn],
  ];
}

/** The SSE-C trio (F-HDR-005…007), or nothing when this customer has no such key. */
export async function customerKeyHeaders(
  customer: Customer,
): Promise<{ headers: Header[]; keyId: string } | undefined> {
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

/** The answer is in: keep the object and the keys, drop the rest. */
export function finish(customer: Customer, response: HttpResponse, kept: readonly Artifact[]): Outcome {
  const isOk = response.status >= 200 && response.status < 300;
  const error = isOk ? undefined : parseError(response);
  customer.recorder.step(isOk ? 'client.done' : 'client.fail', 'client');
  if (error) {
    customer.recorder.emit({ verb: 'failed', place: 'client', code: error.code, message: error.message, facts: [] });
  }
  dropTransients(customer, kept);
  return { isOk, status: response.status, ...error };
}

export function fail(customer: Customer, failure: ClientFailure): Outcome {
  const { code, message, facts, why } = failure;
  customer.recorder.step('client.fail', 'client');
  customer.recorder.emit({ verb: 'failed', place: 'client', code, message, facts, ...(why ? { why } : {}) });
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
