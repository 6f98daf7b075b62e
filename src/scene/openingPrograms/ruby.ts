import { KEY_FILES, type LanguageEntry, lines, type ProgramInput } from './languageEntry.ts';
import { literal } from './literals.ts';
import type { SealedObject } from './sealedObject.ts';

const text = (value: string) => literal('ruby', value);

/** By format: the client's module, the first version of the gem that has it, and what it must be told besides. */
const CLIENTS = {
  v2: {
    module: 'EncryptionV2',
    version: '1.76.0',
    options: ['  content_encryption_schema: :aes_gcm_no_padding,', '  security_profile: :v2,'],
  },
  v3: { module: 'EncryptionV3', version: '1.208.0', options: [] },
} as const;
const SCHEMAS = { aes: ':aes_gcm', rsa: ':rsa_oaep_sha1', kms: ':kms_context' } as const;

/** The client is part of the AWS SDK for Ruby: one module for each format. */
export const ruby: LanguageEntry = {
  name: 'Ruby',
  file: 'open_object.rb',
  version: ({ format }) => CLIENTS[format].version,
  install: ({ format, wrap }) =>
    `gem install aws-sdk-s3${wrap === 'kms' ? ' aws-sdk-kms' : ` -v '>= ${CLIENTS[format].version}'`}`,
  wraps: ['aes', 'rsa', 'kms'],
  write,
};

function write({ object, endpoint, output }: ProgramInput): string {
  const isOwn = endpoint !== undefined;
  const isKms = object.wrap === 'kms';
  const client = CLIENTS[object.format];
  const where = `region: ${text(object.region)}${isOwn ? `, endpoint: ${text(endpoint)}` : ''}`;
  return lines(
    "require 'aws-sdk-s3'",
    isKms && "require 'aws-sdk-kms'",
    object.wrap === 'rsa' && "require 'openssl'",
    '',
    `s3 = Aws::S3::Client.new(${where}${isOwn ? ', force_path_style: true' : ''})`,
    `opener = Aws::S3::${client.module}::Client.new(`,
    '  client: s3,',
    keyLines(object, where),
    `  key_wrap_schema: ${SCHEMAS[object.wrap]},`,
    [...client.options],
    `  envelope_location: ${object.envelope === 'metadata' ? ':metadata' : ':instruction_file'}`,
    ')',
    'answer = opener.get_object(',
    `  bucket: ${text(object.bucketName)},`,
    `  key: ${text(object.objectName)}${object.context.length > 0 ? ',' : ''}`,
    object.context.length > 0 && [
      '  kms_encryption_context: {',
      object.context.map(([name, value]) => `    ${text(name)} => ${text(value)},`),
      '  }',
    ],
    ')',
    `File.binwrite(${text(output)}, answer.body.read)`,
  );
}

function keyLines({ wrap, kmsKeyId = '' }: SealedObject, where: string): readonly string[] {
  if (wrap === 'aes') return [`  encryption_key: File.read(${text(KEY_FILES.aes)}).unpack1('m'),`];
  if (wrap === 'rsa') return [`  encryption_key: OpenSSL::PKey::RSA.new(File.read(${text(KEY_FILES.rsa)})),`];
  return [`  kms_key_id: ${text(kmsKeyId)},`, `  kms_client: Aws::KMS::Client.new(${where}),`];
}
