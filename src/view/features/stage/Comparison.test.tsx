import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { ComparedEvent } from '../../../engine/index.ts';
import { Comparison } from './Comparison.tsx';
import { comparisonHeight } from './cardSize.ts';

afterEach(cleanup);

function compared(what: ComparedEvent['what'], isEqual: boolean): ComparedEvent {
  return {
    verb: 'compared',
    index: 0,
    step: 0,
    actor: 'client',
    place: 'client',
    inputs: [],
    outputs: [],
    at: 0,
    facts: [],
    what,
    left: { label: 'wanted', text: 'project=a' },
    right: { label: 'found', text: isEqual ? 'project=a' : 'project=b' },
    isEqual,
  };
}

function setup(event: ComparedEvent, width = 400) {
  const { container } = render(<Comparison event={event} width={width} delay={0} />);
  return container;
}

describe('a comparison', () => {
  it.each([
    ['material-description', 'Material description'],
    ['content-algorithm', 'Content algorithm'],
    ['commitment-policy', 'Commitment policy'],
  ] as const)('of %s says so', (what, words) => {
    setup(compared(what, true));
    expect(screen.getByText(words)).toBeTruthy();
  });

  it('of two texts marks what differs', () => {
    const container = setup(compared('material-description', false));
    expect(screen.getByText('1 differ')).toBeTruthy();
    expect([...container.querySelectorAll('mark')].map(mark => mark.textContent)).toEqual(['a', 'b']);
    expect(container.textContent).toContain('========≠');
  });

  it.each([
    [700, /stored.*of the key just unwrapped(?!.*just unwrapped)/],
    [300, /^commitment stored.*X=+.*of the key just unwrapped$/],
  ])('of long values puts its labels where the values stay in one piece, %d px wide', (width, order) => {
    const text = 'A'.repeat(38);
    const event = {
      ...compared('commitment', false),
      left: { label: 'commitment stored with the object', text: `${text}X` },
      right: { label: 'commitment of the key just unwrapped', text: `${text}Y` },
    };
    const values = setup(event, width).querySelector('[aria-hidden="true"][data-stacked]');
    expect(values?.getAttribute('data-stacked')).toBe(String(width < 400));
    expect(values?.textContent).toMatch(order);
    expect(comparisonHeight(event, width)).toBe(width < 400 ? 66 + 49 + 34 : 66 + 49);
  });

  it.each([
    [true, 'allowed'],
    [false, 'refused'],
  ])('of a policy and a format is a verdict, not letter by letter (equal: %s)', (isEqual, verdict) => {
    const container = setup({ ...compared('commitment-policy', isEqual), right: { label: 'format', text: 'V2' } });
    expect(screen.getByText(verdict)).toBeTruthy();
    expect(container.querySelectorAll('mark')).toHaveLength(0);
    expect(container.textContent).not.toMatch(/[=≠]{2}/);
    expect(container.textContent).toContain('project=a');
  });
});
