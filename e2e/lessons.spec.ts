import axe from 'axe-core';
import { expect, test } from './pages/lab.ts';

test.use({ reducedMotion: 'reduce' });

interface ActStory {
  /** Title of the step that decides. */
  readonly decisive: RegExp;
  /** What the page says there. */
  readonly says?: RegExp;
  /** Title of the last step. */
  readonly ends: RegExp;
  /** What is seen of the download; `false`: there is none. */
  readonly download?: RegExp | false;
}

interface Story {
  readonly title: string;
  readonly acts: readonly ActStory[];
}

const SAME = /byte for byte the same as what you uploaded[\s\S]*Lanternfish Bakery/;
const UPLOAD = { decisive: /You discard the data key/, ends: /upload is complete/, download: false } as const;

/** Each lesson as it is told: what decides each act, how it ends, and what the reader holds then. */
const STORIES: readonly Story[] = [
  {
    title: 'Three wrapping keys, one fits',
    acts: [
      { ...UPLOAD, decisive: /wrapping key wraps the data key/ },
      { decisive: /find the right wrapping key/, ends: /have the object back/, download: SAME },
    ],
  },
  {
    title: 'A new key, the same object',
    acts: [
      { ...UPLOAD, decisive: /write the instruction file/ },
      { decisive: /wrap the data key anew/, ends: /wrapping key is rotated/, download: false },
      { decisive: /private key opens the data key/, ends: /have the object back/, download: SAME },
      {
        decisive: /No wrapping key has this description/,
        ends: /data key does not open/,
        says: /DecryptionFailed/,
        download: false,
      },
    ],
  },
  {
    title: 'The swapped file (V2)',
    acts: [
      { decisive: /forge an object/, ends: /forged object is in place/, download: false },
      { decisive: /decrypt the object/, ends: /have the object back/, download: /Pay Bob 10 euros/ },
      { decisive: /S3 stores/, ends: /swap is done/, download: false },
      {
        decisive: /decrypt the object/,
        ends: /have the object back/,
        download: /In act 2[\s\S]*Pay Bob 10 euros[\s\S]*Now[\s\S]*Pay Eve 9999 eur/,
      },
    ],
  },
  {
    title: 'The swapped file (V3)',
    acts: [
      { decisive: /forge an object/, ends: /forged object is in place/, download: false },
      { decisive: /check the key commitment/, ends: /have the object back/, download: /Pay Bob 10 euros/ },
      { decisive: /S3 stores/, ends: /swap is done/, download: false },
      { decisive: /commitment differs/, ends: /commitment stops it/, says: /DecryptionFailed/, download: false },
    ],
  },
  {
    title: 'The lost wrapping key',
    acts: [
      UPLOAD,
      {
        decisive: /wrapping key is lost/,
        ends: /No key opens the object/,
        says: /neither you nor AWS/,
        download: false,
      },
    ],
  },
  {
    title: 'Two layers: yours and S3’s',
    acts: [
      { ...UPLOAD, decisive: /S3 asks KMS for a data key/ },
      { decisive: /takes off its own layer/, ends: /have the object back/, download: SAME },
      { decisive: /KMS gate stays shut/, ends: /download fails/, says: /AccessDenied/, download: false },
    ],
  },
  {
    title: 'A range without a seal',
    acts: [
      { ...UPLOAD, decisive: /encrypt the object/ },
      { decisive: /change the ciphertext/, ends: /change is in place/, download: false },
      { decisive: /decrypt a part, unchecked/, ends: /part of the object/, download: /amount: 0090010\.00 EUR/ },
      { decisive: /object was changed/, ends: /object was changed/, says: /DecryptionFailed/, download: false },
    ],
  },
  {
    title: 'What S3 can no longer do',
    acts: [
      UPLOAD,
      { decisive: /You have ciphertext/, ends: /You have ciphertext/, download: /not the bytes you uploaded/ },
      { decisive: /S3 stores the copy/, ends: /receive the answer|copy/, download: false },
      {
        decisive: /no envelope to open/,
        ends: /no envelope to open/,
        says: /NotEncryptedByClient/,
        download: false,
      },
    ],
  },
  {
    title: 'Two libraries, two formats',
    acts: [
      { decisive: /Another library seals the object/, ends: /upload is complete/, download: false },
      {
        decisive: /no envelope to open/,
        ends: /no envelope to open/,
        says: /NotEncryptedByClient/,
        download: false,
      },
      { ...UPLOAD, decisive: /wrapping key wraps the data key/ },
      {
        decisive: /Another library opens the object/,
        ends: /download fails/,
        says: /NotAnEncryptionSdkMessage/,
        download: false,
      },
    ],
  },
];

for (const { title, acts } of STORIES) {
  test(`the lesson “${title}” can be played to its end`, async ({ lab, page }) => {
    await lab.open({ mode: 'sse-s3' });
    await page.getByRole('switch', { name: /Ask me first/ }).click();
    await lab.openLesson(title);
    const tabs = lab.lesson.getByRole('list', { name: 'Acts' }).getByRole('button');
    await expect(tabs).toHaveCount(acts.length);
    for (const [index, { decisive, ends, says, download }] of acts.entries()) {
      if (index > 0) await lab.onAct(index + 1);
      await lab.goToTitled(decisive);
      await page.keyboard.press('End');
      await expect(lab.scrubBar).toHaveAttribute('aria-valuetext', ends);
      if (says) await expect(page.getByRole('region', { name: 'What happens' })).toContainText(says);
      if (download) await expect(lab.download).toContainText(download);
      else await expect(lab.download).toHaveCount(0);
      const next = lab.lesson.getByRole('button', { name: /^Next act/ });
      if (index + 1 < acts.length) await next.click();
      else {
        await expect(next).toHaveCount(0);
        await expect(lab.lesson).toContainText('To keep:');
      }
    }
  });
}

test('the acts of a lesson show one world: going back in the browser finds the same bytes', async ({ lab, page }) => {
  await lab.open({ mode: 'sse-s3' });
  await page.getByRole('switch', { name: /Ask me first/ }).click();
  await lab.openLesson('The lost wrapping key');
  await lab.goTo(4);
  const before = await lab.picture();
  await lab.lesson.getByRole('button', { name: /^Act 2:/ }).click();
  await lab.onAct(2);
  await page.goBack();
  await expect(page).toHaveURL(/act=1&step=4$/);
  await lab.ready();
  await expect.poll(() => lab.picture()).toBe(before);
});

test('a link opens the act of a lesson, and a broken one says what it could not read', async ({ lab, page }) => {
  await page.goto('/#v=1&lesson=range&act=3&step=2');
  await lab.ready();
  await expect(lab.lesson.getByRole('button', { name: /^Act 3:/ })).toHaveAttribute('aria-current', 'step');
  expect((await lab.position()).step).toBe(2);
  await page.goto('/#v=1&lesson=range&act=9');
  await lab.ready();
  await expect(page.getByRole('main')).toContainText('act "9", which this lesson does not have');
});

test('a link to the last act shows both texts, though the acts before were never seen', async ({ lab, page }) => {
  await page.goto('/#v=1&lesson=swap-v2&act=4&step=33');
  await lab.ready();
  await page.keyboard.press('End');
  await expect(lab.download).toContainText(/In act 2[\s\S]*Pay Bob 10 euros[\s\S]*Now[\s\S]*Pay Eve 9999 eur/);
});

test('by keyboard, the next act begins where the focus is: at what to look for', async ({ lab, page }) => {
  await lab.open({ mode: 'sse-s3' });
  await page.getByRole('switch', { name: /Ask me first/ }).click();
  await lab.openLesson('The lost wrapping key');
  await page.keyboard.press('End');
  await lab.lesson.getByRole('button', { name: /^Next act/ }).focus();
  await page.keyboard.press('Enter');
  await lab.onAct(2);
  await expect(lab.lesson.getByText('The wrapping key is overwritten.')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  expect((await lab.position()).step).toBe(2);
});

test('an act shows what it leaves alone: the object lies on the disks while its file is swapped', async ({
  lab,
  page,
}) => {
  await page.goto('/#v=1&lesson=swap-v2&act=3&step=1');
  await lab.ready();
  const object = page.getByRole('button', { name: /^payment\.txt, locked by .*, in S3 disks/ });
  await expect(object).toBeVisible();
  await page.keyboard.press('End');
  await expect(object).toHaveCount(1);
});

test('choosing a mode by hand leaves the lesson', async ({ lab, page }) => {
  await page.goto('/#v=1&lesson=lost-key&act=1&step=1');
  await lab.ready();
  await expect(lab.lesson).toBeVisible();
  await page.getByRole('button', { name: 'SSE-S3' }).click();
  await lab.ready();
  await expect(lab.lesson).toHaveCount(0);
  await expect(page).toHaveURL(/mode=sse-s3&op=upload&net=https&as=owner&step=1$/);
});

test('the client’s format and the place of its envelope can be chosen beside the mode', async ({ lab, page }) => {
  await lab.open({ mode: 'cse-aes' });
  await page.getByRole('switch', { name: /Ask me first/ }).click();
  await page.getByRole('button', { name: 'Format V3, envelope in the metadata. Change it' }).click();
  const panel = page.getByRole('region', { name: 'Format and envelope' });
  await panel.getByRole('button', { name: 'V2' }).click();
  await lab.ready();
  await panel.getByRole('button', { name: 'Instruction file' }).click();
  await lab.ready();
  await expect(page).toHaveURL(/mode=cse-aes.*&format=v2&envelope=instruction-file&step=1$/);
  await expect(lab.steps.filter({ hasText: /write the instruction file/ }).first()).toBeVisible();
  await expect(lab.steps.filter({ hasText: /commitment/ })).toHaveCount(0);
});

for (const width of [768, 390]) {
  test(`a lesson can be walked at ${width} pixels`, async ({ lab, page }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.goto('/#v=1&lesson=lost-key&act=1&step=1');
    await lab.ready();
    await page.keyboard.press('End');
    await page.getByRole('button', { name: /^Next act/ }).click();
    await lab.onAct(2);
    await page.keyboard.press('End');
    await expect(page.getByRole('button', { name: 'More lessons' })).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme });
    test('axe finds nothing on the list of lessons, on an act, at its end and at the end of all', async ({
      lab,
      page,
    }) => {
      const complaints = () =>
        page.evaluate(async () => {
          const { axe } = globalThis as typeof globalThis & {
            axe: {
              run: (options: object) => Promise<{ violations: readonly { id: string; nodes: readonly object[] }[] }>;
            };
          };
          const { violations } = await axe.run({ resultTypes: ['violations'] });
          return violations.map(({ id, nodes }) => `${id}: ${JSON.stringify(nodes[0])}`);
        });
      await page.goto('/#v=1&lesson=lost-key&act=1&step=1');
      await lab.ready();
      await page.waitForLoadState('networkidle');
      await page.evaluate(axe.source);
      expect(await complaints()).toEqual([]);
      await page.getByRole('button', { name: 'Explore', exact: true }).click();
      expect(await complaints()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('End');
      expect(await complaints()).toEqual([]);
      await lab.lesson.getByRole('button', { name: /^Next act/ }).click();
      await lab.onAct(2);
      await page.keyboard.press('End');
      await expect(lab.lesson).toContainText('To keep:');
      expect(await complaints()).toEqual([]);
    });
  });
}
