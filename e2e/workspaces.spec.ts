import { expect, test } from './pages/lab.ts';

test.use({ reducedMotion: 'reduce' });

test('each act of an experiment opens in the lab as itself, and the focus is on the stage then', async ({
  lab,
  page,
}) => {
  await page.goto('/#v=1&page=experiments&id=key-disabled');
  await page.getByRole('group').getByRole('radio').first().check();
  await page.getByRole('radio', { name: 'I guess' }).check();
  await page.getByRole('button', { name: 'Run it' }).click();
  // The same person does the same in the same mode: only the act tells the two apart.
  for (const [label, act] of [
    ['Healthy', 'Act 1 of 3'],
    ['This time', 'Act 2 of 3'],
  ] as const) {
    await page.getByRole('button', { name: `Open in the lab (${label}` }).click({ timeout: 30_000 });
    await lab.ready();
    await expect(page.getByRole('region', { name: /^Experiment: / })).toContainText(act);
    await expect(page.getByRole('main')).toBeFocused();
    await page.goBack();
  }
});

test('without a connection a part that cannot be loaded says so, and the rest goes on', async ({ page }) => {
  // Without the lab’s fixture: the browser complains of what it cannot fetch.
  const scrubBar = page.getByRole('slider', { name: 'Step' });
  await page.goto('/#v=1&mode=sse-s3&op=upload&net=https&as=owner&step=1');
  await expect(scrubBar).toHaveAttribute('aria-valuetext', /^Step 1 of/, { timeout: 20_000 });
  await expect(page.getByRole('table')).toBeVisible();
  await page.context().setOffline(true);
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Explore' });
  await expect(dialog.getByRole('alert')).toContainText('could not be loaded');
  await dialog.getByRole('button', { name: 'Back to the lab' }).click();
  await expect(dialog).toBeHidden();
  await page.keyboard.press('ArrowRight');
  await expect(scrubBar).toHaveAttribute('aria-valuetext', /^Step 2 of/);
});

test('on a phone the move can be put together while the stage is in sight, and the present tab too', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/#v=1&page=perform&level=2');
  const builder = page.getByRole('form', { name: 'Your move' });
  await expect(builder.getByRole('radio', { name: 'Amazon S3', exact: true })).toBeInViewport({ timeout: 20_000 });
  await expect(page.getByRole('region', { name: /^Stage/ })).toBeInViewport();
  await expect(
    page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Perform it' }),
  ).toBeInViewport({ ratio: 1 });
});
