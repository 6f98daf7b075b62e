/** The S3 Encryption Client as its users see it: constructed with a key ring, then put and get (facts, sections 8, 9 and 15). */
import type { HttpResponse } from '../../http/message.ts';
import type { Artifact } from '../../trace/artifact.ts';
import type { Customer } from '../customer.ts';
import { deleteObject, type ObjectAddress } from '../s3Client.ts';
import type { ClientResult } from './failures.ts';
import { INSTRUCTION_SUFFIX } from './instructionFile.ts';
import type { AesWrappingKey, RsaWrappingKey } from './keyring.ts';
import type { ClientOptions } from './options.ts';
import { type PartsMore, uploadInParts } from './parts.ts';
import { type GetMore, type Got, getEncrypted } from './reading.ts';
import { reEncryptInstructionFile } from './rewrapping.ts';
import { type PutMore, putEncrypted } from './writing.ts';

/** A client. It reaches S3 and KMS over the wire only, signed, with its customer's own permissions (F-CSR-020, F-CSK-020). */
export interface S3EncryptionClient {
  /** Encrypts an artifact of the customer's room and uploads it. */
  readonly putObject: (
    address: ObjectAddress,
    plaintext: Artifact,
    contentType: string,
    more?: PutMore,
  ) => Promise<ClientResult<HttpResponse>>;
  /** The same in parts, as one encrypted message. */
  readonly uploadObjectInParts: (
    address: ObjectAddress,
    plaintext: Artifact,
    contentType: string,
    more?: PartsMore,
  ) => Promise<ClientResult<HttpResponse>>;
  /** Downloads and opens; without plaintext when S3 refused. */
  readonly getObject: (address: ObjectAddress, more?: GetMore) => Promise<ClientResult<Got>>;
  /** Deletes the object and its instruction file (F-CSR-027). The answer is that to the object's deletion. */
  readonly deleteObject: (address: ObjectAddress) => Promise<HttpResponse>;
  /** Another wrapping key without touching the object (F-CSR-026). */
  readonly reEncryptInstructionFile: (
    address: ObjectAddress,
    newKey: AesWrappingKey | RsaWrappingKey,
    more?: { readonly suffix?: string },
  ) => Promise<ClientResult<HttpResponse>>;
}

/** Builds a client for a customer. */
export function createEncryptionClient(customer: Customer, options: ClientOptions): S3EncryptionClient {
  return {
    putObject: (address, plaintext, contentType, more) =>
      putEncrypted(customer, options, address, plaintext, contentType, more),
    uploadObjectInParts: (address, plaintext, contentType, more) =>
      uploadInParts(customer, options, address, plaintext, contentType, more),
    getObject: (address, more) => getEncrypted(customer, options, address, more),
    deleteObject: async address => {
      const answer = await deleteObject(customer, options.transport, address);
      const objectName = `${address.objectName}${INSTRUCTION_SUFFIX}`;
      if (answer.status === 204) await deleteObject(customer, options.transport, { ...address, objectName });
      return answer;
    },
    reEncryptInstructionFile: (address, newKey, more) =>
      reEncryptInstructionFile(customer, options, address, newKey, more),
  };
}
