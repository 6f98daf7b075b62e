import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A certificate for this machine and where it lies. */
export interface Certificate {
  /** PEM. */
  readonly certificate: string;
  /** PEM. Never printed. */
  readonly privateKey: string;
  /** What clients are told to trust: `AWS_CA_BUNDLE`. */
  readonly certificatePath: string;
}

const DAY = 24 * 60 * 60 * 1000;
// Clients take `*.localhost` for too wide; under `s3.localhost` buckets can have names of their own.
const NAMES = ['localhost', '*.localhost', 's3.localhost', '*.s3.localhost', '127.0.0.1', '::1'];

/**
 * The folder's certificate while it is good for another day and for that host, otherwise a new one: self-signed, P-256, for
 * `localhost` and names under it, the loopback addresses and the host. The private key is readable by its owner only.
 *
 * @param folder where it is kept; without one, a new folder among the system's temporary files
 * @param now milliseconds since 1970
 */
export async function provideCertificate(folder: string | undefined, host: string, now: number): Promise<Certificate> {
  const place = folder ?? (await mkdtemp(join(tmpdir(), 'envelope-tls-')));
  await mkdir(place, { recursive: true, mode: 0o700 });
  const certificatePath = join(place, 'tls-certificate.pem');
  const keyPath = join(place, 'tls-key.pem');
  const certificate = await readFile(certificatePath, 'utf8').catch(() => '');
  const privateKey = await readFile(keyPath, 'utf8').catch(() => '');
  if (isGood(certificate, privateKey, host, now)) return { certificate, privateKey, certificatePath };

  const made = await makeCertificate(host, now);
  await writePrivately(keyPath, made.privateKey);
  await writePrivately(certificatePath, made.certificate);
  return { ...made, certificatePath };
}

async function makeCertificate(host: string, now: number): Promise<Omit<Certificate, 'certificatePath'>> {
  const names = [...new Set([...NAMES, host])];
  const made = await generate([{ name: 'commonName', value: 'Envelope endpoint' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // A clock that is a little behind must not refuse it.
    notBeforeDate: new Date(now - DAY),
    notAfterDate: new Date(now + 365 * DAY),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: names.map(name => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name })),
      },
    ],
  });
  return { certificate: made.cert, privateKey: made.private };
}

function isGood(certificate: string, privateKey: string, host: string, now: number): boolean {
  try {
    const parsed = new X509Certificate(certificate);
    const names = parsed.subjectAltName ?? '';
    return (
      parsed.checkPrivateKey(createPrivateKey(privateKey)) &&
      Date.parse(parsed.validFrom) <= now &&
      Date.parse(parsed.validTo) > now + DAY &&
      (isIP(host) === 0 ? parsed.checkHost(host) : parsed.checkIP(host)) !== undefined &&
      names.includes('DNS:*.s3.localhost')
    );
  } catch {
    return false;
  }
}

async function writePrivately(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 });
  await rename(`${path}.new`, path);
}
