import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { expect, test } from './pages/lab.ts';

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe complains about, in words. */
async function complaintsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async (): Promise<Finding[]> => {
    const { axe } = globalThis as typeof globalThis & {
      axe: { run: (options: object) => Promise<{ violations: Finding[] }> };
    };
    return (await axe.run({ resultTypes: ['violations'] })).violations;
  });
  return violations.map(one => `${one.id}: ${one.nodes[0]?.html} ${one.nodes[0]?.failureSummary}`);
}

const rowOf = (page: Page, mode: string) =>
  page
    .getByRole('region', { name: 'What opens, what stays shut' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: mode, exact: true }) });
const leak = (page: Page, name: string) => page.getByRole('switch', { name, exact: true });

test('what has leaked decides, mode by mode, what opens', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto('/#v=1&page=attacker&leaks=disk');
  await expect(rowOf(page, 'SSE-KMS own key')).toContainText('Ciphertext only');
  await expect(rowOf(page, 'Nothing (2022)')).toContainText('Opens');
  await leak(page, 'the right to use the KMS key').click();
  await expect(rowOf(page, 'SSE-KMS own key')).toContainText('Opens');
  await expect(rowOf(page, 'SSE-KMS aws/s3')).toContainText('through S3 only');
  await expect(rowOf(page, 'DSSE-KMS')).toContainText('two keepers');
  expect(page.url()).toContain('leaks=disk.kms-use');

  const player = page.getByRole('group', { name: 'Player of the attack' });
  await player.getByRole('button', { name: 'Last' }).click();
  await expect(page.getByText('The attacker reads the plaintext, byte for byte what was uploaded.')).toBeVisible();
  await player.getByRole('button', { name: 'Open in the lab' }).click();
  await expect(page.getByRole('slider').first()).toHaveAttribute('aria-valuetext', /^Step \d+ of \d+/);
  expect(page.url()).toContain('leaks-disk');
});

test('a look into S3’s memory depends on the moment', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto('/#v=1&page=attacker&leaks=s3-memory&mode=sse-s3');
  await expect(rowOf(page, 'SSE-S3')).toContainText('Opens');
  const moment = page.getByRole('slider', { name: /Moment of the look/ });
  await expect(moment).toHaveAttribute('aria-valuetext', /the object in plaintext/);
  await moment.focus();
  await page.keyboard.press('End');
  await expect(moment).toHaveAttribute('aria-valuetext', /nothing/);
  await expect(rowOf(page, 'SSE-S3')).toContainText('Nothing');
  await expect(rowOf(page, 'SSE-C')).toContainText('Opens');
});

test('axe finds nothing in either theme', async ({ page }) => {
  test.setTimeout(180_000);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(`/#v=1&page=attacker&leaks=disk.s3-memory&mode=${colorScheme === 'light' ? 'sse-c' : 'dsse-kms'}`);
    await expect(page.getByText('9 modes open').first()).toBeVisible();
    expect(await complaintsOf(page), colorScheme).toEqual([]);
  }
});
