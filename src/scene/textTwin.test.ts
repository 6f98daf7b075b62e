import { describe, expect, it } from 'vitest';
import type { Place } from '../engine/index.ts';
import { deniedUpload, sseKmsUpload } from '../testing/sampleTraces.ts';
import { aTrace } from '../testing/traceBuilder.ts';
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

  it('names whose room a thing happens in, also in steps in which both ends work', () => {
    const trace = aTrace({ mode: 'sse-s3', operation: 'upload' })
      .artifact('share', 'key-share')
      .step('wire.handshake', [
        { verb: 'generated', place: 'client', outputs: ['share'] },
        { verb: 'sent', place: 'network', from: 'client', outputs: ['share'] },
        { verb: 'received', place: 's3.memory', from: 'network', outputs: ['share'] },
        { verb: 'sent', place: 'network', from: 's3.memory', outputs: ['share'] },
        { verb: 'discarded', place: 's3.memory', inputs: ['share'], isZeroized: true },
      ])
      .build();
    expect(textTwin(trace).map(({ actor, verb }) => `${actor} ${verb}`)).toEqual([
      'You generate',
      'You send',
      'Amazon S3 receives',
      'Amazon S3 sends',
      'Amazon S3 discards',
    ]);
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

  it('tells what a commitment policy allows, and why a client fails that says less', () => {
    const policy = (isEqual: boolean) => ({
      verb: 'compared' as const,
      place: 'client' as const,
      what: 'commitment-policy' as const,
      left: { label: 'policy', text: 'REQUIRE_ENCRYPT_ALLOW_DECRYPT' },
      right: { label: 'format', text: 'V2, without commitment' },
      isEqual,
    });
    const why = { code: 'KeyCommitmentMismatch', message: 'It is the key of another object.' };
    const trace = aTrace({ mode: 'cse-aes', operation: 'download' })
      .step('client.checkPolicy', [policy(true), policy(false)])
      .step('client.fail', [{ verb: 'failed', place: 'client', code: 'DecryptionFailed', message: 'No.', why }])
      .build();
    expect(textTwin(trace).map(row => row.reason)).toEqual([
      'REQUIRE_ENCRYPT_ALLOW_DECRYPT allows V2, without commitment',
      'REQUIRE_ENCRYPT_ALLOW_DECRYPT refuses V2, without commitment',
      'DecryptionFailed: No. In truth: It is the key of another object.',
    ]);
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
