import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloud, createServer, cryptoRandom, parsePolicy, wallClock } from '../../engine/index.ts';
import { DEFAULT_USERS } from '../defaultUsers.ts';
import { createHttpServer } from '../httpServer.ts';
import { changesOf, createPipeline } from '../pipeline.ts';
import { toUsers } from '../users.ts';
import { openKeep } from './keep.ts';

const closing: (() => Promise<void>)[] = [];
const folder = mkdtempSync(join(tmpdir(), 'world-'));
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  rmSync(folder, { recursive: true, force: true });
});

/** The endpoint as it is, but with a journal that is folded into a snapshot after every few requests. */
async function start() {
  const read = toUsers(DEFAULT_USERS, parsePolicy);
  const keep = await openKeep(folder, {
    region: 'eu-central-1',
    makeSecrets: () => ({ domainKey: cryptoRandom.bytes(32), s3RootKey: cryptoRandom.bytes(32) }),
    compactBytes: 2000,
  });
  const cloud = await createCloud({
    region: 'eu-central-1',
    random: cryptoRandom,
    clock: wallClock,
    principals: 'users' in read ? read.users.map(({ principal }) => principal) : [],
    secrets: keep.secrets,
    saved: keep.saved,
  });
  const report = (line: string): void => {
    throw new Error(line);
  };
  const pipeline = createPipeline({ serve: createServer(cloud), takeChanges: () => changesOf(cloud), keep, report });
  const server = createHttpServer({ serve: pipeline, trustsLoopback: true, report });
  const port = await server.listen('127.0.0.1', 0);
  closing.push(async () => {
    await server.stop(100);
    await keep.close();
  });
  const config = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    maxAttempts: 1,
    credentials: {
      accessKeyId: DEFAULT_USERS[0]?.accessKeyId ?? '',
      secretAccessKey: DEFAULT_USERS[0]?.secretAccessKey ?? '',
    },
  };
  return { s3: new S3Client(config), kms: new KMSClient(config) };
}

describe('a real world', () => {
  it('of every encryption, versions and keys comes through many starts and snapshots', async () => {
    const expected = new Map<string, string>();
    let { s3, kms } = await start();
    await s3.send(new CreateBucketCommand({ Bucket: 'plain' }));
    await s3.send(new CreateBucketCommand({ Bucket: 'versioned' }));
    await s3.send(
      new PutBucketVersioningCommand({ Bucket: 'versioned', VersioningConfiguration: { Status: 'Enabled' } }),
    );
    for (let round = 0; round < 5; round++) {
      const SSEKMSKeyId = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.KeyId;
      const modes = [
        {},
        { ServerSideEncryption: 'aws:kms' },
        { ServerSideEncryption: 'aws:kms', SSEKMSKeyId, BucketKeyEnabled: true },
        { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId },
      ] as const;
      for (const [i, mode] of modes.entries()) {
        for (const bucket of ['plain', 'versioned']) {
          const name = `o${(i + round) % 6}`;
          const text = `${round} ${i} ${'x'.repeat(i === 2 ? 9000 : 5)}`;
          const put = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: name, Body: text, ...mode }));
          expected.set(`${bucket} ${name} ${put.VersionId ?? ''}`, text);
        }
      }
      const gone = `o${(round + 5) % 6}`;
      await s3.send(new DeleteObjectCommand({ Bucket: 'plain', Key: gone }));
      expected.delete(`plain ${gone} `);
      await closing.pop()?.();
      ({ s3, kms } = await start());
      for (const [place, text] of expected) {
        const [Bucket, Key, version] = place.split(' ');
        const got = await s3.send(
          new GetObjectCommand({ Bucket, Key, ...(version === '' ? {} : { VersionId: version }) }),
        );
        expect(await got.Body?.transformToString(), place).toBe(text);
      }
    }
    expect(statSync(join(folder, 'snapshot.jsonl')).size).toBeGreaterThan(2000);
    // One large content a round in the versioned bucket, and those that the other bucket still has.
    expect(readdirSync(join(folder, 'contents/s3.disk')).length).toBeLessThanOrEqual(10);
  });
});
