import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { textBody } from '../engine/index.ts';
import { createHttpServer } from './httpServer.ts';
import { sendRaw } from './testing/rawHttp.ts';
import { provideCertificate } from './tls.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
function newFolder(): string {
  folders.push(mkdtempSync(join(tmpdir(), 'tls-')));
  return folders.at(-1) ?? '';
}
const NOW = Date.now();
const DAY = 24 * 60 * 60 * 1000;

describe('the certificate', () => {
  it('is for this machine’s names and addresses and for the host, and for buckets’ own names', async () => {
    const { certificate, certificatePath } = await provideCertificate(newFolder(), 'lab.example', NOW);
    const parsed = new X509Certificate(certificate);
    for (const name of ['localhost', 's3.localhost', 'bucket.s3.localhost', 'lab.example']) {
      expect(parsed.checkHost(name), name).toBeDefined();
    }
    for (const address of ['127.0.0.1', '::1']) expect(parsed.checkIP(address), address).toBeDefined();
    expect(parsed.checkHost('example.com')).toBeUndefined();
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(readFileSync(certificatePath, 'utf8')).toBe(certificate);
    expect(certificate).not.toContain('PRIVATE');
  });

  it('lies where nobody else can read its key', async () => {
    const folder = newFolder();
    await provideCertificate(folder, '127.0.0.1', NOW);
    expect(readFileSync(join(folder, 'tls-key.pem'), 'utf8')).toContain('PRIVATE KEY');
    expect(process.platform === 'win32' ? 0 : statSync(join(folder, 'tls-key.pem')).mode & 0o077).toBe(0);
  });

  it('without a folder lies among the temporary files, in a folder of its own', async () => {
    const { certificatePath } = await provideCertificate(undefined, '127.0.0.1', NOW);
    folders.push(dirname(certificatePath));
    expect(certificatePath.startsWith(tmpdir())).toBe(true);
    expect(process.platform === 'win32' ? 0 : statSync(dirname(certificatePath)).mode & 0o077).toBe(0);
  });

  it.each<[string, string, number, boolean, (folder: string) => void]>([
    ['again', '127.0.0.1', NOW, true, () => undefined],
    ['a year later', '127.0.0.1', NOW + 365 * DAY, false, () => undefined],
    ['for another host', 'lab.example', NOW, false, () => undefined],
    ['without its key', '127.0.0.1', NOW, false, folder => rmSync(join(folder, 'tls-key.pem'))],
    ['damaged', '127.0.0.1', NOW, false, folder => writeFileSync(join(folder, 'tls-certificate.pem'), 'x')],
    [
      'with the key of another',
      '127.0.0.1',
      NOW,
      false,
      folder =>
        writeFileSync(join(folder, 'tls-key.pem'), '-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n'),
    ],
  ])('asked for %s: the same one as before: host %s, at %i: %s', async (_, host, now, isSame, change) => {
    const folder = newFolder();
    const first = await provideCertificate(folder, '127.0.0.1', NOW);
    change(folder);
    const second = await provideCertificate(folder, host, now);
    expect(second.certificate === first.certificate).toBe(isSame);
  });
});

describe('HTTPS', () => {
  it('is secure, is trusted by whoever trusts the certificate, and by nobody else', async () => {
    const tls = await provideCertificate(newFolder(), '127.0.0.1', NOW);
    const seen: boolean[] = [];
    const server = createHttpServer({
      serve: async ({ isSecure }) => {
        seen.push(isSecure);
        return { status: 200, headers: [], body: textBody('fine') };
      },
      tls,
      trustsLoopback: false,
      report: () => undefined,
    });
    const port = await server.listen('127.0.0.1', 0);
    const get = (ca?: string) =>
      new Promise<string>((resolve, reject) => {
        https
          .get({ host: '127.0.0.1', port, agent: false, ...(ca === undefined ? {} : { ca }) }, async response => {
            let text = '';
            for await (const chunk of response) text += chunk;
            resolve(text);
          })
          .on('error', reject);
      });
    expect(await get(tls.certificate)).toBe('fine');
    await expect(get()).rejects.toThrow(/self[- ]signed/);
    // Plain HTTP at the wrong door is closed, and the door stays.
    expect(await sendRaw(port, ['GET / HTTP/1.1\r\nHost: x\r\n\r\n'], { quiet: 1000 })).toEqual({
      text: '',
      isClosed: true,
    });
    const half = sendRaw(port, ['\u0016\u0003\u0001'], { quiet: 3000 });
    expect(await get(tls.certificate)).toBe('fine');
    expect(seen).toEqual([true, true]);
    await server.stop(50);
    expect((await half).isClosed).toBe(true);
  });
});
