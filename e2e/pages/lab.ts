import { type Browser, test as base, expect, type Page } from '@playwright/test';
import { MODES, type Mode, type Operation, type PrincipalName, type Transport } from '../../src/engine/trace/trace.ts';

export { expect, MODES };

export interface Moment {
  readonly mode: Mode;
  readonly operation?: Operation;
  readonly transport?: Transport;
  readonly principal?: PrincipalName;
  readonly step?: number;
  readonly seed?: string;
}

/** The address of a moment, as the page itself writes it. */
export function addressOf({ mode, operation, transport, principal, step, seed }: Moment): string {
  const seeded = seed === undefined ? '' : `&seed=${seed}`;
  return `/#v=1&mode=${mode}&op=${operation ?? 'upload'}&net=${transport ?? 'https'}&as=${principal ?? 'owner'}&step=${step ?? 1}${seeded}`;
}

/** The page in a user's hands. */
export class Lab {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(moment: Moment): Promise<void> {
    await this.page.goto(addressOf(moment));
    await this.ready();
  }

  /** The run is there and can be stepped. */
  async ready(): Promise<void> {
    await expect(this.scrubBar).toHaveAttribute('aria-valuetext', /^Step \d+ of \d+/);
    await expect(this.page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
  }

  get scrubBar() {
    return this.page.getByRole('slider', { name: /step|position/i }).first();
  }

  get steps() {
    return this.page.getByRole('navigation', { name: 'Steps' }).getByRole('listitem').getByRole('button');
  }

  get stage() {
    return this.page.getByRole('region', { name: /stage/i }).first();
  }

  /** Current step and number of steps. */
  async position(): Promise<{ step: number; of: number }> {
    const text = (await this.scrubBar.getAttribute('aria-valuetext')) ?? '';
    const [, step, of] = /^Step (\d+) of (\d+)/.exec(text) ?? [];
    return { step: Number(step), of: Number(of) };
  }

  async goTo(step: number): Promise<void> {
    await this.steps.nth(step - 1).click();
    await expect(this.scrubBar).toHaveAttribute('aria-valuetext', new RegExp(`^Step ${step} of`));
  }

  /** Brings a file by the object dialog. */
  async bring(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.page.getByRole('button', { name: /^Object: / }).click();
    await this.page.getByLabel('File', { exact: true }).setInputFiles(file);
    await expect(this.page.getByRole('dialog')).toHaveCount(0);
    await this.ready();
  }

  /** Chooses a lesson by its title from the list, and waits for its first act. */
  async openLesson(title: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Explore', exact: true }).click();
    await this.page
      .getByRole('dialog', { name: 'Explore' })
      .getByRole('button', { name: /^Lessons/ })
      .click();
    const list = this.page.getByRole('dialog', { name: 'Lessons' });
    await list.getByRole('button', { name: title }).click();
    await expect(list).toHaveCount(0);
    await this.onAct(1);
  }

  get lesson() {
    return this.page.getByRole('region', { name: /^Lesson: / });
  }

  /** What the last step of a download brings, when it brings anything. */
  get download() {
    return this.page.getByRole('region', { name: 'What you downloaded' });
  }

  /** An act has been played and can be stepped. A lesson may make RSA keys, which takes its time. */
  async onAct(act: number): Promise<void> {
    const patient = { timeout: 30_000 };
    await expect(this.lesson.getByRole('button', { name: new RegExp(`^Act ${act}:`) })).toHaveAttribute(
      'aria-current',
      'step',
      patient,
    );
    await expect(this.page.getByRole('main')).toHaveAttribute('aria-busy', 'false', patient);
    await expect(this.page).toHaveURL(new RegExp(`&act=${act}&step=1$`));
    await this.ready();
  }

  /** Goes to the step whose title says this. */
  async goToTitled(title: RegExp): Promise<void> {
    await this.steps.filter({ hasText: title }).first().click();
    await expect(this.scrubBar).toHaveAttribute('aria-valuetext', title);
  }

  /** Everything the stage shows, in words and places: to compare two visits of a step. */
  async picture(): Promise<string> {
    return this.stage.evaluate(stage => {
      const frame = stage.getBoundingClientRect();
      const seen = [...stage.querySelectorAll<HTMLElement>('button, [data-room], [role="group"], [role="img"]')];
      return seen
        .map(element => {
          const box = element.getBoundingClientRect();
          const at = [box.left - frame.left, box.top - frame.top].map(Math.round).join(',');
          return `${at} ${element.getAttribute('aria-label') ?? element.textContent ?? ''}`;
        })
        .sort()
        .join('\n');
    });
  }
}

/** Every test watches the console and the network: no error, no request to anybody else. */
export const test = base.extend<{ lab: Lab }>({
  lab: async ({ page, baseURL }, use) => {
    const complaints: string[] = [];
    page.on('console', message => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', error => complaints.push(error.message));
    page.on('request', request => {
      const url = request.url();
      if (!url.startsWith(`${baseURL}/`) && !/^(blob|data):/.test(url)) complaints.push(`asked ${url}`);
    });
    await use(new Lab(page));
    expect(complaints).toEqual([]);
  },
});

/** A page of its own, for comparing what a link shows elsewhere. */
export async function elsewhere(browser: Browser): Promise<Lab> {
  const context = await browser.newContext();
  return new Lab(await context.newPage());
}
