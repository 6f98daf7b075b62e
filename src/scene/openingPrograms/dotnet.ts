import { KEY_FILES, type LanguageEntry, lines, type ProgramInput } from './languageEntry.ts';
import { literal } from './literals.ts';
import type { SealedObject } from './sealedObject.ts';

const VERSION = '4.0.0';
const text = (value: string) => literal('csharp', value);

/** Amazon.Extensions.S3.Encryption, version 4. It makes its own KMS client, which only the environment can send elsewhere. */
export const dotnet: LanguageEntry = {
  name: '.NET',
  file: 'Program.cs',
  version: () => VERSION,
  install: () => `dotnet add package Amazon.Extensions.S3.Encryption --version ${VERSION}`,
  wraps: ['aes', 'rsa', 'kms'],
  without: ({ object }) =>
    object.wrap === 'kms' && object.envelope === 'instruction-file'
      ? 'The S3 Encryption Client for .NET does not combine KMS keys with instruction files (F-CSK-028).'
      : undefined,
  notes: () => ['It is the Program.cs of a console project (dotnet new console).'],
  write,
};

function write({ object, endpoint, output }: ProgramInput): string {
  const isOwn = endpoint !== undefined;
  const isKms = object.wrap === 'kms';
  const policy =
    object.format === 'v2'
      ? [
          '    SecurityProfile.V4,',
          '    CommitmentPolicy.RequireEncryptAllowDecrypt,',
          '    ContentEncryptionAlgorithm.AesGcmWithCommitment)',
        ]
      : undefined;
  return lines(
    !isKms && 'using System.Security.Cryptography;',
    !isOwn && 'using Amazon;',
    'using Amazon.Extensions.S3.Encryption;',
    'using Amazon.Extensions.S3.Encryption.Primitives;',
    '',
    isOwn &&
      isKms && [
        `Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_KMS", ${text(endpoint)});`,
        `Environment.SetEnvironmentVariable("AWS_REGION", ${text(object.region)});`,
      ],
    keyLines(object),
    policy
      ? ['var settings = new AmazonS3CryptoConfigurationV4(', policy]
      : 'var settings = new AmazonS3CryptoConfigurationV4',
    '{',
    isOwn
      ? [
          `    ServiceURL = ${text(endpoint)},`,
          `    AuthenticationRegion = ${text(object.region)},`,
          '    ForcePathStyle = true,',
        ]
      : `    RegionEndpoint = RegionEndpoint.GetBySystemName(${text(object.region)}),`,
    '};',
    'using var opener = new AmazonS3EncryptionClientV4(settings, materials);',
    `using var answer = await opener.GetObjectAsync(${text(object.bucketName)}, ${text(object.objectName)});`,
    '// Only the end tells whether the content is authentic: nothing is kept before it has been read.',
    'using var content = new MemoryStream();',
    'await answer.ResponseStream.CopyToAsync(content);',
    `await File.WriteAllBytesAsync(${text(output)}, content.ToArray());`,
  );
}

function keyLines({ wrap, kmsKeyId = '', context }: SealedObject): readonly string[] {
  if (wrap === 'aes') {
    return [
      'using var wrappingKey = Aes.Create();',
      `wrappingKey.Key = Convert.FromBase64String(File.ReadAllText(${text(KEY_FILES.aes)}));`,
      'var materials = new EncryptionMaterialsV4(wrappingKey, SymmetricAlgorithmType.AesGcm);',
    ];
  }
  if (wrap === 'rsa') {
    return [
      'using var wrappingKey = RSA.Create();',
      `wrappingKey.ImportFromPem(File.ReadAllText(${text(KEY_FILES.rsa)}));`,
      'var materials = new EncryptionMaterialsV4(wrappingKey, AsymmetricAlgorithmType.RsaOaepSha1);',
    ];
  }
  return [
    ...(context.length === 0
      ? ['var context = new Dictionary<string, string>();']
      : [
          'var context = new Dictionary<string, string>',
          '{',
          ...context.map(([name, value]) => `    [${text(name)}] = ${text(value)},`),
          '};',
        ]),
    `var materials = new EncryptionMaterialsV4(${text(kmsKeyId)}, KmsType.KmsContext, context);`,
  ];
}
