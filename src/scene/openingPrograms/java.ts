import { KEY_FILES, type LanguageEntry, lines, type ProgramInput } from './languageEntry.ts';
import { literal } from './literals.ts';
import type { SealedObject } from './sealedObject.ts';

const VERSION = '4.0.0';
const text = (value: string) => literal('java', value);

/** Amazon S3 Encryption Client for Java, version 4. It asks S3 through an asynchronous client, whence two of them. */
export const java: LanguageEntry = {
  name: 'Java',
  file: 'OpenObject.java',
  version: () => VERSION,
  install: () => `software.amazon.encryption.s3:amazon-s3-encryption-client-java:${VERSION}`,
  readsV3From: '3.6.0',
  wraps: ['aes', 'rsa', 'kms'],
  notes: () => ['Shown first are the Maven coordinates for your build file; the program needs Java 11.'],
  write,
};

function write({ object, endpoint, output }: ProgramInput): string {
  const isOwn = endpoint !== undefined;
  const isFiled = object.envelope === 'instruction-file';
  const isKms = object.wrap === 'kms';
  const hasContext = object.context.length > 0;
  const build = isOwn ? '.region(region).endpointOverride(endpoint)' : '.region(region)';
  const plain = `${build}${isOwn ? '.forcePathStyle(true)' : ''}.build()`;
  return lines(
    isOwn && 'import java.net.URI;',
    'import java.nio.file.Files;',
    'import java.nio.file.Path;',
    object.wrap === 'rsa' && [
      'import java.security.KeyFactory;',
      'import java.security.PrivateKey;',
      'import java.security.spec.PKCS8EncodedKeySpec;',
    ],
    !isKms && 'import java.util.Base64;',
    hasContext && 'import java.util.Map;',
    object.wrap === 'aes' && ['import javax.crypto.SecretKey;', 'import javax.crypto.spec.SecretKeySpec;'],
    'import software.amazon.awssdk.regions.Region;',
    isKms && isOwn && 'import software.amazon.awssdk.services.kms.KmsClient;',
    isOwn && 'import software.amazon.awssdk.services.s3.S3AsyncClient;',
    'import software.amazon.awssdk.services.s3.S3Client;',
    object.format === 'v2' && 'import software.amazon.encryption.s3.CommitmentPolicy;',
    'import software.amazon.encryption.s3.S3EncryptionClient;',
    isFiled && 'import software.amazon.encryption.s3.internal.InstructionFileConfig;',
    isKms && isOwn && 'import software.amazon.encryption.s3.materials.KmsKeyring;',
    object.wrap === 'rsa' && 'import software.amazon.encryption.s3.materials.PartialRsaKeyPair;',
    '',
    'public class OpenObject {',
    '    public static void main(String[] args) throws Exception {',
    `        Region region = Region.of(${text(object.region)});`,
    isOwn && `        URI endpoint = URI.create(${text(endpoint)});`,
    keyLines(object),
    (isOwn || isFiled) && `        S3Client plain = S3Client.builder()${plain};`,
    isOwn && `        S3AsyncClient plainAsync = S3AsyncClient.builder()${plain};`,
    '        S3Client opener = S3EncryptionClient.builderV4()',
    isOwn
      ? ['            .wrappedClient(plain)', '            .wrappedAsyncClient(plainAsync)']
      : '            .region(region)',
    keyringLines(object, isOwn ? `KmsClient.builder()${build}.build()` : undefined),
    object.format === 'v2' && '            .commitmentPolicy(CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT)',
    isFiled &&
      '            .instructionFileConfig(InstructionFileConfig.builder().instructionFileClient(plain).build())',
    '            .build();',
    '        byte[] content = opener.getObjectAsBytes(get -> get',
    `            .bucket(${text(object.bucketName)})`,
    `            .key(${text(object.objectName)})${hasContext ? '' : ').asByteArray();'}`,
    hasContext && [
      '            .overrideConfiguration(S3EncryptionClient.withAdditionalConfiguration(Map.ofEntries(',
      object.context
        .map(([name, value]) => `                Map.entry(${text(name)}, ${text(value)})`)
        .join(',\n')
        .concat(')))).asByteArray();'),
    ],
    `        Files.write(Path.of(${text(output)}), content);`,
    '        opener.close();',
    '    }',
    '}',
  );
}

function keyLines({ wrap }: SealedObject): readonly string[] {
  if (wrap === 'aes') {
    return [
      `        byte[] bytes = Base64.getMimeDecoder().decode(Files.readAllBytes(Path.of(${text(KEY_FILES.aes)})));`,
      '        SecretKey wrappingKey = new SecretKeySpec(bytes, "AES");',
    ];
  }
  if (wrap === 'kms') return [];
  return [
    `        String pem = Files.readString(Path.of(${text(KEY_FILES.rsa)}));`,
    '        String body = pem.split("-----BEGIN PRIVATE KEY-----")[1].split("-----END PRIVATE KEY-----")[0];',
    '        PrivateKey privateKey = KeyFactory.getInstance("RSA")',
    '            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));',
  ];
}

function keyringLines({ wrap, kmsKeyId = '' }: SealedObject, kmsClient: string | undefined): string {
  if (wrap === 'aes') return '            .aesKey(wrappingKey)';
  if (wrap === 'rsa') return '            .rsaKeyPair(new PartialRsaKeyPair(privateKey, null))';
  if (kmsClient === undefined) return `            .kmsKeyId(${text(kmsKeyId)})`;
  return `            .keyring(KmsKeyring.builder().wrappingKeyId(${text(kmsKeyId)}).kmsClient(${kmsClient}).build())`;
}
