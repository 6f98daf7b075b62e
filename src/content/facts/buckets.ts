import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

const { derived, unpublished } = SOURCES;

/** Bucket rules and the SSE-C block. */
export const bucketFacts = {
  'F-BKT-001': {
    text: 'Every general purpose bucket has a default encryption rule; left alone, it is SSE-S3.',
    grade: 'documented',
    ...SOURCES.bucketEncryption,
  },
  'F-BKT-002': {
    text: 'A bucket’s default can be SSE-S3, SSE-KMS or DSSE-KMS, but never SSE-C.',
    grade: 'documented',
    ...SOURCES.defaultEncryption,
  },
  'F-BKT-003': {
    text: 'The rule is written with PutBucketEncryption, read with GetBucketEncryption and reset with DeleteBucketEncryption.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-BKT-004': {
    text: 'Changing the rule needs s3:PutEncryptionConfiguration, reading it s3:GetEncryptionConfiguration.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-BKT-005': {
    text: 'The rule is an XML document with a default mode, a Bucket Key switch and blocked encryption types.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-BKT-006': {
    text: 'A rule document holds exactly one rule; none or two are refused as MalformedXML.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-BKT-007': {
    text: 'A KMS key id may stand in the rule only together with a KMS mode.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-BKT-008': {
    text: 'S3 does not check the KMS key id when the rule is written: a slip shows at the first upload.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-BKT-009': {
    text: 'A new default touches new objects only.',
    grade: 'documented',
    ...SOURCES.defaultEncryption,
  },
  'F-BKT-010': {
    text: 'A KMS default puts every uploader under KMS permissions and quotas, even without a header.',
    grade: 'documented',
    ...SOURCES.defaultEncryption,
  },
  'F-BKT-011': {
    text: 'A default does not enforce a mode, since a request header overrides it; a policy does.',
    grade: 'derived',
    ...derived,
  },
  'F-BLK-001': {
    text: 'Since November 2025 a bucket’s rule can block uploads with SSE-C.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-BLK-002': {
    text: 'The element EncryptionType takes SSE-C to block that mode and NONE to block nothing.',
    grade: 'documented',
    ...SOURCES.block,
  },
  'F-BLK-003': {
    text: 'While SSE-C is blocked, every write that asks for it is refused with 403 AccessDenied.',
    grade: 'documented',
    ...SOURCES.block,
  },
  'F-BLK-004': {
    text: 'Objects already stored with SSE-C stay readable with the right key while the block is on.',
    grade: 'documented',
    ...SOURCES.block,
  },
  'F-BLK-005': {
    text: 'Blocking SSE-C became the default step by step in April 2026.',
    grade: 'documented',
    ...SOURCES.blockFaq,
  },
  'F-BLK-006': {
    text: 'New general purpose buckets block SSE-C, except in the Regions Bahrain and UAE.',
    grade: 'documented',
    ...SOURCES.blockFaq,
  },
  'F-BLK-007': {
    text: 'Existing buckets got the block too, but only in accounts that held no SSE-C object at all.',
    grade: 'documented',
    ...SOURCES.blockFaq,
  },
  'F-BLK-008': {
    text: 'To use SSE-C in a new bucket you first set the blocked encryption type to NONE.',
    grade: 'documented',
    ...SOURCES.block,
  },
  'F-BLK-009': {
    text: 'A rule may consist of the blocked encryption types alone.',
    grade: 'documented',
    ...SOURCES.block,
  },
  'F-BLK-010': {
    text: 'Lifting or setting the block needs s3:PutEncryptionConfiguration.',
    grade: 'documented',
    ...SOURCES.block,
  },
  'F-BLK-011': {
    text: 'The refusal says that the bucket has blocked uploads with customer-provided keys.',
    grade: 'secondary',
    ...SOURCES.report,
  },
  'F-BLK-012': {
    text: 'A new rule that leaves the blocked types out is reported to keep the block as it was.',
    grade: 'secondary',
    source: 'Report: Terraform AWS provider, issue 47320',
    url: 'https://github.com/hashicorp/terraform-provider-aws/issues/47320',
  },
  'F-BLK-013': {
    text: 'What deleting the rule does to the block is not published.',
    grade: 'model',
    ...unpublished,
  },
  'F-BLK-014': {
    text: 'The block is an element of the rule document, although one AWS page speaks of a header.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-BLK-015': {
    text: 'Directory buckets know no SSE-C, so the block does not concern them.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-BLK-016': {
    text: 'AWS’s reason: SSE-C means sharing the key with every reader, which suits few workloads today.',
    grade: 'documented',
    ...SOURCES.block,
  },
} as const satisfies Record<string, Fact>;
