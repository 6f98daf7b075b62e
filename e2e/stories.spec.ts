import { expect, test } from './pages/lab.ts';

test('a newcomer is inside a running SSE-KMS upload after one click', async ({ lab, page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /Start: step through an SSE-KMS upload/ }).click();
  await lab.ready();
  expect((await lab.position()).step).toBe(1);
  await expect(page).toHaveURL(/mode=sse-kms-cmk&op=upload&net=https&as=owner&step=1/);
  await page.reload();
  await lab.ready();
});

test('the introduction can be read, skipped, and does not come back', async ({ lab, page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /Two-minute introduction/ }).click();
  const cards = page.getByRole('dialog');
  await expect(cards).toBeVisible();
  await cards.getByRole('button', { name: /skip/i }).click();
  await lab.ready();
  await page.goto('/');
  await lab.ready();
  await expect(page.getByRole('button', { name: /Start: step through/ })).toHaveCount(0);
});

test('the keyboard alone suffices: step, predict, jump, list the keys, read as text', async ({ lab, page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  for (let i = 0; i < 40; i++) {
    const name = await page.evaluate(() => document.activeElement?.textContent ?? '');
    if (name.startsWith('Start')) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await lab.ready();
  const { of } = await lab.position();
  const question = page.getByRole('region').filter({ hasText: 'What do you think?' });
  let answered = 0;
  for (let i = 0; i < of + 8; i++) {
    const { step } = await lab.position();
    if (step === of) break;
    await page.keyboard.press('ArrowRight');
    const now = await lab.position();
    if (now.step === step) {
      await expect(question).toBeVisible();
      await page.keyboard.press('1');
      answered += 1;
    }
  }
  expect((await lab.position()).step).toBe(of);
  expect(answered).toBeGreaterThanOrEqual(2);
  await page.keyboard.press('Home');
  expect((await lab.position()).step).toBe(1);
  await page.keyboard.press('Shift+Slash');
  const help = page.getByRole('dialog');
  await expect(help).toContainText('Space');
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
});

test('the S3 administrator is stopped at the KMS gate, and reads the same object under SSE-S3', async ({
  lab,
  page,
}) => {
  await lab.open({ mode: 'sse-kms-cmk', operation: 'download', principal: 's3-admin' });
  await page.keyboard.press('End');
  await expect(page.getByRole('main')).toContainText(/403|AccessDenied/);
  await lab.open({ mode: 'sse-s3', operation: 'download', principal: 's3-admin' });
  await page.keyboard.press('End');
  await expect(page.getByRole('region', { name: 'What you downloaded' })).toContainText('byte for byte the same');
});

for (const mode of ['sse-c', 'sse-kms-cmk', 'sse-kms-aws', 'dsse-kms'] as const) {
  test(`${mode} over plain HTTP is refused as AWS refuses it`, async ({ lab, page }) => {
    await lab.open({ mode, transport: 'http' });
    await page.keyboard.press('End');
    await expect(page.getByRole('main')).toContainText('must be made over a secure connection');
  });
}

test('an eavesdropper on plain HTTP reads the object, and on HTTPS only noise', async ({ lab, page }) => {
  await lab.open({ mode: 'sse-s3', transport: 'http' });
  await page.keyboard.press('End');
  const row = page.getByRole('row', { name: /network/i });
  await expect(row).toContainText('yes');
  await lab.open({ mode: 'sse-s3', transport: 'https' });
  await page.keyboard.press('End');
  await expect(row).not.toContainText('yes');
});

test('a file that is too large is refused in words, and nothing is lost', async ({ lab, page }) => {
  await lab.open({ mode: 'sse-s3' });
  await page.getByRole('button', { name: /^Object: / }).click();
  const big = { name: 'big.bin', mimeType: '', buffer: Buffer.alloc(0) };
  await page.getByLabel('File', { exact: true }).evaluate((input: HTMLInputElement) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(64 * 1024 * 1024 + 1)], 'big.bin'));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await expect(page.getByRole('alert')).toContainText('64');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Object: report.txt/ })).toBeVisible();
  expect(big.buffer.length).toBe(0);
});

test('a broken link falls back, and says what it could not read', async ({ lab, page }) => {
  await page.goto('/#v=1&mode=sse-magic&op=upload&net=https&as=owner&step=banana');
  await lab.ready();
  await expect(page.getByRole('main')).toContainText(/sse-magic|mode/);
});

test('nothing on the page gives away what the player is about to ask', async ({ lab, page }) => {
  await lab.open({ mode: 'sse-kms-cmk', operation: 'download', principal: 's3-admin', step: 8 });
  await page.keyboard.press('ArrowRight');
  const question = page.getByRole('region').filter({ hasText: 'What do you think?' });
  await expect(question).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Steps' })).not.toContainText(/shut|refuses|fails/);
  await page.keyboard.press('1');
  await expect(page.getByRole('navigation', { name: 'Steps' })).toContainText('The KMS gate stays shut');
});

test('autoplay pauses at its stop when told to run until the data key is discarded', async ({ lab, page }) => {
  await lab.open({ mode: 'sse-kms-cmk' });
  await page.getByRole('switch', { name: /Ask me first/ }).click();
  await page.getByLabel('Speed').selectOption('4');
  await page.getByRole('button', { name: /Run until/ }).click();
  await page.getByRole('button', { name: /the data key is discarded/ }).click();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(lab.scrubBar).toHaveAttribute('aria-valuetext', /discard/i);
});

test('the whole run can be read as text, and searched', async ({ lab, page }) => {
  await lab.open({ mode: 'sse-kms-cmk', step: 4 });
  await page.getByRole('switch', { name: /Ask me first/ }).click();
  await page.getByRole('button', { name: 'As text' }).click();
  const twin = page.getByRole('main');
  await expect(twin.locator('[aria-current="step"]').first()).toBeVisible();
  await twin.getByRole('searchbox').fill('discard');
  await expect(twin).toContainText(/data key A/);
});

test('the inspector shows bytes, request, KMS call, record and decision of the run', async ({ lab, page }) => {
  await lab.open({ mode: 'sse-kms-cmk', step: 1 });
  await page.getByRole('switch', { name: /Ask me first/ }).click();
  await expect(lab.steps.last()).not.toContainText('…');
  const titles = await lab.steps.allTextContents();
  const stepOf = (words: RegExp) => titles.findIndex(title => words.test(title)) + 1;
  await lab.goTo(stepOf(/KMS wraps the data key/));
  const inspector = page.getByRole('complementary', { name: 'Evidence' });
  await expect(inspector).toContainText('key material id');
  await inspector.getByRole('tab', { name: 'KMS' }).click();
  await expect(inspector).toContainText('aws:s3:arn');
  await lab.goTo(stepOf(/KMS gate/));
  await inspector.getByRole('tab', { name: 'Decision' }).click();
  await expect(inspector).toContainText('kms:GenerateDataKey');
  await lab.goTo(stepOf(/CloudTrail logs the KMS/));
  await inspector.getByRole('tab', { name: 'CloudTrail' }).click();
  await expect(inspector).toContainText('kms.amazonaws.com');
  await lab.goTo(stepOf(/You send the request/));
  await inspector.getByRole('tab', { name: 'HTTP' }).click();
  await expect(inspector).toContainText('x-amz-server-side-encryption-aws-kms-key-id');
});

test('the inspector gives the command that sends the request of a step, for AWS and for an endpoint of one’s own', async ({
  lab,
  page,
}) => {
  await lab.open({ mode: 'sse-kms-cmk', step: 4, seed: 'class 7' });
  const inspector = page.getByRole('complementary', { name: 'Evidence' });
  await inspector.getByRole('tab', { name: 'Command' }).click();
  await expect(inspector).toContainText('aws s3api put-object');
  await expect(inspector).toContainText('--server-side-encryption aws:kms');
  await expect(inspector).not.toContainText('--endpoint-url');
  await inspector.getByText('SDK', { exact: true }).click();
  await expect(inspector).toContainText('PutObjectCommand');
  await inspector.getByText('My endpoint').click();
  await expect(inspector).toContainText("npm run endpoint -- --lab sse-kms-cmk --seed 'class 7'");
  await expect(inspector).toContainText('http://localhost:4571');
});

test('a large file shows progress and can be cancelled; the former run stays', async ({ lab, page }) => {
  await lab.open({ mode: 'dsse-kms' });
  await page.getByRole('button', { name: /^Object: / }).click();
  await page.getByLabel('File', { exact: true }).evaluate((input: HTMLInputElement) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(64 * 1024 * 1024)], 'large.bin'));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await page.getByRole('button', { name: 'Cancel' }).click({ timeout: 20_000 });
  await expect(page.getByRole('main')).toContainText('The run was stopped');
  await lab.ready();
});
