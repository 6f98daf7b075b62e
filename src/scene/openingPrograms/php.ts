import { type LanguageEntry, lines, type ProgramInput } from './languageEntry.ts';
import { literal } from './literals.ts';

const VERSION = '3.368.0';
const text = (value: string) => literal('php', value);

/** The client is part of the AWS SDK for PHP: KMS keys only. */
export const php: LanguageEntry = {
  name: 'PHP',
  file: 'open-object.php',
  version: () => VERSION,
  install: () => `composer require 'aws/aws-sdk-php:^${VERSION}'`,
  wraps: ['kms'],
  write,
};

function write({ object, endpoint, output }: ProgramInput): string {
  const isOwn = endpoint !== undefined;
  const where = `'region' => ${text(object.region)}${isOwn ? `, 'endpoint' => ${text(endpoint)}` : ''}`;
  const strategy = object.envelope === 'metadata' ? 'HeadersMetadataStrategy' : 'InstructionFileMetadataStrategy';
  const policy = object.format === 'v2' ? 'REQUIRE_ENCRYPT_ALLOW_DECRYPT' : 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT';
  return lines(
    '<?php',
    "require 'vendor/autoload.php';",
    '',
    'use Aws\\Crypto\\KmsMaterialsProviderV3;',
    'use Aws\\Kms\\KmsClient;',
    `use Aws\\S3\\Crypto\\${strategy};`,
    'use Aws\\S3\\Crypto\\S3EncryptionClientV3;',
    'use Aws\\S3\\S3Client;',
    '',
    `$s3 = new S3Client([${where}${isOwn ? ", 'use_path_style_endpoint' => true" : ''}]);`,
    `$kms = new KmsClient([${where}]);`,
    '$opener = new S3EncryptionClientV3($s3);',
    '$answer = $opener->getObject([',
    `    'Bucket' => ${text(object.bucketName)},`,
    `    'Key' => ${text(object.objectName)},`,
    `    '@MaterialsProvider' => new KmsMaterialsProviderV3($kms, ${text(object.kmsKeyId ?? '')}),`,
    `    '@MetadataStrategy' => ${strategy}::class,`,
    "    '@SecurityProfile' => 'V3',",
    `    '@CommitmentPolicy' => '${policy}',`,
    object.context.length === 0
      ? "    '@KmsEncryptionContext' => [],"
      : [
          "    '@KmsEncryptionContext' => [",
          object.context.map(([name, value]) => `        ${text(name)} => ${text(value)},`),
          '    ],',
        ],
    ']);',
    `file_put_contents(${text(output)}, (string) $answer['Body']);`,
  );
}
