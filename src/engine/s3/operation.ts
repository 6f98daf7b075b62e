import type { S3Call } from '../audit/s3Record.ts';
import type { HttpResponse } from '../http/message.ts';
import type { Arrival } from './arrival.ts';
import type { S3Request, ServiceRequest } from './context.ts';

/** What an operation came to, and what the audit log is told beyond the usual. */
export interface S3Answer {
  readonly response: HttpResponse;
  readonly told?: Partial<S3Call>;
}

/** One row of the table of operations: how a request for it looks, and what is done. */
export interface S3Operation {
  /** AWS's name, as in CloudTrail and the SDKs. */
  readonly name: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'HEAD';
  /** What the address names. */
  readonly on: 'service' | 'bucket' | 'object';
  /** Query names that make it this operation: all must be there. */
  readonly query?: readonly string[];
  /** A header that makes it this operation. */
  readonly header?: string;
  /** What its body is: an object's content, a document about something, or nothing that counts. */
  readonly body: 'content' | 'document' | 'none';
  readonly isReadOnly: boolean;
  /** Management events are recorded by default, data events where a trail selects them (F-CT-015). */
  readonly isManagement: boolean;
  /** `write`: encrypts what comes; `read`: opens what lies there. For the rule that KMS wants SigV4 (F-ERR-034). */
  readonly touches?: 'write' | 'read';
  /** @throws Refusal */
  readonly perform: (asked: S3Request, arrival: Arrival) => Promise<S3Answer>;
}

/** An operation for which no bucket needs to be there. */
export interface S3ServiceOperation extends Omit<S3Operation, 'perform'> {
  readonly needsNoBucket: true;
  /** @throws Refusal */
  readonly perform: (asked: ServiceRequest, arrival: Arrival) => Promise<S3Answer>;
}

export type AnyS3Operation = S3Operation | S3ServiceOperation;
