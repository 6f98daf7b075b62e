import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AWS_CLIS, type Finished, type RunningEndpoint, run, startEndpoint, versionOf } from './clientPrograms.ts';

const clis = AWS_CLIS.length > 0 ? AWS_CLIS : ['aws'];
const reason = AWS_CLIS.length > 0 ? '' : ' (skipped: there is no AWS CLI here, and it could not be installed)';

describe.skipIf(AWS_CLIS.length === 0).each(clis)(`the AWS CLI %s against the endpoint${reason}`, cli => {
  let endpoint: RunningEndpoint;
  let key = '';
  const big = randomBytes(9 * 1024 * 1024);
  const aws = (args: string, user?: string): Promise<Finished> =>
    run(cli, [...args.split(' '), '--endpoint-url', endpoint.url], endpoint.environment(user), {
      cwd: endpoint.folder,
    });
  const json = async (args: string, user?: string) => {
    const { code, out, err } = await aws(`${args} --output json`, user);
    expect([code, err]).toEqual([0, '']);
    return JSON.parse(out === '' ? '{}' : out);
  };
  beforeAll(async () => {
    endpoint = await startEndpoint(['--trust-loopback']);
    writeFileSync(join(endpoint.folder, 'report.txt'), 'The quarterly figures');
    writeFileSync(join(endpoint.folder, 'big.bin'), big);
    writeFileSync(join(endpoint.folder, 'customer.key'), Buffer.alloc(32, 3));
    mkdirSync(join(endpoint.folder, 'many'));
    for (const name of ['one', 'two', 'three']) writeFileSync(join(endpoint.folder, 'many', name), name);
    expect((await aws('s3 mb s3://cli-bucket')).out).toContain('make_bucket: cli-bucket');
    key = (await json('kms create-key --description cli')).KeyMetadata.Arn;
  }, 60_000);
  afterAll(() => endpoint?.stop());

  it(`says who it is (${versionOf(cli)})`, async () => {
    expect((await json('sts get-caller-identity')).Arn).toBe('arn:aws:iam::111122223333:user/admin');
  });

  it('copies a file up and down, and lists it', async () => {
    expect(await aws('s3 cp report.txt s3://cli-bucket/report.txt')).toMatchObject({ code: 0, err: '' });
    expect((await aws('s3 ls s3://cli-bucket/')).out).toMatch(/21 report\.txt/);
    expect((await aws('s3 cp s3://cli-bucket/report.txt -')).out).toBe('The quarterly figures');
    expect((await aws('s3 ls')).out).toContain('cli-bucket');
  });

  it.each([
    ['SSE-KMS', () => `--sse aws:kms --sse-kms-key-id ${key}`, '', 'aws:kms'],
    ['SSE-S3', () => '--sse AES256', '', 'AES256'],
  ])('sends a file of several parts under %s and gets it back', async (_mode, writing, reading, expected) => {
    const up = await aws(`s3 cp big.bin s3://cli-bucket/big.bin ${writing()}`);
    expect([up.code, up.err]).toEqual([0, '']);
    const head = await json('s3api head-object --bucket cli-bucket --key big.bin');
    expect([head.ServerSideEncryption, head.ContentLength]).toEqual([expected, big.length]);
    expect(head.ETag).toMatch(/-2"$/);
    expect((await aws(`s3 cp s3://cli-bucket/big.bin back.bin ${reading}`.trim())).code).toBe(0);
    expect(readFileSync(join(endpoint.folder, 'back.bin')).equals(big)).toBe(true);
  });

  it('stores under DSSE-KMS', async () => {
    const dsse = `--server-side-encryption aws:kms:dsse --ssekms-key-id ${key}`;
    const put = await json(`s3api put-object --bucket cli-bucket --key dsse --body report.txt ${dsse}`);
    expect([put.ServerSideEncryption, put.SSEKMSKeyId]).toEqual(['aws:kms:dsse', key]);
    expect((await aws('s3 cp s3://cli-bucket/dsse -')).out).toBe('The quarterly figures');
  });

  it('uses SSE-C after the block is lifted (F-BLK-008)', async () => {
    const put = 's3api put-object --bucket cli-bucket --key own --body report.txt';
    const own = `--sse-customer-algorithm AES256 --sse-customer-key fileb://customer.key`;
    const blocked = await aws(`${put} ${own}`);
    expect(blocked.code).not.toBe(0);
    expect(blocked.err).toContain(
      'blocked upload requests that specify Server Side Encryption with Customer provided keys',
    );
    writeFileSync(
      join(endpoint.folder, 'rule.xml.json'),
      JSON.stringify({ Rules: [{ BlockedEncryptionTypes: { EncryptionType: ['NONE'] } }] }),
    );
    const unblock = await aws(
      's3api put-bucket-encryption --bucket cli-bucket --server-side-encryption-configuration file://rule.xml.json',
    );
    // Older clients do not know the element yet.
    if (unblock.code !== 0) {
      expect(unblock.err).toContain('BlockedEncryptionTypes');
      return;
    }
    const stored = await json(`${put} ${own}`);
    expect(stored.SSECustomerKeyMD5).toBe(createHash('md5').update(Buffer.alloc(32, 3)).digest('base64'));
    expect((await aws('s3api get-object --bucket cli-bucket --key own none.txt')).err).toContain('InvalidRequest');
    expect((await aws(`s3api get-object --bucket cli-bucket --key own own.txt ${own}`)).code).toBe(0);
    expect(readFileSync(join(endpoint.folder, 'own.txt'), 'utf8')).toBe('The quarterly figures');
  });

  it('tells an S3 administrator that KMS is missing (F-ERR-049)', async () => {
    await aws(`s3 cp report.txt s3://cli-bucket/kms.txt --sse aws:kms --sse-kms-key-id ${key}`);
    const refused = await aws('s3api get-object --bucket cli-bucket --key kms.txt out.txt', 's3-administrator');
    expect(refused.err).toMatch(/An error occurred \(AccessDenied\).*kms:Decrypt/s);
  });

  it('synchronises a folder, presigns, and removes everything', async () => {
    expect((await aws('s3 sync many s3://cli-bucket/many')).code).toBe(0);
    expect((await aws('s3 ls s3://cli-bucket/many/')).out.trim().split('\n').length).toBe(3);
    const link = (await aws('s3 presign s3://cli-bucket/many/two')).out.trim();
    expect(await (await fetch(link)).text()).toBe('two');
    expect((await aws('s3 mv s3://cli-bucket/many/one s3://cli-bucket/many/uno')).code).toBe(0);
    expect((await aws('s3 rm s3://cli-bucket/many --recursive')).code).toBe(0);
    expect((await aws('s3 rb s3://cli-bucket --force')).code).toBe(0);
    expect((await aws('s3 ls s3://cli-bucket')).err).toContain('NoSuchBucket');
  });

  it('encrypts and decrypts with KMS', async () => {
    writeFileSync(join(endpoint.folder, 'secret.txt'), 'short secret');
    const { CiphertextBlob } = await json(`kms encrypt --key-id ${key} --plaintext fileb://secret.txt`);
    writeFileSync(join(endpoint.folder, 'secret.blob'), Buffer.from(CiphertextBlob, 'base64'));
    const { Plaintext } = await json('kms decrypt --ciphertext-blob fileb://secret.blob');
    expect(Buffer.from(Plaintext, 'base64').toString()).toBe('short secret');
    await aws(`kms disable-key --key-id ${key}`);
    expect((await aws('kms decrypt --ciphertext-blob fileb://secret.blob')).err).toContain(`(DisabledException)`);
    await aws(`kms enable-key --key-id ${key}`);
  });
});
