/** What several experiments about bytes set up. */
import type { Action } from '../action.ts';

/** The bucket encrypts with the lab's own KMS key unless a request says otherwise. */
export const DEFAULT_KMS: Action = {
  do: 's3',
  method: 'PUT',
  object: null,
  query: 'encryption',
  headers: { 'content-type': 'application/xml' },
  body: '<ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>{key}</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>',
};
