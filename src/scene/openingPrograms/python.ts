import { type LanguageEntry, lines, type ProgramInput } from './languageEntry.ts';
import { literal } from './literals.ts';

const text = (value: string) => literal('python', value);

/** Amazon S3 Encryption Client for Python, version 4: KMS keys only. */
export const python: LanguageEntry = {
  name: 'Python',
  file: 'open_object.py',
  version: () => '4.0.0',
  install: () => "pip install 'amazon-s3-encryption-client-python>=4.0.0'",
  wraps: ['kms'],
  write,
};

function write({ object, endpoint, output }: ProgramInput): string {
  const isOwn = endpoint !== undefined;
  const isOld = object.format === 'v2';
  const where = `region_name=${text(object.region)}${isOwn ? ', endpoint_url=ENDPOINT' : ''}`;
  return lines(
    'import boto3',
    isOwn && 'from botocore.config import Config',
    'from s3_encryption import S3EncryptionClient, S3EncryptionClientConfig',
    'from s3_encryption.materials.kms_keyring import KmsKeyring',
    isOld && 'from s3_encryption.materials.materials import CommitmentPolicy',
    '',
    isOwn && [`ENDPOINT = ${text(endpoint)}`, ''],
    `kms = boto3.client("kms", ${where})`,
    isOwn
      ? [`s3 = boto3.client("s3", ${where},`, '                  config=Config(s3={"addressing_style": "path"}))']
      : `s3 = boto3.client("s3", ${where})`,
    'settings = S3EncryptionClientConfig(',
    `    keyring=KmsKeyring(kms, ${text(object.kmsKeyId ?? '')}),`,
    isOld && '    commitment_policy=CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT,',
    ')',
    'answer = S3EncryptionClient(s3, settings).get_object(',
    `    Bucket=${text(object.bucketName)},`,
    `    Key=${text(object.objectName)},`,
    object.context.length > 0 && [
      '    EncryptionContext={',
      object.context.map(([name, value]) => `        ${text(name)}: ${text(value)},`),
      '    },',
    ],
    ')',
    'content = answer["Body"].read()',
    `with open(${text(output)}, "wb") as file:`,
    '    file.write(content)',
  );
}
