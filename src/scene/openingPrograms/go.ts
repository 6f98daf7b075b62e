import { type LanguageEntry, lines, type ProgramInput } from './languageEntry.ts';
import { literal } from './literals.ts';

const text = (value: string) => literal('go', value);

/** Amazon S3 Encryption Client for Go, version 4: KMS keys only. */
export const go: LanguageEntry = {
  name: 'Go',
  file: 'main.go',
  version: () => '4.0.0',
  install: () =>
    [
      'go get',
      'github.com/aws/amazon-s3-encryption-client-go/v4@latest',
      ...['config', 'service/kms', 'service/s3'].map(each => `github.com/aws/aws-sdk-go-v2/${each}@latest`),
    ].join(' '),
  readsV3From: '3.2.0',
  wraps: ['kms'],
  notes: ({ object, endpoint }) => [
    object.envelope === 'instruction-file' &&
      `The client fetches the instruction file with settings from your environment: set AWS_REGION=${object.region}${
        endpoint === undefined ? '' : ` and AWS_ENDPOINT_URL_S3=${endpoint}`
      } first.`,
  ],
  write,
};

function write({ object, endpoint, output }: ProgramInput): string {
  const isOwn = endpoint !== undefined;
  const isOld = object.format === 'v2';
  return lines(
    'package main',
    '',
    'import (',
    '\t"context"',
    '\t"io"',
    '\t"log"',
    '\t"os"',
    '',
    '\t"github.com/aws/amazon-s3-encryption-client-go/v4/client"',
    isOld && '\t"github.com/aws/amazon-s3-encryption-client-go/v4/commitment"',
    '\t"github.com/aws/amazon-s3-encryption-client-go/v4/materials"',
    '\t"github.com/aws/aws-sdk-go-v2/aws"',
    '\t"github.com/aws/aws-sdk-go-v2/config"',
    '\t"github.com/aws/aws-sdk-go-v2/service/kms"',
    '\t"github.com/aws/aws-sdk-go-v2/service/s3"',
    ')',
    '',
    'func main() {',
    '\tctx := context.Background()',
    `\tcfg, err := config.LoadDefaultConfig(ctx, config.WithRegion(${text(object.region)}))`,
    '\tcheck(err)',
    isOwn
      ? [
          `\tendpoint := aws.String(${text(endpoint)})`,
          '\tplain := s3.NewFromConfig(cfg, func(o *s3.Options) {',
          '\t\to.BaseEndpoint = endpoint',
          '\t\to.UsePathStyle = true',
          '\t})',
          '\tkeys := kms.NewFromConfig(cfg, func(o *kms.Options) { o.BaseEndpoint = endpoint })',
        ]
      : ['\tplain := s3.NewFromConfig(cfg)', '\tkeys := kms.NewFromConfig(cfg)'],
    `\tkeyring := materials.NewKmsKeyring(keys, ${text(object.kmsKeyId ?? '')})`,
    '\tmanager, err := materials.NewCryptographicMaterialsManager(keyring)',
    '\tcheck(err)',
    isOld
      ? [
          '\topener, err := client.New(plain, manager, func(o *client.EncryptionClientOptions) {',
          '\t\to.CommitmentPolicy = commitment.REQUIRE_ENCRYPT_ALLOW_DECRYPT',
          '\t})',
        ]
      : '\topener, err := client.New(plain, manager)',
    '\tcheck(err)',
    object.context.length > 0 && [
      '\tctx = context.WithValue(ctx, client.EncryptionContext, map[string]string{',
      object.context.map(([name, value]) => `\t\t${text(name)}: ${text(value)},`),
      '\t})',
    ],
    '\tanswer, err := opener.GetObject(ctx, &s3.GetObjectInput{',
    `\t\tBucket: aws.String(${text(object.bucketName)}),`,
    `\t\tKey:    aws.String(${text(object.objectName)}),`,
    '\t})',
    '\tcheck(err)',
    '\tdefer answer.Body.Close()',
    '\tcontent, err := io.ReadAll(answer.Body)',
    '\tcheck(err)',
    `\tcheck(os.WriteFile(${text(output)}, content, 0o600))`,
    '}',
    '',
    'func check(err error) {',
    '\tif err != nil {',
    '\t\tlog.Fatal(err)',
    '\t}',
    '}',
  );
}
