/** The customer's own calls to AWS KMS: always over HTTPS (F-KMS-020), with the customer's own permissions (F-CSK-020). */

import { toHex } from '../bytes/text.ts';
import { sha256 } from '../crypto/sha2.ts';
import { invariant } from '../errors.ts';
import { gather } from '../http/message.ts';
import {
  type DecryptRequest,
  type DecryptResponse,
  decodeBlob,
  type GenerateDataKeyRequest,
  type GenerateDataKeyResponse,
  type KmsErrorBody,
  type KmsOperation,
  kmsRequest,
  parseKmsResponse,
} from '../kms/api.ts';
import { signRequest } from '../sigv4/sigV4.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import type { Customer } from './customer.ts';

export type KmsResult<T> = { readonly ok: T } | { readonly error: KmsErrorBody };

async function call<T>(
  customer: Customer,
  operation: KmsOperation,
  body: GenerateDataKeyRequest | DecryptRequest,
  cargo: readonly ArtifactId[],
): Promise<KmsResult<T>> {
  const plain = kmsRequest(operation, body, [['host', `kms.${customer.region}.amazonaws.com`]]);
  const payload = gather(plain.body);
  const signed = await signRequest(
    {
      ...plain,
      headers: [
        ...plain.headers,
        ['content-length', String(payload.length)],
        ['x-amz-content-sha256', toHex(await sha256(payload))],
      ],
    },
    customer.credentials,
    { region: customer.region, service: 'kms' },
    customer.clock.now(),
  );
  customer.recorder.emit({
    verb: 'derived',
    place: 'client',
    algorithm: 'SigV4: HMAC-SHA-256',
    api: `kms:${operation}`,
    facts: ['F-CSK-020', 'F-KMS-020'],
  });
  return parseKmsResponse<T>(await customer.send('kms', signed, cargo, 'https'));
}

/** GenerateDataKey; the plaintext data key and its blob are in the customer's room afterwards. */
export async function generateDataKey(
  customer: Customer,
  request: GenerateDataKeyRequest,
): Promise<KmsResult<{ dataKey: Artifact; encryptedDataKey: Artifact; blobText: string }>> {
  const answer = await call<GenerateDataKeyResponse>(customer, 'GenerateDataKey', request, []);
  if ('error' in answer) return answer;
  return {
    ok: {
      dataKey: await arrived(customer, answer.ok.Plaintext),
      encryptedDataKey: await arrived(customer, answer.ok.CiphertextBlob),
      blobText: answer.ok.CiphertextBlob,
    },
  };
}

/** Decrypt; the plaintext data key is in the customer's room afterwards. */
export async function decrypt(
  customer: Customer,
  request: DecryptRequest,
  blob: Artifact,
): Promise<KmsResult<Artifact>> {
  const answer = await call<DecryptResponse>(customer, 'Decrypt', request, [blob.id]);
  if ('error' in answer) return answer;
  return { ok: await arrived(customer, answer.ok.Plaintext) };
}

/** What the line has put into the customer's room, found again by its bytes. */
async function arrived(customer: Customer, text: string): Promise<Artifact> {
  const bytes = decodeBlob(text);
  const artifact = bytes && (await customer.recorder.find(bytes));
  invariant(bytes && artifact, 'a client gets from KMS only what KMS made or opened');
  bytes.fill(0);
  invariant(customer.room.has(artifact.id), 'what KMS answered is in the customer’s memory');
  return artifact;
}
