import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { Artifact } from '../../engine/index.ts';
import { ArtifactIcon } from './ArtifactIcon.tsx';
import { Dialog } from './Dialog.tsx';
import { KeyGlyph } from './KeyGlyph.tsx';
import { KEY_LOOKS, type KeyLook } from './keyStyle.ts';
import { LockBadge } from './LockBadge.tsx';
import { lockChain } from './lockChain.ts';
import { SegmentText } from './SegmentText.tsx';

afterEach(cleanup);

function artifact(id: string, kind: Artifact['kind'], more: Partial<Artifact> = {}): Artifact {
  return {
    id,
    kind,
    name: kind,
    isHandle: false,
    isSecret: true,
    fingerprint: '',
    head: '',
    tail: '',
    fields: [],
    ...more,
  };
}
const keyA = artifact('a', 'data-key', { name: 'data key', letter: 'A' });
const keyB = artifact('b', 'data-key', { name: 'data key', letter: 'B' });
const inner = artifact('i', 'ciphertext-object', { lock: { keyId: 'a', contents: [], algorithm: 'AES-256-GCM' } });
const outer = artifact('o', 'ciphertext-object', { lock: { keyId: 'b', contents: ['i'], algorithm: 'AES-256-GCM' } });
const artifacts = { a: keyA, b: keyB, i: inner, o: outer };

describe('the parts', () => {
  it('draw every kind of key with a pattern of its own', () => {
    const looks = Object.keys(KEY_LOOKS) as KeyLook[];
    const drawings = looks.map(look => render(<KeyGlyph look={look} />).container.querySelector('g g')?.innerHTML);
    expect(new Set(drawings).size).toBe(looks.length);
  });

  it('read nested locks from the outside in', () => {
    const { container } = render(<LockBadge openers={lockChain(outer, artifacts)} />);
    expect(container.textContent).toBe('BA');
  });

  it('draw a plain key as a key and a locked page in the colour of what opens it', () => {
    const { container } = render(<ArtifactIcon artifact={inner} artifacts={artifacts} />);
    expect(container.querySelector('svg')?.style.color).toBe('var(--key-data)');
  });

  it('show user text in a sentence as text, never as markup', () => {
    const evil = artifact('e', 'plaintext-object', { name: '<img src=x onerror=alert(1)>' });
    const { container } = render(
      <p>
        <SegmentText segments={[{ text: '<b>' }, { term: 'data key' }, { artifact: 'e' }]} artifacts={{ e: evil }} />
      </p>,
    );
    expect(container.textContent).toBe('<b>data key<img src=x onerror=alert(1)>');
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getByText('data key').tagName).toBe('STRONG');
  });

  it('ask to close a dialog on Escape and on its button', async () => {
    let closed = 0;
    render(
      <Dialog isOpen title="Keys" onClose={() => closed++}>
        <p>inside</p>
      </Dialog>,
    );
    expect(screen.getByRole('dialog', { name: 'Keys' })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    // What a browser sends on Escape; a key that is only simulated does not bring it about.
    fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }));
    expect(closed).toBe(2);
  });
});
