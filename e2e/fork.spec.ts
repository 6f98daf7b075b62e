import { expect, test } from './pages/lab.ts';

test.use({ reducedMotion: 'reduce' });

test('I change one thing half way, see both futures part, and come back', async ({ lab, page }) => {
  await page.goto('/#v=1&mode=sse-kms-cmk&op=download&net=https&as=owner&step=4');
  await lab.ready();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Change one thing' });
  await expect(dialog).toContainText('After step 4');
  await dialog.getByRole('button', { name: /^Disable the KMS key/ }).click();
  // Both futures are the same up to the change; the page stands where they part.
  const rows = page.getByRole('slider', { name: 'Rows' });
  await expect(rows).toHaveAttribute('aria-valuetext', /^Row 9 of \d+: .*differs/, { timeout: 20_000 });
  await expect(page.locator('main')).toContainText('the KMS key is disabled');
  await expect(page).toHaveURL(/page=compare&left=.*&right=.*fork-4-key-Disabled/);
  await page.reload();
  await expect(rows).toHaveAttribute('aria-valuetext', /^Row 9 of /, { timeout: 20_000 });
  await page.goBack();
  await lab.ready();
  await expect(lab.scrubBar).toHaveAttribute('aria-valuetext', /^Step 4 of 19/);
});

test('I explore by keyboard, open a run of a page in the lab, and find the page again', async ({ lab, page }) => {
  await page.goto('/#v=1&mode=sse-s3&op=upload&net=https&as=owner&step=2');
  await lab.ready();
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Explore' });
  await dialog.getByRole('button', { name: /^Which mode\?/ }).click();
  await expect(page.getByRole('heading', { name: 'Which mode should I use?' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Myths' }).click();
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Which mode should I use?' })).toBeVisible();
  await page.getByRole('button', { name: 'The lab' }).click();
  await expect(lab.scrubBar).toHaveAttribute('aria-valuetext', /^Step 2 of/);
});
