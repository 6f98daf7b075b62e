import { elsewhere, expect, MODES, test } from './pages/lab.ts';

test.use({ reducedMotion: 'reduce' });

for (const mode of MODES) {
  for (const operation of ['upload', 'download'] as const) {
    test(`${operation} in mode ${mode} shows the same picture at a step, forwards, backwards and by jumps`, async ({
      lab,
      page,
    }) => {
      await lab.open({ mode, operation });
      const { of } = await lab.position();
      const pictures = new Map<number, string>();
      for (let step = 1; step <= of; step++) {
        await lab.goTo(step);
        pictures.set(step, await lab.picture());
      }
      expect(new Set(pictures.values()).size).toBeGreaterThan(of / 2);
      for (let step = of; step > 1; step--) {
        await page.keyboard.press('ArrowLeft');
        await expect(lab.scrubBar).toHaveAttribute('aria-valuetext', new RegExp(`^Step ${step - 1} of`));
        expect(await lab.picture(), `step ${step - 1} backwards`).toBe(pictures.get(step - 1));
      }
      for (const step of [of, 3, Math.ceil(of / 2), 2, of - 1]) {
        await lab.goTo(step);
        expect(await lab.picture(), `step ${step} by a jump`).toBe(pictures.get(step));
      }
    });
  }
}

test('a link opens the same moment in another browser', async ({ lab, page, browser }) => {
  await lab.open({ mode: 'dsse-kms', operation: 'download', seed: 'monday', step: 1 });
  await lab.goTo(9);
  await expect(page).toHaveURL(/step=9/);
  expect(page.url()).not.toMatch(/report|Lanternfish/);
  const other = await elsewhere(browser);
  await other.page.emulateMedia({ reducedMotion: 'reduce' });
  await other.page.setViewportSize({ width: 1440, height: 900 });
  await other.page.goto(page.url());
  await other.ready();
  expect(await other.position()).toEqual(await lab.position());
  expect(await other.picture()).toBe(await lab.picture());
});

test('Back leaves the player, not the step', async ({ lab, page }) => {
  await lab.open({ mode: 'sse-s3' });
  await lab.goTo(5);
  await lab.goTo(7);
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  await expect(page).toHaveURL(/op=download/);
  await page.goBack();
  await expect(page).toHaveURL(/op=upload.*step=7/);
  await lab.ready();
  expect((await lab.position()).step).toBe(7);
});
