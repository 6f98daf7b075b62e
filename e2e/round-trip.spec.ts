import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, MODES, test } from './pages/lab.ts';

/** Bytes without pattern, the same every time. */
function noise(length: number): Buffer {
  const buffer = Buffer.alloc(length);
  let state = 0x9e3779b9;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    buffer[i] = state >>> 24;
  }
  return buffer;
}

const FILES = [
  { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('Grüße aus dem Labor.\nZweite Zeile.') },
  { name: 'empty.dat', mimeType: '', buffer: Buffer.alloc(0) },
  { name: '👩‍🔬 <script>alert(1)</script>.txt', mimeType: 'text/plain', buffer: Buffer.from('a name is not markup') },
  { name: 'five.bin', mimeType: 'application/octet-stream', buffer: noise(5 * 1024 * 1024) },
];
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

for (const mode of MODES) {
  test(`in mode ${mode} I upload my files, download them and save the very same bytes`, async ({
    lab,
    page,
    browserName,
  }) => {
    await lab.open({ mode });
    for (const file of FILES) {
      await lab.bring(file);
      await page.getByRole('button', { name: 'Download', exact: true }).click();
      await expect(page).toHaveURL(/op=download/);
      await lab.ready();
      await page.keyboard.press('End');
      const result = page.getByRole('region', { name: 'What you downloaded' });
      await expect(result).toContainText(file.name);
      await expect(result).toContainText('byte for byte the same as what you uploaded');
      // Firefox's driver reports no downloads: there the page's own comparison of all bytes has to do.
      if (browserName === 'firefox') {
        await page.getByRole('button', { name: 'Upload', exact: true }).click();
        await lab.ready();
        continue;
      }
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        result.getByRole('link', { name: 'Save' }).click(),
      ]);
      expect(hashOf(await readFile(await download.path()))).toBe(hashOf(file.buffer));
      await page.getByRole('button', { name: 'Upload', exact: true }).click();
      await expect(page).toHaveURL(/op=upload/);
      await lab.ready();
    }
  });
}
