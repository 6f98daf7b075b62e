import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { EXPERIMENT_TEXTS } from '../src/content/experiments/all.ts';
import { expect, test } from './pages/lab.ts';

test.use({ reducedMotion: 'reduce' });

const PATIENT = { timeout: 30_000 };

/** Complaints in both themes. */
async function complaints(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    found.push(
      ...(await page.evaluate(async () => {
        const { axe } = globalThis as typeof globalThis & { axe: typeof import('axe-core') };
        const { violations } = await axe.run({ resultTypes: ['violations'] });
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
      })),
    );
  }
  return found;
}

test('the end of a run leads on to three questions about the same run, and moves nothing on the stage', async ({
  lab,
  page,
}) => {
  await lab.open({ mode: 'sse-c', operation: 'download' });
  await page.getByRole('switch', { name: /Ask me first/ }).click();
  const line = page.getByRole('navigation', { name: 'Go on from this run' });
  await expect(line).toHaveCount(0);
  const top = async () => (await lab.stage.boundingBox())?.y;
  const before = await top();
  await page.keyboard.press('End');
  await expect(line.getByRole('button')).toHaveText([
    'Three questions without the picture',
    'Perform it yourself',
    'Compare with Client AES',
  ]);
  expect(await top()).toBe(before);
  expect(await complaints(page)).toEqual([]);
  await line.getByRole('button', { name: 'Three questions without the picture' }).click();
  await expect(page).toHaveURL(/page=recall&spec=sse-c\.download\.https\.owner/);
  await expect(page.getByRole('main')).toContainText('SSE-C, download');
  await page.goBack();
  await lab.ready();
  await page.keyboard.press('End');
  await line.getByRole('button', { name: 'Perform it yourself' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Perform it' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Mode' })).toHaveValue('sse-c');
});

test('a burst is drawn and told request by request; its run in the lab says whose it is, and leads back', async ({
  lab,
  page,
}) => {
  const title = EXPERIMENT_TEXTS.throttled?.title ?? '';
  await page.goto('/#v=1&page=experiments&id=throttled');
  await page.getByRole('group').getByRole('radio').first().check();
  await page.getByRole('radio', { name: 'I think so' }).check();
  await page.getByRole('button', { name: 'Run it' }).click();
  await expect(page.getByRole('heading', { name: /^What happened/ })).toBeFocused(PATIENT);
  await page.getByRole('button', { name: 'Try the fix' }).click();
  const plot = page.getByRole('region', { name: 'How often S3 asked KMS' });
  await expect(plot).toContainText('Requests to KMS: healthy 1, this time 2, with the fix 1.', PATIENT);
  await plot.getByText('The same as a table').click();
  await expect(plot.getByRole('row', { name: /file-1\.txt 503 SlowDown 1, refused 1 2$/ })).toBeVisible();
  expect(await complaints(page)).toEqual([]);
  await page.getByRole('button', { name: 'Open this run in the lab' }).click();
  await lab.ready();
  const strip = page.getByRole('region', { name: `Experiment: ${title}` });
  await expect(strip).toContainText('Act 2 of 3: This time');
  expect(await complaints(page)).toEqual([]);
  await strip.getByRole('button', { name: 'Back to the experiment' }).click();
  await expect(page.getByRole('heading', { level: 2, name: title })).toBeVisible();
  await expect(page.getByRole('heading', { name: /^What happened/ })).toBeVisible(PATIENT);
});

test('a changed run says what was changed, and leads to both futures, on a phone too', async ({ lab, page }) => {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto('/#v=1&run=sse-kms-cmk.upload.https.owner.fork-3-key-Disabled&seed=fork&step=1');
    await lab.ready();
    const strip = page.getByRole('region', { name: 'Changed run: Changed after step 3: the KMS key is disabled' });
    await expect(strip).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await strip.getByRole('button', { name: 'Side by side' }).click();
    await expect(page).toHaveURL(/page=compare&left=[^&]*seed-fork&right=[^&]*fork-3-key-Disabled/);
    const rows = page.getByRole('slider', { name: 'Rows' });
    await expect(rows).toHaveAttribute('aria-valuetext', /^Row \d+ of \d+/, PATIENT);
    await expect(page.getByText('As it was').first()).toBeVisible();
  }
});
