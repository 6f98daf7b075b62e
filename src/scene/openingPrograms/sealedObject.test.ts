import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Exchange, type MessageView, type RunSpec, runLesson, type Trace } from '../../engine/index.ts';
import { NOTE, runOf } from '../../testing/allRuns.ts';
import { aTrace } from '../../testing/traceBuilder.ts';
import { findSealedObject } from './sealedObject.ts';

const MODES = ['cse-aes', 'cse-rsa', 'cse-kms'] as const;
const RUNS = MODES.flatMap(mode =>
  (['v2', 'v3'] as const).flatMap(format =>
    (['metadata', 'instruction-file'] as const).flatMap(envelope =>
      (['upload', 'download'] as const).map(operation => ({ mode, format, envelope, operation })),
    ),
  ),
);

describe('the sealed object of a real run', () => {
  it.each(RUNS)('$mode $format $envelope $operation is read from the wire', async run => {
    const { trace } = await runOf({ ...run, transport: 'https', principal: 'owner' });
    const found = findSealedObject(trace);
    expect(found).toMatchObject({
      bucketName: trace.bucketName,
      objectName: 'report.txt',
      region: 'eu-central-1',
      format: run.format,
      envelope: run.envelope,
      wrap: run.mode.slice(4),
      context: [],
      materialDescription: [],
    });
    if (run.mode === 'cse-kms') expect(found?.kmsKeyId).toMatch(/^arn:aws:kms:eu-central-1:\d{12}:key\//);
    else expect(found).not.toHaveProperty('kmsKeyId');
    // The wire alone says it: what was asked for is not looked at.
    const { format: _, envelope: __, ...unasked } = trace.run;
    expect(findSealedObject({ ...trace, run: unasked })).toEqual(found);
  });

  it('there is none where S3 encrypts, nor where the request was refused', async () => {
    const s3 = await runOf({ mode: 'sse-kms-cmk', operation: 'upload', transport: 'https', principal: 'owner' });
    expect(findSealedObject(s3.trace)).toBeUndefined();
    const refused = await runOf({ mode: 'cse-aes', operation: 'upload', transport: 'https', principal: 'stranger' });
    expect(refused.trace.outcome.isOk).toBe(false);
    expect(findSealedObject(refused.trace)).toBeUndefined();
  });
});

describe('the sealed object of a lesson', () => {
  it('asks for the new wrapping key once its instruction file was wrapped anew (F-CSR-026)', async () => {
    const acts = await runLesson({ id: 'rotate-wrapping-key', seed: 'class' }, NOTE);
    const found = acts.map(({ trace }) => findSealedObject(trace));
    expect(found.map(object => object?.objectName)).toEqual(found.map(() => 'report.txt'));
    const descriptions = found.map(object => JSON.stringify(object?.materialDescription));
    expect(new Set(descriptions).size).toBe(2);
    expect(descriptions[1]).not.toBe(descriptions[0]);
    expect(descriptions[2]).toBe(descriptions[1]);
  });

  it('is none where a message of the AWS Encryption SDK was stored instead', async () => {
    const [sealed, opened, ...others] = await runLesson({ id: 'encryption-sdk', seed: 'class' }, NOTE);
    for (const result of [sealed, opened]) expect(result && findSealedObject(result.trace)).toBeUndefined();
    // The acts after them store one of the S3 Encryption Client.
    for (const { trace } of others) expect(findSealedObject(trace)).toBeDefined();
  });
});

function exchange(startLine: string, headers: Readonly<Record<string, string>>, more: Partial<MessageView> = {}) {
  const request: MessageView = {
    startLine,
    headers: Object.entries({ host: 's3.eu-west-1.amazonaws.com', ...headers }),
    bodyLength: 0,
    ...more,
  };
  const response: MessageView = { startLine: 'HTTP/1.1 200 OK', headers: [], bodyLength: 0 };
  return { index: 0, link: 'client-s3', isSecure: true, request, response } satisfies Exchange;
}

function traceOf(run: Partial<RunSpec>, ...exchanges: readonly Exchange[]): Trace {
  return { ...aTrace(run).build(), exchanges };
}

describe('the sealed object of messages', () => {
  let kms: Trace;
  beforeAll(() => {
    const context = { 'aws:x-amz-cek-alg': '115', b: '2', a: '1', kms_cmk_id: 'x' };
    kms = traceOf(
      { mode: 'cse-kms' },
      exchange('PUT /lab/a%20b%2Fc HTTP/1.1', {
        'X-Amz-Meta-x-amz-3': 'AAAA',
        'x-amz-meta-x-amz-w': '12',
        'x-amz-meta-x-amz-t': JSON.stringify(context),
      }),
    );
  });

  it('names of headers have no case; the client’s own pairs are left out, the others keep their order (F-CSK-011)', () => {
    expect(findSealedObject(kms)).toEqual({
      bucketName: 'lab',
      objectName: 'a b/c',
      region: 'eu-west-1',
      format: 'v3',
      envelope: 'metadata',
      wrap: 'kms',
      context: [
        ['b', '2'],
        ['a', '1'],
      ],
      materialDescription: [],
    });
  });

  it('a raw key’s description is kept, be it of V2 or V3', () => {
    const described = JSON.stringify({ key: '2026' });
    const v3 = { 'x-amz-meta-x-amz-3': 'AA', 'x-amz-meta-x-amz-w': '02', 'x-amz-meta-x-amz-m': described };
    const v2 = {
      'x-amz-meta-x-amz-key-v2': 'AA',
      'x-amz-meta-x-amz-wrap-alg': 'RSA-OAEP-SHA1',
      'x-amz-meta-x-amz-matdesc': described,
    };
    for (const headers of [v3, v2]) {
      const found = findSealedObject(traceOf({ mode: 'cse-aes' }, exchange('PUT /lab/a HTTP/1.1', headers)));
      expect(found?.materialDescription).toEqual([['key', '2026']]);
      expect(found?.context).toEqual([]);
    }
  });

  it('an instruction file swapped alone still tells the object’s name', () => {
    const file = exchange(
      'PUT /lab/report.txt.instruction HTTP/1.1',
      { 'x-amz-meta-x-amz-crypto-instr-file': '' },
      { json: { 'x-amz-key-v2': 'AA', 'x-amz-wrap-alg': 'RSA-OAEP-SHA1', 'x-amz-iv': 'AA' } },
    );
    expect(findSealedObject(traceOf({ mode: 'cse-rsa' }, file))).toMatchObject({
      objectName: 'report.txt',
      format: 'v2',
      envelope: 'instruction-file',
      wrap: 'rsa',
    });
  });

  it('a bucket in the host is found too', () => {
    const there = exchange('PUT /a HTTP/1.1', { host: 'lab.s3.us-west-2.amazonaws.com', 'x-amz-meta-x-amz-3': 'AA' });
    const found = findSealedObject(traceOf({ mode: 'cse-aes' }, there));
    expect(found).toMatchObject({ bucketName: 'lab', objectName: 'a', region: 'us-west-2' });
  });

  it('no message makes it fail', () => {
    const header = fc.tuple(
      fc.constantFrom('x-amz-meta-x-amz-3', 'x-amz-meta-x-amz-w', 'x-amz-meta-x-amz-t', 'x-amz-meta-x-amz-m', 'host'),
      fc.oneof(fc.string(), fc.json(), fc.constantFrom('{"__proto__":"x"}', 'null', '[]', '__proto__', 'constructor')),
    );
    const line = fc.oneof(
      fc.string(),
      fc.webPath().map(path => `PUT ${path} HTTP/1.1`),
      fc.constant('PUT /%/%ff HTTP/1.1'),
    );
    fc.assert(
      fc.property(
        line,
        fc.array(header),
        fc.constantFrom('cse-aes', 'cse-kms', 'sse-s3'),
        (startLine, headers, mode) => {
          const found = findSealedObject(traceOf({ mode }, exchange(startLine, Object.fromEntries(headers))));
          if (found) expect(['aes', 'rsa', 'kms']).toContain(found.wrap);
          expect(Object.prototype).not.toHaveProperty('x');
        },
      ),
    );
  });
});
