import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { ComparedEvent } from '../../../engine/index.ts';
import { Comparison } from './Comparison.tsx';

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

function setup(event: ComparedEvent) {
  const { container } = render(<Comparison event={event} width={400} delay={0} />);
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
