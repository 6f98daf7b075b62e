import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { EXPERIMENT_TEXTS } from '../src/content/experiments/all.ts';
import type { ExperimentPlan } from '../src/engine/experiments/plan.ts';
import { BYTES_PLANS } from '../src/engine/experiments/plans/bytes.ts';
import { EXTRA_PLANS } from '../src/engine/experiments/plans/extra.ts';
import { GATES_PLANS } from '../src/engine/experiments/plans/gates.ts';
import { TIME_PLANS } from '../src/engine/experiments/plans/time.ts';
import { expect, test } from './pages/lab.ts';

test.use({ reducedMotion: 'reduce' });

/** A run may make RSA keys or send megabytes, on a machine that has other things to do. */
const PATIENT = { timeout: 30_000 };
const experiment = (id: string) => `/#v=1&page=experiments&id=${id}`;

/** Predicts, and waits for what happened. */
async function predict(page: Page, option: number, sure = 'I think so'): Promise<void> {
  await page.getByRole('group').getByRole('radio').nth(option).check();
  await page.getByRole('radio', { name: sure }).check();
  await page.getByRole('button', { name: 'Run it' }).click();
  await expect(page.getByRole('heading', { name: /^What happened/ })).toBeFocused(PATIENT);
}

/** One experiment as a learner walks through it. */
async function walk(page: Page, { id, acts }: ExperimentPlan): Promise<void> {
  const text = EXPERIMENT_TEXTS[id];
  await page.goto(experiment(id));
  await expect(page.getByRole('heading', { level: 2, name: text?.title ?? '', exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Why' })).toHaveCount(0);
  await predict(page, 0);
  const happened = page.getByRole('region', { name: /^What happened/ });
  await expect(happened.getByText(/^So it was(, your prediction)?:$/)).toHaveCount(1);
  await expect(happened.getByText(/your prediction:$/)).toHaveCount(1);
  const pair = page.getByRole('region', { name: /^Healthy, and/ });
  await expect(pair.getByRole('slider')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Why' }).getByText('To keep:')).toBeVisible();
  if (!acts.some(({ name }) => name === 'fixed')) return;
  await page.getByRole('button', { name: 'Try the fix' }).click();
  await expect(page.getByRole('heading', { name: 'Healthy, and with the fix' })).toBeFocused(PATIENT);
  await expect(pair.getByRole('slider')).toBeVisible();
}

const GROUPS = { gates: GATES_PLANS, bytes: BYTES_PLANS, time: TIME_PLANS, extra: EXTRA_PLANS };
for (const [group, plans] of Object.entries(GROUPS)) {
  test(`every experiment of the group ${group} can be walked through`, async ({ lab, page }) => {
    test.setTimeout(300_000);
    expect(lab).toBeTruthy();
    for (const plan of plans) await test.step(plan.id, () => walk(page, plan));
  });
}

test('a byte is chosen by keyboard, turned, and the address shows the same outcome again', async ({ page, lab }) => {
  expect(lab).toBeTruthy();
  await page.goto(experiment('flip-tag'));
  const bytes = page.getByRole('group', { name: 'Bytes' });
  await bytes.getByRole('button', { pressed: true }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(bytes.getByRole('button', { pressed: true })).toHaveAccessibleName(/^byte 1, [0-9a-f]{2}, tag$/);
  await predict(page, 1, 'I am sure');
  await expect(page).toHaveURL(/stage=outcome&byte=1$/);
  await page.reload();
  await expect(page.getByRole('heading', { name: /^What happened/ })).toBeVisible(PATIENT);
  await page.getByRole('button', { name: /All experiments/ }).click();
  await expect(page.getByText(/^You have played 1/)).toBeVisible();
});

test('a myth is judged, and the run that refutes it opens at its step', async ({ page, lab }) => {
  await page.goto('/#v=1&page=myths');
  const card = page.getByRole('article', { name: /every object gets a master key of its own/ });
  await expect(card.getByRole('button', { name: 'Watch it' })).toHaveCount(0);
  await card.getByRole('button', { name: 'No', exact: true }).click();
  await expect(card.getByText('As you said.')).toBeVisible();
  await card.getByRole('button', { name: 'Watch it' }).click();
  await lab.ready();
  await expect(lab.scrubBar).toHaveAttribute('aria-valuetext', /root key wraps the data key/);
  await page.goto('/#v=1&page=myths');
  const other = page.getByRole('article', { name: /you need kms:Encrypt/ });
  await other.getByRole('button', { name: 'Yes' }).click();
  await other.getByRole('link', { name: 'Try the experiment' }).click();
  await expect(page.getByRole('button', { name: 'Run it' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme });
    test('axe finds nothing on the list, a question, its outcome and the myths', async ({ page, lab }) => {
      expect(lab).toBeTruthy();
      const check = async (where: string) => {
        await page.evaluate(axe.source);
        const found = await page.evaluate(async () => {
          const { axe } = globalThis as typeof globalThis & { axe: typeof import('axe-core') };
          const { violations } = await axe.run({ resultTypes: ['violations'] });
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
        });
        expect(found, where).toEqual([]);
      };
      await page.goto('/#v=1&page=experiments');
      await expect(page.getByRole('heading', { level: 2, name: 'Experiments' })).toBeVisible();
      await check('the list');
      await page.goto(experiment('flip-ciphertext'));
      await expect(page.getByRole('group', { name: 'Bytes' })).toBeVisible();
      await check('the question');
      await predict(page, 0);
      await expect(page.getByRole('region', { name: /^Healthy, and/ }).getByRole('slider')).toBeVisible();
      await page.getByText('How it was set up').click();
      await check('the outcome');
      await page.goto('/#v=1&page=myths');
      await page.getByRole('button', { name: 'It was once' }).first().click();
      await expect(page.getByRole('button', { name: 'Watch it' })).toBeVisible();
      await check('the myths');
    });
  });
}
