import axe from 'axe-core';
import { expect, type Lab, test } from './pages/lab.ts';

test.use({ reducedMotion: 'reduce' });

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const rows = (lab: Lab) => lab.page.getByRole('slider', { name: 'Rows' });
async function open(lab: Lab, params = ''): Promise<void> {
  await lab.page.goto(`/#v=1&page=compare${params}`);
  await expect(rows(lab)).toHaveAttribute('aria-valuetext', /^Row \d+ of \d+: /, { timeout: 20_000 });
}

test('I compare two modes and step from difference to difference by keyboard', async ({ lab, page }) => {
  await open(lab);
  await page.getByRole('button', { name: 'SSE-KMS and DSSE-KMS' }).click();
  await expect(page.getByRole('region', { name: 'DSSE-KMS', exact: true })).toBeVisible();
  await expect(rows(lab)).toHaveAttribute('aria-valuetext', /differs$/);
  await expect(page.getByText(/Differs in: headers/)).toBeVisible();
  await rows(lab).focus();
  for (const step of [16, 17, 18]) {
    await page.keyboard.press('PageDown');
    await expect(rows(lab)).toHaveAttribute('aria-valuetext', /only in “DSSE-KMS”$/);
    await expect(page.getByRole('region', { name: 'DSSE-KMS', exact: true })).toContainText(`${step} of 24 steps`);
  }
  await expect(page.getByText('This step is only in “DSSE-KMS”.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'SSE-KMS · your key', exact: true })).toContainText(
    'No such step here.',
  );
  const address = page.url();
  await page.keyboard.press('Home');
  await expect(rows(lab)).toHaveAttribute('aria-valuenow', '1');
  await page.goto(address);
  await page.reload();
  await expect(rows(lab)).toHaveAttribute('aria-valuetext', /only in “DSSE-KMS”$/, { timeout: 20_000 });
});

test('an answer of the table opens the step that shows it, and its address leads back to the pair', async ({
  lab,
  page,
}) => {
  await open(lab);
  await page.getByRole('button', { name: 'SSE-C and client-side' }).click();
  const makes = page.getByRole('row', { name: /^Who makes the data key/ });
  await expect(makes).toContainText('nobody: you bring the key');
  const address = page.url();
  await makes.getByRole('button', { name: /^layer 1: you/ }).click();
  await lab.ready();
  await expect(lab.scrubBar).toHaveAttribute('aria-valuetext', /You make a data key/);
  await page.goto(address);
  await expect(page.getByRole('button', { name: 'SSE-C and client-side' })).toHaveAttribute('aria-pressed', 'true');
});

test('axe finds nothing on the page, with all modes and a step that one side has not', async ({ lab, page }) => {
  await open(lab, '&row=9&all=1');
  await expect(page.getByText('runs …')).toHaveCount(0, { timeout: 30_000 });
  await page.evaluate(axe.source);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const violations = await page.evaluate(async (): Promise<Finding[]> => {
      const { axe } = globalThis as typeof globalThis & {
        axe: { run: (options: object) => Promise<{ violations: Finding[] }> };
      };
      return (await axe.run({ resultTypes: ['violations'] })).violations;
    });
    const found = violations.map(one => `${one.id}: ${one.nodes[0]?.html} ${one.nodes[0]?.failureSummary}`);
    expect(found, colorScheme).toEqual([]);
  }
});

test('on a phone I see one run at a time, and nothing sticks out', async ({ lab, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(lab);
  const left = page.getByRole('region', { name: 'SSE-S3', exact: true });
  const right = page.getByRole('region', { name: 'SSE-KMS · your key', exact: true });
  await expect(left).toBeVisible();
  await expect(right).toBeHidden();
  await page.getByRole('group', { name: 'Run in sight' }).getByRole('button', { name: 'SSE-KMS' }).click();
  await expect(right).toBeVisible();
  await expect(left).toBeHidden();
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
      .toBeLessThanOrEqual(0);
  }
});
