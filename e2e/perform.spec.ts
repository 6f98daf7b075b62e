import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { expect, test } from './pages/lab.ts';

test.use({ reducedMotion: 'reduce' });

const SPEC = 'sse-kms-cmk.upload.https.owner';

/** What axe finds on the page as it is now. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { axe } = globalThis as typeof globalThis & {
      axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

test('the last two moves of an SSE-KMS upload are performed by keyboard, with a mistake on the way', async ({
  page,
}) => {
  await page.goto(`/#v=1&page=perform&spec=${SPEC}&level=2`);
  const form = page.getByRole('form', { name: 'Your move' });
  await expect(form).toBeVisible();
  const said = page.getByRole('main').getByRole('status').first();
  const choose = async (role: 'radio' | 'checkbox', name: string | RegExp) => {
    await form.getByRole(role, { name }).focus();
    await page.keyboard.press('Space');
    await expect(form.getByRole(role, { name })).toBeChecked({ checked: true });
  };

  // The readable key beside the object.
  await choose('radio', /^Amazon S3$/);
  await choose('radio', 'stores');
  await choose('checkbox', /^report.txt locked by A/);
  await choose('checkbox', /^data key A/);
  await choose('radio', /^disks/);
  await page.keyboard.press('Enter');
  await expect(said).toContainText('no secret may lie open');

  await form.getByRole('checkbox', { name: /^data key A/ }).focus();
  await page.keyboard.press('Space');
  await choose('checkbox', /^encrypted data key A/);
  await page.keyboard.press('Enter');
  await expect(said).toContainText('Done: Amazon S3 stores');
  await expect(page.getByRole('heading', { name: 'Done so far: 11 of 12' })).toBeVisible();

  // The arrow keys walk through a group.
  await form.getByRole('radio', { name: 'You', exact: true }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await expect(form.getByRole('radio', { name: /^Amazon S3$/ })).toBeChecked();
  await choose('radio', 'answers');
  await choose('radio', 'your side');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'The run is complete' })).toBeFocused();
  expect(await findings(page)).toEqual([]);

  const link = page.getByRole('region', { name: 'How it went' }).getByRole('button', { name: /^See step/ });
  await expect(link).toHaveCount(1);
  await link.press('Enter');
  await expect(page.getByRole('slider').first()).toHaveAttribute('aria-valuetext', /stores the ciphertext/);
});

test('three questions are asked without the picture, which comes with each answer', async ({ page }) => {
  await page.goto('/#v=1&page=recall&spec=sse-c.download.https.owner');
  const stage = page.getByRole('region', { name: /^Stage/ });
  for (let question = 1; question <= 3; question++) {
    await expect(page.getByText(`Question ${question} of 3`)).toBeVisible();
    await expect(stage).toHaveCount(0);
    await page.getByRole('radio').first().focus();
    await page.keyboard.press('2');
    await expect(page.getByRole('radio').nth(1)).toBeChecked();
    await page.getByRole('button', { name: 'I think so' }).press('Enter');
    await expect(page.getByText(/^(Right|Not so)\./)).toBeVisible();
    await expect(stage).toBeVisible();
    await page.getByRole('button', { name: question === 3 ? 'To the end' : 'Next question' }).press('Enter');
  }
  await expect(page.getByRole('region', { name: 'What to look at again' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Once more with' }).selectOption('sse-kms-cmk');
  await expect(page).toHaveURL(/spec=sse-kms-cmk\.download/);
  await expect(page.getByText('Question 1 of 3')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme });
    test('axe finds nothing on either page, before and after an answer', async ({ page }) => {
      await page.goto(`/#v=1&page=perform&spec=${SPEC}&level=4`);
      await expect(page.getByRole('form', { name: 'Your move' })).toBeVisible();
      await page.getByRole('button', { name: 'Do it' }).click();
      expect(await findings(page)).toEqual([]);
      await page.goto(`/#v=1&page=recall&spec=${SPEC}`);
      await expect(page.getByRole('radiogroup')).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await page.getByRole('radio').first().focus();
      await page.keyboard.press('1');
      await page.getByRole('button', { name: 'Sure', exact: true }).click();
      await expect(page.getByRole('region', { name: /^Stage/ })).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });
  });
}
