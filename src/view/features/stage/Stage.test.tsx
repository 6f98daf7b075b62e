import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { domAnimation, LazyMotion } from 'framer-motion';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Trace } from '../../../engine/index.ts';
import { eventsAtStep, sceneAt } from '../../../scene/fold.ts';
import { sseCOverHttp, sseKmsUpload } from '../../../testing/stageFixture.ts';
import { cardHeight, findCardEvent } from './cardSize.ts';
import { laterReady, Stage } from './Stage.tsx';
import '../../ui/tokens.css';

// In the page nobody waits for it; here every card is looked at as soon as it is due.
beforeAll(async () => {
  await laterReady;
});
afterEach(cleanup);

function setup(trace: Trace, width = 780) {
  const chosen: [string, string][] = [];
  const page = (events: number) => (
    <LazyMotion features={domAnimation} strict>
      <div style={{ width }}>
        <Stage trace={trace} scene={sceneAt(trace, events)} onSelect={(...it) => chosen.push(it)} isMotionOff />
      </div>
    </LazyMotion>
  );
  const { rerender, container } = render(page(0));
  return {
    chosen,
    container,
    goTo: (step: number) => rerender(page(eventsAtStep(trace, step))),
    goToEvent: (events: number) => rerender(page(events)),
    step: (name: string) => rerender(page(eventsAtStep(trace, trace.steps.findIndex(it => it.name === name) + 1))),
  };
}

/** What is seen, and where. */
function picture(container: HTMLElement): string[] {
  const stage = container.getBoundingClientRect();
  const parts = container.querySelectorAll<HTMLElement>(
    '[data-room],[data-token],[data-ghost],[data-card],[data-tap],path',
  );
  return [...parts].map(part => {
    const box = part.getBoundingClientRect();
    const words = part.getAttribute('aria-label') ?? part.getAttribute('d') ?? part.textContent;
    const { mark, active } = part.dataset;
    return [words, mark, active, box.left - stage.left, box.top - stage.top, box.width, box.height].join(' ');
  });
}

describe('the stage', () => {
  it('shows the same picture at a step however one got there', () => {
    const trace = sseKmsUpload();
    const { container, goTo } = setup(trace);
    const forward = trace.steps.map((_, step) => {
      goTo(step + 1);
      return picture(container);
    });
    const visits = [...trace.steps.keys()].reverse().concat([7, 2, 16, 0, 11, 9, 19, 3, 15]);
    for (const step of visits) {
      goTo(step + 1);
      expect(picture(container), `step ${step + 1}`).toEqual(forward[step]);
    }
  });

  it('also shows the same picture after each single event', () => {
    const trace = sseKmsUpload();
    const { container, goToEvent } = setup(trace);
    const forward = trace.events.map((_, index) => {
      goToEvent(index + 1);
      return picture(container);
    });
    for (const index of [20, 4, 13, 30, 12, 0]) {
      goToEvent(index + 1);
      expect(picture(container)).toEqual(forward[index]);
    }
  });

  it('names every token with its place', () => {
    const { step } = setup(sseKmsUpload());
    step('s3.encrypt');
    const tokens = screen.getAllByRole('button');
    expect(
      tokens.map(token => token.getAttribute('aria-label')).filter(name => !/, (in|on) /.test(name ?? '')),
    ).toEqual([]);
    expect(screen.getByRole('button', { name: 'data key A, plaintext, in S3 memory' })).toBeTruthy();
    expect(screen.getByRole('button', { name: /report\.txt, locked by data key A, in S3 memory, new/ })).toBeTruthy();
  });

  it('tells the inspector which artifact of which room was chosen', async () => {
    const { step, chosen } = setup(sseKmsUpload());
    step('kms.makeDataKey');
    await userEvent.click(screen.getByRole('button', { name: /^data key A/ }));
    expect(chosen).toEqual([[expect.any(String), 'kms.hsm']]);
  });

  it('shows a discarded key in pieces, with zeros, and clears them away with the next step', () => {
    const { step } = setup(sseKmsUpload());
    step('s3.discardKey');
    expect(screen.getByRole('img', { name: 'data key A, discarded: overwritten with zeros' }).textContent).toContain(
      'zeros',
    );
    step('s3.store');
    expect(screen.queryByRole('img', { name: /^data key A/ })).toBeNull();
  });

  it('shows user text as text, cut short, with the whole name at hand', () => {
    const name = '<script>alert(1)</script> 🔑🔑🔑 a name that is a good deal longer than a token.txt';
    const { container } = setup(sseKmsUpload(name));
    const token = screen.getByRole('button', { name: /alert\(1\)/ });
    expect(token.title).toBe(name);
    expect(container.querySelector('script')).toBeNull();
    const label = token.querySelector('bdi');
    expect(label?.textContent).toBe(name);
    expect(label && label.scrollWidth > label.clientWidth).toBe(true);
  });

  it('is one tab stop; arrow keys go from token to token and do not reach the page', async () => {
    const { step } = setup(sseKmsUpload());
    step('s3.encrypt');
    const heard: string[] = [];
    const listen = (event: KeyboardEvent) => heard.push(event.key);
    window.addEventListener('keydown', listen);
    await userEvent.tab();
    const first = document.activeElement;
    expect(first?.getAttribute('aria-label')).toContain('new in this step');
    await userEvent.keyboard('{ArrowLeft}');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('data key A, plaintext, in S3 memory');
    await userEvent.keyboard('{Home}');
    expect(document.activeElement?.getAttribute('aria-label')).toContain('on your side');
    await userEvent.keyboard('j');
    window.removeEventListener('keydown', listen);
    expect(heard).toEqual(['Tab', 'j']);
    expect(screen.getAllByRole('button').filter(token => token.tabIndex === 0)).toHaveLength(1);
  });

  it('marks the characters in which two checksums differ', () => {
    const { step, container } = setup(sseCOverHttp());
    step('s3.checkHash');
    expect(container.querySelectorAll('[data-card] mark')).toHaveLength(6);
    expect(container.querySelector('[data-card]')?.textContent).toContain('3 differ');
  });

  it('says at the gate what was asked and why the answer is no', () => {
    const { step, container } = setup(sseCOverHttp());
    step('s3.authorize');
    const card = container.querySelector<HTMLElement>('[data-card=denied]');
    expect(card && within(card).getByText('s3:PutObject')).toBeTruthy();
    expect(card?.textContent).toContain('S3 refuses');
    expect(card?.textContent).toContain('The bucket blocks SSE-C');
  });

  it('lets everybody read what went over plain HTTP', () => {
    const { step, container } = setup(sseCOverHttp());
    step('client.send');
    expect(container.querySelector('[data-tap=open]')?.textContent).toContain('PUT /ledger-room/report.txt');
    const network = screen.getByRole('group', { name: 'the network' });
    expect(within(network).getAllByRole('button')).toHaveLength(3);
  });

  it('holds a verdict back until both values were read, and nothing where motion is off', () => {
    const trace = sseCOverHttp();
    const step = trace.steps.findIndex(it => it.name === 's3.checkHash') + 1;
    const verdictOf = (isMotionOff: boolean) => {
      const { container } = render(
        <LazyMotion features={domAnimation} strict>
          <div style={{ width: 780 }}>
            <Stage
              trace={trace}
              scene={sceneAt(trace, eventsAtStep(trace, step))}
              onSelect={() => {}}
              isMotionOff={isMotionOff}
            />
          </div>
        </LazyMotion>,
      );
      const parts = container.querySelectorAll('[data-card] *');
      const ends = (part: Element) => part.getAnimations().map(it => Number(it.effect?.getComputedTiming().endTime));
      const starts = (part: Element) => part.getAnimations().map(it => Number(it.effect?.getTiming().delay));
      const all = [...parts];
      const verdict = all.filter(part => part.matches('[data-good]')).flatMap(starts);
      const values = all.filter(part => part.matches('[data-second]')).flatMap(ends);
      return { verdict, values, count: all.flatMap(part => part.getAnimations()).length };
    };
    const moving = verdictOf(false);
    expect(moving.values.length).toBeGreaterThan(0);
    expect(moving.verdict[0]).toBeGreaterThanOrEqual(Math.max(...moving.values) - 1);
    expect(verdictOf(true).count).toBe(0);
  });

  it('sends a data key from KMS to S3 as a small key, and its token only after that', async () => {
    const trace = sseKmsUpload();
    const step = trace.steps.findIndex(it => it.name === 'kms.answer') + 1;
    const { container } = render(
      <LazyMotion features={domAnimation} strict>
        <div style={{ width: 780 }}>
          <Stage trace={trace} scene={sceneAt(trace, eventsAtStep(trace, step))} onSelect={() => {}} />
        </div>
      </LazyMotion>,
    );
    expect(container.querySelectorAll('[data-courier]')).toHaveLength(1);
    const token = screen.getByRole('button', { name: /^data key A, plaintext, in S3 memory/ });
    expect(getComputedStyle(token).opacity).toBe('0');
    await expect.poll(() => getComputedStyle(token).opacity, { timeout: 3000 }).toBe('1');
  });

  it('is in sight with what happens when a link leads into the middle of a run', async () => {
    const trace = sseKmsUpload();
    const step = trace.steps.findIndex(it => it.name === 'kms.makeDataKey') + 1;
    const { container } = render(
      <LazyMotion features={domAnimation} strict>
        <div data-testid="view" style={{ width: 358, height: 300, overflow: 'auto' }}>
          <Stage trace={trace} scene={sceneAt(trace, eventsAtStep(trace, step))} onSelect={() => {}} isMotionOff />
        </div>
      </LazyMotion>,
    );
    const view = screen.getByTestId('view');
    const isSeen = () => {
      const box = container.querySelector('[data-mark=main]')?.getBoundingClientRect();
      const frame = view.getBoundingClientRect();
      return box !== undefined && box.top >= frame.top && box.bottom <= frame.bottom;
    };
    await expect.poll(isSeen, { timeout: 2000 }).toBe(true);
    expect(view.scrollTop).toBeGreaterThan(0);
  });

  it('gives every card at least the height it takes', () => {
    for (const trace of [sseKmsUpload(), sseCOverHttp()]) {
      for (const width of [358, 780]) {
        const { container, goTo } = setup(trace, width);
        for (const step of trace.steps) {
          goTo(step.index + 1);
          const card = container.querySelector('[data-card]');
          const event = findCardEvent(trace.events.slice(step.first, step.end));
          if (!card || !event) continue;
          const { width: w, height } = card.getBoundingClientRect();
          expect(height, step.name).toBeLessThanOrEqual((cardHeight(event, w) ?? 0) + 1);
        }
        cleanup();
      }
    }
  });

  it.each([358, 560, 780])('needs no sideways scrolling at %i px, at any step', width => {
    const trace = sseKmsUpload();
    const { container, goTo } = setup(trace, width);
    const left = container.getBoundingClientRect().left;
    for (const step of trace.steps.keys()) {
      goTo(step + 1);
      const ends = [...container.querySelectorAll('[data-room],[data-token],[data-card]')].map(
        part => part.getBoundingClientRect().right - left,
      );
      expect(Math.max(...ends)).toBeLessThanOrEqual(width);
    }
  });
});
