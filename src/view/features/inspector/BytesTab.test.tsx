import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Artifact } from '../../../engine/index.ts';
import { BytesTab } from './BytesTab.tsx';

afterEach(cleanup);

function anArtifact(id: string, more: Partial<Artifact>): Artifact {
  const blank = {
    byteLength: 1,
    isHandle: false,
    isSecret: false,
    fingerprint: 'ff',
    head: '00',
    tail: '',
    fields: [],
  };
  return { id, kind: 'ciphertext-object', name: id, ...blank, ...more };
}

const a = anArtifact('a', { kind: 'data-key', name: 'data key', letter: 'A' });
const b = anArtifact('b', { kind: 'data-key', name: 'data key', letter: 'B' });
const inner = anArtifact('inner', { lock: { keyId: 'a', contents: [], algorithm: 'AES-256-GCM' } });
const outer = anArtifact('outer', { lock: { keyId: 'b', contents: ['inner'], algorithm: 'AES-256-CTR' } });

function shown(artifact: Artifact): string {
  return render(<BytesTab artifact={artifact} artifacts={{ a, b, inner, outer }} />).container.textContent ?? '';
}

describe('BytesTab', () => {
  it('names every key that is needed, the outermost first', () => {
    expect(shown(outer)).toMatch(/Opened byfirst data key B \(AES-256-CTR\), then data key A/);
  });

  it('names the one key of a single lock, and none where nothing is locked', () => {
    expect(shown(inner)).toMatch(/Opened bydata key A \(AES-256-GCM\)/);
    expect(shown(a)).toContain('nothing: it is not locked');
  });

  it('says in words what the entries of an instruction file are', () => {
    const fields = [
      { label: 'x-amz-3', start: 1, end: 20, factId: 'F-FMT-031' },
      { label: 'key commitment', start: 20, end: 48 },
    ];
    const file = anArtifact('file', { kind: 'instruction-file', byteLength: 48, fields });
    expect(shown(file)).toContain('x-amz-3encrypted data key (F-FMT-031)');
    expect(shown(file)).toContain('key commitmentbytes 20 to 47');
  });

  it('says when the fingerprint is one of samples', () => {
    expect(shown(a)).not.toContain('of samples');
    expect(shown({ ...a, ...{ isSampled: true } })).toContain('Fingerprint (of samples)');
  });
});
