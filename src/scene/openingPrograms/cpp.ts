import { KEY_FILES, type LanguageEntry, lines, type ProgramInput } from './languageEntry.ts';
import { literal } from './literals.ts';
import type { SealedObject } from './sealedObject.ts';

const text = (value: string) => literal('cpp', value);

/** The client is part of the AWS SDK for C++: raw AES keys and KMS keys. */
export const cpp: LanguageEntry = {
  name: 'C++',
  file: 'open_object.cpp',
  version: () => '1.11.712',
  install: ({ wrap }) => `vcpkg install "aws-sdk-cpp[${wrap === 'kms' ? 'kms,' : ''}s3,s3-encryption]"`,
  wraps: ['aes', 'kms'],
  without: ({ object }) =>
    [object.bucketName, object.objectName, ...object.context.flat()].some(each => each.includes('\u0000'))
      ? 'A text in C++ ends at U+0000, which stands in the name or the context of this object.'
      : undefined,
  notes: ({ endpoint }) => [
    endpoint !== undefined &&
      'This client writes the bucket’s name before the host (bucket.localhost), which must lead to your machine.',
  ],
  write,
};

function write({ object, endpoint, output }: ProgramInput): string {
  const isKms = object.wrap === 'kms';
  const hasContext = object.context.length > 0;
  const policy = object.format === 'v2' ? 'REQUIRE_ENCRYPT_ALLOW_DECRYPT' : 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT';
  return lines(
    '#include <aws/core/Aws.h>',
    '#include <aws/core/client/ClientConfiguration.h>',
    !isKms && '#include <aws/core/utils/HashingUtils.h>',
    '#include <aws/s3-encryption/CryptoConfiguration.h>',
    '#include <aws/s3-encryption/S3EncryptionClient.h>',
    '#include <aws/s3/model/GetObjectRequest.h>',
    '#include <fstream>',
    '#include <iostream>',
    '#include <string>',
    '',
    'using namespace Aws::S3Encryption;',
    '',
    'int main() {',
    '    Aws::SDKOptions options;',
    '    Aws::InitAPI(options);',
    '    int status = 0;',
    '    {',
    '        Aws::Client::ClientConfiguration where;',
    `        where.region = ${text(object.region)};`,
    endpoint !== undefined && `        where.endpointOverride = ${text(endpoint)};`,
    keyLines(object),
    '        CryptoConfigurationV3 settings(materials);',
    `        settings.SetCommitmentPolicy(CommitmentPolicy::${policy});`,
    '        S3EncryptionClientV3 opener(settings, where);',
    '        Aws::S3::Model::GetObjectRequest request;',
    `        request.SetBucket(${text(object.bucketName)});`,
    `        request.SetKey(${text(object.objectName)});`,
    hasContext && [
      '        Aws::Map<Aws::String, Aws::String> context;',
      object.context.map(([name, value]) => `        context.emplace(${text(name)}, ${text(value)});`),
    ],
    `        auto outcome = opener.GetObject(request${hasContext ? ', context' : ''});`,
    '        if (outcome.IsSuccess()) {',
    `            std::ofstream file(${text(output)}, std::ios::binary);`,
    '            file << outcome.GetResult().GetBody().rdbuf();',
    '        } else {',
    "            std::cerr << outcome.GetError().GetMessage() << '\\n';",
    '            status = 1;',
    '        }',
    '    }',
    '    Aws::ShutdownAPI(options);',
    '    return status;',
    '}',
  );
}

function keyLines({ wrap, kmsKeyId = '' }: SealedObject): readonly string[] {
  if (wrap === 'kms') {
    return [
      '        auto materials = Aws::MakeShared<Materials::KMSWithContextEncryptionMaterials>(',
      `            "open", ${text(kmsKeyId)}, where);`,
    ];
  }
  return [
    '        std::string base64;',
    `        std::ifstream(${text(KEY_FILES.aes)}) >> base64;`,
    '        auto bytes = Aws::Utils::HashingUtils::Base64Decode(Aws::String(base64.c_str()));',
    '        auto materials = Aws::MakeShared<Materials::SimpleEncryptionMaterialsWithGCMAAD>(',
    '            "open", Aws::Utils::CryptoBuffer(bytes.GetUnderlyingData(), bytes.GetLength()));',
  ];
}
