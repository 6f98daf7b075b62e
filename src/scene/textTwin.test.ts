import { describe, expect, it } from 'vitest';
import type { Place } from '../engine/index.ts';
import { deniedUpload, sseKmsUpload } from '../testing/sampleTraces.ts';
import { sceneAt } from './fold.ts';
import { actorLabel, placeLabel, textTwin } from './textTwin.ts';

describe('the text twin', () => {
  it('has one row an event, in order, with the number of its step', () => {
    const trace = sseKmsUpload();
    const rows = textTwin(trace);
    expect(rows.map(row => row.event)).toEqual(trace.events.map(event => event.index));
    expect(rows.at(-1)?.step).toBe(trace.steps.length);
    expect(rows[0]?.step).toBe(1);
  });

  it('says who wraps what with which key', () => {
    const row = textTwin(sseKmsUpload()).find(({ verb }) => verb === 'wraps');
    expect(row).toMatchObject({ actor: 'AWS KMS', artifacts: ['edk'], to: 'HSM of AWS KMS' });
    expect(row?.reason).toBe('from data key A, with one-time key K′, AES-256-GCM');
  });

  it('addresses the learner as you', () => {
    expect(textTwin(sseKmsUpload()).find(({ from }) => from === 'your side')).toMatchObject({
      actor: 'You',
      verb: 'send',
    });
  });

  it('tells why a gate stays shut and how the run fails', () => {
    const reasons = textTwin(deniedUpload()).map(row => row.reason);
    expect(reasons).toContain('kms:GenerateDataKey: No policy allows it.');
    expect(reasons).toContain('AccessDenied: Access Denied');
    expect(reasons).toContain('status 403');
  });

  it('tells overwriting from dropping a reference', () => {
    const discards = textTwin(sseKmsUpload()).filter(({ verb }) => verb === 'discards');
    expect(discards[0]).toMatchObject({ artifacts: ['one'], reason: 'overwritten with zeros' });
    expect(discards[1]).toMatchObject({ artifacts: ['kek'], reason: 'reference dropped' });
  });

  it('has different words for every place and every actor', () => {
    const places = Object.keys(sceneAt(sseKmsUpload(), 0).holdings) as Place[];
    expect(new Set(places.map(placeLabel)).size).toBe(8);
    expect(new Set((['client', 's3', 'kms', 'tap', 'trail'] as const).map(actorLabel)).size).toBe(5);
  });
});
