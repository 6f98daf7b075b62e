import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { HeadBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from 'vitest';
import { MODES, type Mode, type RunSpec, runUpload, type Trace } from '../engine/index.ts';
import { parseArguments } from './arguments.ts';
import { DEFAULT_USERS } from './defaultUsers.ts';
import { type Endpoint, startEndpoint } from './endpoint.ts';

const running: Endpoint[] = [];
afterEach(async () => {
  for (const endpoint of running.splice(0)) await endpoint.stop();
});

async function start(mode: Mode, seed: string): Promise<Endpoint> {
  const parsed = parseArguments(['--port', '0', '--lab', mode, '--seed', seed, '--trust-loopback']);
  if (parsed.kind !== 'start') throw new Error('not understood');
  const endpoint = await startEndpoint(parsed.arguments, () => undefined);
  running.push(endpoint);
  return endpoint;
}

/** What the page does with this mode and seed. */
function runOf(mode: Mode, seed: string) {
  const spec: RunSpec = { mode, operation: 'upload', transport: 'https', principal: 'owner', seed };
  return runUpload(spec, { name: 'a', type: '', bytes: new Uint8Array(3) });
}
const configOf = (endpoint: Endpoint, credentials: { accessKeyId: string; secretAccessKey: string }) => ({
  endpoint: endpoint.url,
  region: 'eu-central-1',
  forcePathStyle: true,
  maxAttempts: 1,
  credentials: { accessKeyId: credentials.accessKeyId, secretAccessKey: credentials.secretAccessKey },
});
const blobOf = ({ exchanges }: Trace) => exchanges.map(({ response }) => response?.json?.CiphertextBlob).find(Boolean);

describe('the endpoint with the world of a run', () => {
  it.each(MODES)('%s: its owner signs with the run’s own key, and the run’s bucket is there and empty', async mode => {
    const { world } = await runOf(mode, 'class');
    const s3 = new S3Client(configOf(await start(mode, 'class'), world.people.owner));
    const list = await s3.send(new ListObjectsV2Command({ Bucket: world.names.bucketName }));
    expect(list.KeyCount).toBe(0);
  });

  it('opens the encrypted data key of a run of the same seed, and of no other', async () => {
    const { world, trace } = await runOf('cse-kms', 'class');
    const decrypt = async (endpoint: Endpoint, person: typeof world.people.owner) =>
      new KMSClient(configOf(endpoint, person)).send(
        new DecryptCommand({
          CiphertextBlob: Buffer.from(String(blobOf(trace)), 'base64'),
          EncryptionContext: { 'aws:x-amz-cek-alg': '115' },
        }),
      );
    const opened = await decrypt(await start('cse-kms', 'class'), world.people.owner);
    expect(opened.KeyId).toBe(world.names.kmsKeyArn);
    const dataKeys = Object.values(trace.artifacts).filter(({ kind }) => kind === 'data-key');
    expect(dataKeys.map(({ head }) => head)).toContain(Buffer.from(opened.Plaintext ?? []).toString('hex'));
    const other = (await runOf('cse-kms', 'other')).world.people.owner;
    await expect(decrypt(await start('cse-kms', 'other'), other)).rejects.toThrow();
  });

  it('prints the owner first, then the two others, and nothing of the built-in users', async () => {
    const { description } = await start('sse-c', 'class');
    const { people } = (await runOf('sse-c', 'class')).world;
    const ids = [...description.matchAll(/AWS_ACCESS_KEY_ID=(\w+)/g)].map(([, id]) => id);
    expect(ids).toEqual([people.owner, people['s3-admin'], people.stranger].map(({ accessKeyId }) => accessKeyId));
    for (const { accessKeyId } of DEFAULT_USERS) expect(description).not.toContain(accessKeyId);
    expect(description).not.toContain('--data');
  });

  it('knows nobody else', async () => {
    const [admin] = DEFAULT_USERS;
    if (!admin) throw new Error('there are built-in users');
    const s3 = new S3Client(configOf(await start('sse-s3', 'class'), admin));
    const refused = await s3.send(new HeadBucketCommand({ Bucket: 'envelope-lab-sse-s3' })).catch(thrown => thrown);
    expect(refused.$metadata.httpStatusCode).toBe(403);
  });
});
