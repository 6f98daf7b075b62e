import { createDecipheriv, createPrivateKey, hkdfSync, privateDecrypt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { RSA_2048 as OPENSSL_RSA_2048 } from '../src/testing/vectors/keyFiles.ts';
import { expect, test } from './pages/lab.ts';

const TEXT = 'To be opened far from here. Grüße!';
const FILE = { name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from(TEXT) };

/** The dialog, by way of the object or of the settings. */
async function openDialog(page: Page, by: 'object' | 'settings'): Promise<void> {
  await page.getByRole('button', by === 'object' ? { name: /^Object: / } : { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Take away key and object…' }).click();
  await expect(page.getByRole('heading', { name: 'Your wrapping key' })).toBeVisible();
}
const agree = (page: Page) => page.getByRole('checkbox', { name: /nothing real/ }).check();
const close = (page: Page) => page.getByRole('button', { name: 'Close' }).click();

async function save(page: Page, name: RegExp): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  return readFile(await download.path());
}

interface Saved {
  readonly body: Buffer;
  /** Of object and instruction file together. */
  readonly envelope: Readonly<Record<string, string>>;
}

async function saveObject(page: Page): Promise<Saved> {
  await page.getByRole('button', { name: 'Get the files' }).click();
  const body = await save(page, /^Save object\.encrypted \d/);
  const metadata = JSON.parse((await save(page, /^Save object\.metadata/)).toString());
  const instruction = page.getByRole('button', { name: /^Save object\.instruction \d/ });
  const more =
    (await instruction.count()) === 0 ? {} : JSON.parse((await save(page, /^Save object\.instruction \d/)).toString());
  return { body, envelope: { ...metadata, ...more } };
}

const bytesOf = (text: string | undefined) => Buffer.from(text ?? '', 'base64');

function openGcm(secret: Buffer, iv: Buffer, sealed: Buffer, aad?: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', secret, iv);
  if (aad) decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}

/** What is in the encrypted data key, by the key as its file says it; both wraps are bound to the content's algorithm. */
function unwrap(wrapped: Buffer, keyFile: string, algorithm: string): Buffer {
  if (!keyFile.includes('PRIVATE KEY')) {
    return openGcm(
      Buffer.from(keyFile, 'base64'),
      wrapped.subarray(0, 12),
      wrapped.subarray(12),
      Buffer.from(algorithm),
    );
  }
  const opened = privateDecrypt({ key: createPrivateKey(keyFile), oaepHash: 'sha1' }, wrapped);
  expect([opened[0], opened.subarray(33).toString()]).toEqual([32, algorithm]);
  return opened.subarray(1, 33);
}

/** Opens an object in either format with nothing but Node's own cryptography. */
function openElsewhere({ body, envelope }: Saved, keyFile: string): string {
  if (envelope['x-amz-key-v2'] !== undefined) {
    const dataKey = unwrap(bytesOf(envelope['x-amz-key-v2']), keyFile, 'AES/GCM/NoPadding');
    return openGcm(dataKey, bytesOf(envelope['x-amz-iv']), body).toString();
  }
  expect(envelope['x-amz-c']).toBe('115');
  const dataKey = unwrap(bytesOf(envelope['x-amz-3']), keyFile, '115');
  const suite = Buffer.from([0x00, 0x73]);
  const derive = (label: string, length: number) =>
    Buffer.from(
      hkdfSync('sha512', dataKey, bytesOf(envelope['x-amz-i']), Buffer.concat([suite, Buffer.from(label)]), length),
    );
  expect(derive('COMMITKEY', 28)).toEqual(bytesOf(envelope['x-amz-d']));
  return openGcm(derive('DERIVEKEY', 32), Buffer.alloc(12, 0x01), body, suite).toString();
}

const STORIES = [
  { mode: 'cse-aes', file: 'wrapping-key.b64', more: '' },
  { mode: 'cse-rsa', file: 'wrapping-key.pem', more: '' },
  { mode: 'cse-aes', file: 'wrapping-key.b64', more: '&format=v2' },
  { mode: 'cse-rsa', file: 'wrapping-key.pem', more: '&format=v2&envelope=instruction-file' },
  { mode: 'cse-aes', file: 'wrapping-key.b64', more: '&envelope=instruction-file' },
] as const;

for (const { mode, file, more } of STORIES) {
  test(`in ${mode}${more} I make a key, upload, save key and object, and open them elsewhere`, async ({
    lab,
    page,
  }) => {
    await page.goto(`/#v=1&mode=${mode}&op=upload&net=https&as=owner&step=1${more}`);
    await lab.ready();
    await lab.bring(FILE);
    await openDialog(page, 'object');
    await expect(page.getByRole('button', { name: 'Make a new key to take away' })).toBeDisabled();
    await agree(page);
    await page.getByRole('button', { name: 'Make a new key to take away' }).click();
    await expect(page.getByText('In use: your own')).toBeVisible();
    await lab.ready();

    const keyFile = (await save(page, new RegExp(`^Save ${file}`))).toString();
    await page.getByRole('button', { name: 'Show it' }).click();
    await expect(page.getByRole('region', { name: 'The wrapping key in plain sight' })).toContainText(
      keyFile.split('\n').find(line => !line.startsWith('-')) ?? '',
    );
    expect(openElsewhere(await saveObject(page), keyFile)).toBe(TEXT);
    await expect(page.getByRole('region', { name: /Commands that upload/ })).toContainText('aws s3api put-object');
    await close(page);

    // Said beside the run; in neither address nor storage.
    await expect(page.getByText('Your own wrapping key is in use')).toBeVisible();
    const secret = keyFile.replaceAll(/-----[^-]+-----|\s/g, '').slice(0, 40);
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + location.href);
    expect(kept).not.toContain(secret);
  });
}

for (const [mode, keyFile, kind] of [
  ['cse-rsa', OPENSSL_RSA_2048, 'RSA'],
  ['cse-aes', Buffer.alloc(32, 0xa5).toString('base64'), 'AES'],
] as const) {
  test(`I bring an ${kind} key of my own, upload, and download the same bytes; then I go back to fresh keys`, async ({
    lab,
    page,
  }) => {
    await lab.open({ mode });
    await lab.bring(FILE);
    await openDialog(page, 'settings');
    await agree(page);
    await page.getByRole('button', { name: 'Use a key of mine' }).click();
    await page
      .getByLabel('Your key', { exact: true })
      .fill('-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----');
    await page.getByRole('button', { name: 'Use this key' }).click();
    await expect(page.getByRole('alert')).toContainText('public half');
    await page
      .getByLabel('Key file')
      .setInputFiles({ name: 'key', mimeType: 'text/plain', buffer: Buffer.from(keyFile) });
    await expect(page.getByText('In use: your own')).toBeVisible();
    expect(openElsewhere(await saveObject(page), keyFile)).toBe(TEXT);
    await close(page);

    await page.getByRole('button', { name: 'Download', exact: true }).click();
    await expect(page).toHaveURL(/op=download/);
    await lab.ready();
    await page.keyboard.press('End');
    await expect(page.getByRole('region', { name: 'What you downloaded' })).toContainText('byte for byte the same');

    await openDialog(page, 'settings');
    await page.getByRole('button', { name: 'Back to a fresh key each run' }).click();
    await expect(page.getByText('Each run makes a fresh wrapping key')).toBeVisible();
    await close(page);
    await lab.ready();
    await expect(page.getByText('Your own wrapping key is in use')).toHaveCount(0);
  });
}
