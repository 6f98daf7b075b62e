import axe from 'axe-core';
import { expect, MODES, test } from './pages/lab.ts';

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

// The themes differ in colours only, so the dark one is asked about colours only: contrast is the slow rule.
for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' });
    for (const mode of MODES) {
      test(`axe finds nothing on any step of upload and download in mode ${mode}`, async ({ lab, page }) => {
        test.setTimeout(240_000);
        for (const operation of ['upload', 'download'] as const) {
          await lab.open({ mode, operation });
          await page.waitForLoadState('networkidle');
          // Once a page: injecting the library for every step would take most of the time.
          await page.evaluate(axe.source);
          const { of } = await lab.position();
          for (let step = 1; step <= of; step++) {
            await lab.goTo(step);
            const violations = await page.evaluate(
              async (rules): Promise<Finding[]> => {
                const { axe } = globalThis as typeof globalThis & {
                  axe: { run: (options: object) => Promise<{ violations: Finding[] }> };
                };
                return (await axe.run({ resultTypes: ['violations'], ...rules })).violations;
              },
              colorScheme === 'light' ? {} : { runOnly: ['color-contrast', 'link-in-text-block'] },
            );
            const found = violations.map(one => `${one.id}: ${one.nodes[0]?.html} ${one.nodes[0]?.failureSummary}`);
            expect(found, `${operation} step ${step}`).toEqual([]);
          }
        }
      });
    }
  });
}
