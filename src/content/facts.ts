import { accessFacts } from './facts/access.ts';
import { basicFacts } from './facts/basics.ts';
import { bucketKeyFacts } from './facts/bucketKeys.ts';
import { bucketFacts } from './facts/buckets.ts';
import { clientFormatFacts } from './facts/clientFormat.ts';
import { clientSideFacts } from './facts/clientSide.ts';
import { clientVersionFacts } from './facts/clientVersions.ts';
import { copyFacts } from './facts/copies.ts';
import { dsseKmsFacts } from './facts/dsseKms.ts';
import { errorFacts } from './facts/errors.ts';
import type { Fact } from './facts/fact.ts';
import { instructionFileFacts } from './facts/instructionFiles.ts';
import { kmsFacts } from './facts/kms.ts';
import { kmsQuotaFacts } from './facts/kmsQuota.ts';
import { modelFacts } from './facts/model.ts';
import { multipartFacts } from './facts/multipart.ts';
import { policyFacts } from './facts/policies.ts';
import { requestHeaderFacts } from './facts/requestHeaders.ts';
import { sseCFacts } from './facts/sseC.ts';
import { sseKmsFacts } from './facts/sseKms.ts';
import { sseS3Facts } from './facts/sseS3.ts';
import { webCryptoFacts } from './facts/webCrypto.ts';

/** Every statement that a run may cite, by its id. Large: load it when it is first needed. */
export const FACTS: Readonly<Record<string, Fact>> = {
  ...basicFacts,
  ...bucketFacts,
  ...sseS3Facts,
  ...sseKmsFacts,
  ...dsseKmsFacts,
  ...sseCFacts,
  ...clientSideFacts,
  ...clientVersionFacts,
  ...clientFormatFacts,
  ...instructionFileFacts,
  ...webCryptoFacts,
  ...errorFacts,
  ...kmsFacts,
  ...requestHeaderFacts,
  ...multipartFacts,
  ...copyFacts,
  ...accessFacts,
  ...bucketKeyFacts,
  ...policyFacts,
  ...kmsQuotaFacts,
  ...modelFacts,
};
