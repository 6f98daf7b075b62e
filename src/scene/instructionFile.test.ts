import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aTrace, type ToldEvent } from '../testing/traceBuilder.ts';
import { custodyAt } from './custody.ts';
import { sceneAt } from './fold.ts';
import { writtenIn } from './instructionFile.ts';
import { checkConserved, checkSecret } from './laws.ts';
import { textTwin } from './textTwin.ts';
import { readableIn } from './visibility.ts';

const EDK = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const hexOf = (text: string) => Buffer.from(text, 'utf8').toString('hex');
const fileOf = (hex: string) => hexOf(JSON.stringify({ 'x-amz-3': Buffer.from(hex, 'hex').toString('base64') }));

/** A download whose envelope lies in an instruction file; `read` is how the client takes it out. */
function aDownload(head: string, read: ToldEvent) {
  return aTrace({ mode: 'cse-aes', operation: 'download', envelope: 'instruction-file' })
    .artifact('obj', 'plaintext-object', { name: 'report.txt' })
    .artifact('wrap', 'wrapping-key', { letter: 'W' })
    .artifact('dk', 'data-key', { letter: 'A' })
    .artifact('s3dk', 'data-key', { letter: 'B' })
    .artifact('edk', 'encrypted-data-key', {
      head: EDK,
      byteLength: 16,
      lock: { keyId: 'wrap', contents: ['dk'], algorithm: 'AES-256-GCM' },
    })
    .artifact('file', 'instruction-file', { name: 'instruction file', head, byteLength: head.length / 2 })
    .artifact('ct', 'ciphertext-object', { lock: { keyId: 'dk', contents: ['obj'], algorithm: 'AES-256-GCM' } })
    .artifact('rest', 'ciphertext-object', { lock: { keyId: 's3dk', contents: ['file'], algorithm: 'AES-256-GCM' } })
    .opening('client', 'wrap', 'ct', 'file')
    .opening('s3.disk', 'rest')
    .step('client.readInstructions', [read])
    .step('client.unwrapDataKey', [
      { verb: 'unwrapped', place: 'client', inputs: ['edk', 'wrap'], outputs: ['dk'], key: 'wrap' },
    ])
    .build();
}

const LOADED: ToldEvent = { verb: 'loaded', place: 'client', from: 'client', inputs: ['file'], outputs: ['edk'] };
const DERIVED: ToldEvent = { verb: 'derived', place: 'client', inputs: ['file'], outputs: ['edk'] };

describe('an instruction file', () => {
  it('holds the encrypted data keys whose bytes stand in it, whatever their length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 300 }), bytes => {
        const head = Buffer.from(bytes).toString('hex');
        const trace = aTrace()
          .artifact('edk', 'encrypted-data-key', { head, byteLength: bytes.length })
          .artifact('whole', 'instruction-file', { head: fileOf(head) })
          .artifact('other', 'instruction-file', { head: fileOf(`${head.slice(2)}aa`) })
          .build();
        expect(writtenIn(trace, 'whole')).toEqual(['edk']);
        if (!head.includes('aa')) expect(writtenIn(trace, 'other')).toEqual([]);
      }),
    );
  });

  it('holds a long one by as much of it as the trace keeps', () => {
    const kept = 'c7'.repeat(1024);
    const trace = aTrace()
      .artifact('edk', 'encrypted-data-key', { head: kept, byteLength: 2048 })
      .artifact('file', 'instruction-file', { head: fileOf(`${kept}0102`) })
      .build();
    expect(writtenIn(trace, 'file')).toEqual(['edk']);
  });

  it('is the only kind of artifact that holds something without a lock', () => {
    const trace = aTrace()
      .artifact('edk', 'encrypted-data-key', { head: EDK, byteLength: 16 })
      .artifact('note', 'configuration', { head: fileOf(EDK) })
      .build();
    expect(writtenIn(trace, 'note')).toEqual([]);
    expect(writtenIn(trace, 'nobody')).toEqual([]);
  });

  it.each([
    ['loaded', LOADED],
    ['derived', DERIVED],
  ])('gives out what stands in it, as an event %s', (_, read) => {
    expect(checkConserved(aDownload(fileOf(EDK), read))).toEqual([]);
  });

  it.each([
    ['loaded', LOADED],
    ['derived', DERIVED],
  ])('gives out nothing else, as an event %s', (_, read) => {
    expect(checkConserved(aDownload(fileOf('00'.repeat(16)), read))).not.toEqual([]);
  });

  it('lets whoever has it and the wrapping key read the object, and nobody else', () => {
    const trace = aDownload(fileOf(EDK), LOADED);
    expect(readableIn(trace, ['wrap', 'ct', 'file']).has('obj')).toBe(true);
    expect(readableIn(trace, ['ct', 'file']).has('obj')).toBe(false);
    expect(readableIn(trace, ['wrap', 'ct']).has('obj')).toBe(false);
    const { subjects, rows } = custodyAt(trace, sceneAt(trace, 0));
    const you = rows.find(row => row.holder === 'you');
    const disk = rows.find(row => row.holder === 's3-disk');
    expect(subjects.map(subject => subject.label)).toContain('data key A');
    expect(you?.cells[subjects.findIndex(subject => subject.artifact === 'dk')]).toBe(true);
    expect(disk?.cells.some(Boolean)).toBe(false);
    expect(checkSecret(trace)).toEqual([]);
  });

  it('is named in the text twin', () => {
    const [row] = textTwin(aDownload(fileOf(EDK), DERIVED));
    expect(row).toMatchObject({ actor: 'You', verb: 'derive', reason: 'from instruction file', artifacts: ['edk'] });
  });
});
