import axe from 'axe-core';
import { expect, test } from './pages/lab.ts';

test.use({ reducedMotion: 'reduce' });

const GUIDE = '/#v=1&page=guide';

test('whoever chooses by keyboard reads the advice, and opens the run that proves it', async ({ lab, page }) => {
  await page.goto(GUIDE);
  const main = page.getByRole('main');
  const advice = main.locator('#guide-advice');
  await expect(advice).toHaveText('SSE-S3');
  await page.getByRole('switch', { name: 'Audit of each key use' }).focus();
  await page.keyboard.press('Space');
  await expect(advice).toHaveText('SSE-KMS with aws/s3');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('switch', { name: 'Control of the key' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(advice).toHaveText('SSE-KMS with a customer managed key');
  await expect(page).toHaveURL(/needs=audit\.control/);
  const others = page.getByRole('region', { name: 'Why not another one' });
  await expect(others.getByRole('listitem').filter({ hasText: 'SSE-KMS with aws/s3' })).toContainText(
    'Control of the key',
  );
  await page.getByRole('button', { name: 'See it: Audit of each key use under SSE-KMS own key' }).focus();
  await page.keyboard.press('Enter');
  await lab.ready();
  await expect(page).toHaveURL(/mode=sse-kms-cmk&op=download/);
  const { step } = await lab.position();
  await expect(lab.steps.nth(step - 1)).toContainText('CloudTrail logs the KMS call');
});

test('every cell of the table can be checked here, and a cell opens the run behind it', async ({ lab, page }) => {
  test.setTimeout(120_000);
  await page.goto(`${GUIDE}&cell=separation.sse-kms-aws`);
  await page.getByRole('button', { name: 'Check every cell by running it' }).click();
  const table = page.getByRole('table');
  await expect(page.getByText(/^(\d+) of \1 hold\.$/).first()).toBeVisible({ timeout: 90_000 });
  await expect(table.getByText('run disagrees')).toHaveCount(0);
  await expect(table.getByRole('row').nth(1).getByText('checked')).toHaveCount(8);
  await page
    .getByRole('button', { name: 'See it in the lab: Administrators cannot read under SSE-KMS aws/s3' })
    .click();
  await lab.ready();
  await expect(page).toHaveURL(/mode=sse-kms-aws&op=download&net=https&as=s3-admin/);
});

test('axe finds nothing, in both themes and three widths, and nothing is cut off', async ({ page }) => {
  test.setTimeout(180_000);
  const look = async (state: string, rules: object) => {
    await page.goto('about:blank');
    await page.goto(GUIDE + state);
    await expect(page.getByRole('heading', { level: 2, name: 'Which mode should I use?' })).toBeVisible();
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await page.evaluate(axe.source);
    return page.evaluate(async rules => {
      const { axe } = globalThis as typeof globalThis & {
        axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run({ resultTypes: ['violations'], ...rules });
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    }, rules);
  };
  const advised = '&needs=audit.separation&cell=audit.sse-c';
  for (const [width, height] of [
    [1440, 900],
    [768, 1024],
    [320, 640],
  ] as const) {
    await page.setViewportSize({ width, height });
    expect(await look(advised, {}), `${width}`).toEqual([]);
  }
  expect(await look('&needs=audit.public-read', {})).toEqual([]);
  // The themes differ in colours only.
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await look(advised, { runOnly: ['color-contrast', 'link-in-text-block'] })).toEqual([]);
});
