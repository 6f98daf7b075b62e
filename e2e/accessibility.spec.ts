import AxeBuilder from '@axe-core/playwright';
import { expect, MODES, test } from './pages/lab.ts';

for (const theme of ['light', 'dark'] as const) {
  test.describe(`${theme} theme`, () => {
    test.use({ colorScheme: theme, reducedMotion: 'reduce' });
    for (const mode of MODES) {
      test(`axe finds nothing on any step of upload and download in mode ${mode}`, async ({ lab, page }) => {
        test.setTimeout(180_000);
        for (const operation of ['upload', 'download'] as const) {
          await lab.open({ mode, operation });
          await page.waitForLoadState('networkidle');
          const { of } = await lab.position();
          for (let step = 1; step <= of; step++) {
            await lab.goTo(step);
            const { violations } = await new AxeBuilder({ page }).analyze();
            const found = violations.map(one => `${one.id}: ${one.nodes[0]?.html} ${one.nodes[0]?.failureSummary}`);
            expect(found, `${operation} step ${step}`).toEqual([]);
          }
        }
      });
    }
  });
}
