/** Whether what the page says of experiments, forks and attacks is true of these very runs. */
import { beforeAll, describe, expect, it } from 'vitest';
import { narration } from '../content/narration.ts';
import {
  attackSpec,
  EXPERIMENT_PLANS,
  type Leak,
  type RunChange,
  type RunSpec,
  runAttack,
  runExperiment,
  runFork,
  type Step,
  type StepName,
  type Trace,
  type TraceEvent,
} from '../engine/index.ts';
import { narrate } from '../scene/narrate.ts';
import { askedBefore, askedIn, type RequestKind } from '../scene/requestKind.ts';
import type { Segment } from '../scene/segment.ts';
import { plainText } from '../view/session/guide.ts';
import { NOTE } from './allRuns.ts';

interface Told {
  readonly where: string;
  readonly trace: Trace;
  readonly step: Step;
  readonly events: readonly TraceEvent[];
  readonly title: string;
  readonly say: string;
}

const acts = new Map<string, Trace>();
const others = new Map<string, Trace>();

const DOWNLOAD: RunSpec = {
  mode: 'sse-kms-cmk',
  operation: 'download',
  transport: 'https',
  principal: 'owner',
  seed: 'words',
};
const FORKS: readonly (readonly [name: string, spec: Partial<RunSpec>, after: number, change: RunChange])[] = [
  ['a bit of the ciphertext', {}, 2, { kind: 'flip', piece: 'ciphertext', byte: 0 }],
  ['a bit of the tag', { mode: 'dsse-kms' }, 2, { kind: 'flip', piece: 'tag', byte: 0 }],
  ['a bit of plaintext', { mode: 'none' }, 2, { kind: 'flip', piece: 'ciphertext', byte: 3 }],
  ['a bit on the line', { operation: 'upload' }, 1, { kind: 'meddle', byte: 0 }],
  [
    'a bit on the open line',
    { mode: 'sse-s3', operation: 'upload', transport: 'http' },
    1,
    { kind: 'meddle', byte: 0 },
  ],
  ['a forbidden upload', { operation: 'upload' }, 2, { kind: 'forbid', action: 's3:PutObject' }],
  ['a disabled key', {}, 5, { kind: 'key-state', state: 'Disabled' }],
  ['somebody else', {}, 0, { kind: 'principal', principal: 's3-admin' }],
  ['the open line', { mode: 'sse-s3' }, 0, { kind: 'transport', transport: 'http' }],
];
const ATTACKS: readonly (readonly [mode: RunSpec['mode'], leaks: readonly Leak[]])[] = [
  ['sse-s3', ['access-key']],
  ['sse-kms-cmk', ['disk', 'kms-use']],
  ['sse-c', ['access-key', 'client-key']],
  ['cse-aes', ['access-key', 'client-key']],
  ['cse-kms', ['network', 'access-key', 'kms-use']],
  ['none', ['disk']],
];

beforeAll(async () => {
  for (const plan of EXPERIMENT_PLANS) {
    const results = await runExperiment({ plan, seed: 'narration' });
    for (const [name, { trace }] of Object.entries(results)) acts.set(`${plan.id}/${name}`, trace);
  }
  for (const [name, spec, after, change] of FORKS) {
    others.set(`fork: ${name}`, (await runFork({ ...DOWNLOAD, ...spec, fork: { after, change } }, NOTE)).trace);
  }
  for (const [mode, leaks] of ATTACKS) {
    others.set(`attack: ${mode} ${leaks}`, (await runAttack(attackSpec(mode, leaks), NOTE)).trace);
  }
}, 240_000);

function toldIn(where: string, trace: Trace): Told[] {
  return trace.steps.map(step => {
    const { title, say } = narrate(trace, step.index, narration);
    const plain = (segments: readonly Segment[]) => plainText(segments, trace.artifacts);
    const events = trace.events.slice(step.first, step.end);
    return { where: `${where} #${step.index + 1}`, trace, step, events, title: plain(title), say: plain(say) };
  });
}
const everything = () => [...acts, ...others].flatMap(([where, trace]) => toldIn(where, trace));
const named = (...names: readonly StepName[]) => everything().filter(({ step }) => names.includes(step.name));
/** Where a sentence that is true under a condition only is said without it. */
const saidWrongly = (told: readonly Told[], words: RegExp, isTrue: (told: Told) => boolean) =>
  told.filter(each => words.test(each.say) && !isTrue(each)).map(({ where, say }) => `${where}: ${say}`);
const requestOf = ({ trace, events }: Told): RequestKind | undefined => {
  const [first] = events;
  return first && askedIn(trace, first);
};
const lastRequestOf = ({ trace, events }: Told): RequestKind | undefined => {
  const [first] = events;
  return first && askedBefore(trace, first);
};
const kindsOut = ({ trace, events }: Told) =>
  events
    .filter(({ verb }) => verb !== 'discarded')
    .flatMap(({ outputs }) => outputs.map(id => trace.artifacts[id]?.kind));
const keyKinds = ({ trace, events }: Told) =>
  events.flatMap(event => ('key' in event && event.key ? [trace.artifacts[event.key]?.kind] : []));

describe('the words of every experiment, fork and attack', () => {
  it('can be told step by step, with titles that fit', () => {
    const told = everything();
    expect(told.length).toBeGreaterThan(3000);
    expect(told.filter(({ title }) => title.length > 44).map(({ title }) => title)).toEqual([]);
    expect(told.filter(({ title, say }) => /undefined|[{}]|\*\*/.test(title + say)).map(({ say }) => say)).toEqual([]);
  });

  it('never name an empty code', () => {
    expect(
      everything()
        .filter(({ say }) => /with\s*[:;.]/.test(say))
        .map(({ say }) => say),
    ).toEqual([]);
  });

  it('say that S3 has an object only after an upload', () => {
    const uploads: readonly (RequestKind | undefined)[] = ['put', 'complete-upload'];
    expect(saidWrongly(named('client.done'), /S3 has your/, told => uploads.includes(lastRequestOf(told)))).toEqual([]);
  });

  it('speak of lost plaintext only after a download', () => {
    const isDownload = (told: Told) => lastRequestOf(told) === 'get' || told.trace.run.mode === 'cse-kms';
    expect(saidWrongly(named('client.fail'), /you get no plaintext/, isDownload)).toEqual([]);
  });

  it('say that an object is not stored only where one was to be', () => {
    const isUpload = (told: Told) =>
      /^(put|part|complete-upload|abort-upload|open-upload)$/.test(lastRequestOf(told) ?? '') ||
      told.trace.run.mode === 'sse-c';
    expect(saidWrongly(named('client.fail'), /object is not stored/, isUpload)).toEqual([]);
  });

  it('say that plaintext lies in S3’s memory only where it came', () => {
    const isTrue = (told: Told) => kindsOut(told).includes('plaintext-object');
    expect(saidWrongly(named('s3.receive'), /as plaintext; nothing of it/, isTrue)).toEqual([]);
  });

  it('say that the bucket lifts a block only where it was asked to', () => {
    const isTrue = ({ trace }: Told) => trace.steps.some(({ name }) => name === 'client.unblock');
    expect(saidWrongly(named('s3.configure'), /block/, isTrue)).toEqual([]);
  });

  it.each([
    ['GenerateDataKey', /GenerateDataKey(?!W)/],
    ['Decrypt', /\bDecrypt\b/],
    ['ReEncrypt', /ReEncrypt/],
    ['Encrypt', /\bEncrypt\b/],
  ])('name %s only where it is asked for', (operation, words) => {
    const told = named('client.askKms', 's3.askKms');
    expect(told.filter(each => words.test(each.say)).length).toBeGreaterThan(0);
    expect(saidWrongly(told, words, each => requestOf(each) === `kms:${operation}`)).toEqual([]);
  });

  it('say what KMS hands out', () => {
    const told = named('kms.answer');
    const isFor = (operation: string) => (each: Told) => requestOf(each) === `kms:${operation}`;
    expect(saidWrongly(told, /two forms/, isFor('GenerateDataKey'))).toEqual([]);
    expect(saidWrongly(told, /as plaintext/, isFor('Decrypt'))).toEqual([]);
    for (const each of told.filter(isFor('GenerateDataKey'))) expect(each.say, each.where).toContain('two forms');
  });

  it('name the key that wraps: S3’s root key or a Bucket Key (F-KSM-021)', () => {
    const told = named('s3.wrapDataKey', 's3.unwrapDataKey');
    expect(saidWrongly(told, /root key/, each => keyKinds(each).every(kind => kind === 's3-root-key'))).toEqual([]);
    expect(saidWrongly(told, /Bucket Key/, each => keyKinds(each).includes('data-key'))).toEqual([]);
    expect(told.some(({ say }) => say.includes('Bucket Key'))).toBe(true);
  });

  it('say that nothing has changed only of content that opened', () => {
    const isTrue = (told: Told) =>
      kindsOut(told).some(kind => kind === 'plaintext-object' || kind === 'instruction-file');
    expect(saidWrongly(named('s3.decrypt'), /no bit has changed/, isTrue)).toEqual([]);
  });

  it('tell management events from data events as the record does (F-CT-014, F-CT-015)', () => {
    const isManagement = ({ events }: Told) =>
      events.some(event => event.verb === 'logged' && event.record.managementEvent === true);
    expect(saidWrongly(named('s3.log'), /management event/, isManagement)).toEqual([]);
    expect(saidWrongly(named('s3.log'), /data event/, told => !isManagement(told))).toEqual([]);
  });

  it('promise an unchanged past only where the key stays', () => {
    const isGone = ({ events, trace }: Told) =>
      events.some(
        ({ verb, inputs }) =>
          verb === 'discarded' && inputs.some(id => trace.artifacts[id]?.kind === 'exported-key-token'),
      );
    expect(saidWrongly(named('kms.administer'), /stays as it is/, told => !isGone(told))).toEqual([]);
  });
});

describe('what is said', () => {
  it.each<[where: string, step: StepName, expected: RegExp]>([
    ['delete-bucket-default/broken', 's3.configure', /drops a setting.*by default counts again/],
    ['delete-bucket-default/broken', 's3.log', /management event/],
    ['sse-c-blocked/fixed', 's3.configure', /another encryption rule now/],
    ['sse-c-blocked/fixed', 'client.prepare', /nothing of an object is in it/],
    ['sse-c-cannot-be-default/broken', 'client.fail', /The bucket stays as it is: .*MalformedXML/],
    ['sse-c-head-without-key/broken', 'client.fail', /HTTP status 400 and no body/],
    ['sse-c-head-without-key/broken', 's3.refuse', /InvalidRequest; but the answer to a HEAD has no body/],
    ['sse-c-head-without-key/healthy', 's3.load', /the object is not read/],
    ['upload-into-other-mode/healthy', 'client.done', /You have the metadata/],
    ['sse-c-delete-without-key/list', 's3.receive', /a list of the objects/],
    ['sse-c-delete-without-key/broken', 's3.receive', /You ask S3 to delete/],
    ['names-are-not-secret/broken', 's3.receive', /You ask for the tags/],
    ['kms-encrypts-my-file/healthy', 'client.askKms', /You ask KMS to encrypt/],
    ['kms-encrypts-my-file/healthy', 'kms.wrapDataKey', /4,096 bytes at most/],
    ['kms-encrypts-my-file/healthy', 'client.done', /You have the ciphertext/],
    ['kms-encrypts-my-file/broken', 'kms.refuse', /ValidationException: nothing has been encrypted/],
    ['kms-encrypts-my-file/broken', 'client.fail', /KMS has done nothing/],
    ['wrong-context/healthy', 'client.askKms', /GenerateDataKeyWithoutPlaintext.*Decrypt/],
    ['wrong-context/healthy', 'kms.receive', /Amazon S3 has no part in it/],
    ['deletion-scheduled/broken', 'client.askKms', /only after a waiting period/],
    ['deletion-scheduled/broken', 'kms.administer', /pending deletion now/],
    ['deletion-cancelled/broken', 'kms.administer', /it is disabled now/],
    ['deletion-carried-out/broken', 'kms.administer', /nobody opens again/],
    ['deletion-carried-out/too-late', 'kms.refuse', /NotFoundException: here is no such KMS key/],
    ['rotation/broken', 'kms.administer', /the old one stays/],
    ['rotation/broken', 'kms.log', /a management event/],
    ['aws-managed-policy/broken', 'kms.refuse', /the KMS key stays as it is/],
    ['aws-managed-policy/broken', 'client.fail', /KMS does not do it/],
    ['update-changes-key/broken', 's3.receive', /another encryption for an object that S3 has already/],
    ['update-changes-key/broken', 's3.askKms', /asks for ReEncrypt/],
    ['update-changes-key/broken', 'kms.answer', /in its new lock/],
    ['update-changes-key/broken', 'client.done', /the same as before/],
    ['copy-changes-key/broken', 's3.receive', /nothing of the object in it/],
    ['replication-needs-both-keys/broken', 'client.fail', /there is no copy/],
    ['legacy-object-stays-plain/fixed', 's3.load', /it lay there as plaintext/],
    ['legacy-object-stays-plain/fixed', 's3.checkHash', /what it copies/],
    ['small-works-large-fails/fixed', 's3.store', /the part goes to the disks/],
    ['small-works-large-fails/fixed', 's3.checkHash', /checksum of checksums/],
    ['small-works-large-fails/broken', 'client.prepare', /cut the object into parts/],
    ['small-works-large-fails/fixed', 'client.prepare', /a list of the parts/],
    ['update-changes-key/broken', 'kms.authorize', /all else that this call takes/],
    ['flip-tag/broken', 's3.refuse', /gives nothing out.*InternalError/],
    ['attack: sse-c access-key,client-key', 's3.discardKey', /its owner and its thief still have it/],
    ['one-bucket-key-for-all/broken', 's3.askKms', /the bucket’s ARN as encryption context/],
    ['one-bucket-key-for-all/broken', 's3.wrapDataKey', /As a Bucket Key, data key \S+ locks data key/],
    ['disabling-takes-time/broken', 's3.unwrapDataKey', /The Bucket Key data key \S+ opens/],
    ['flip-ciphertext/broken', 's3.decrypt', /authentication tag does not fit what S3 has read/],
    ['leaked-access-key/broken', 'client.sign', /access key that has leaked/],
    ['leaked-access-key/broken', 's3.checkSignature', /whoever holds the access key is its owner/],
    ['leaked-access-key/broken', 'client.done', /You have the object: The object is on your side/],
    ['presigned-signer-loses-decrypt/broken', 's3.askKms', /on behalf of whoever signed the link/],
    ['presigned-missing-header/broken', 's3.checkSignature', /what you send is not what was signed/],
    ['two-gates/broken', 's3.authorize', /Ana is allowed s3:GetObject/],
    ['i-am-administrator/fixed', 'kms.authorize', /the administrator is allowed kms:Decrypt/],
    ['fork: a bit of plaintext', 'client.checkHash', /has changed since it was stored/],
    ['fork: a bit of the ciphertext', 's3.decrypt', /The object does not open/],
    ['fork: a bit on the open line', 's3.checkHash', /The hashes differ/],
    ['fork: a bit on the line', 's3.receive', /has read nothing/],
    ['fork: a bit on the line', 'client.fail', /The connection is closed/],
    ['fork: a bit on the line', 'wire.meddle', /one bit of what you send/],
    ['fork: a bit of the ciphertext', 's3.damage', /nobody asked for it/],
  ])('%s, %s: %s', (where, name, expected) => {
    const trace = acts.get(where) ?? others.get(where);
    expect(trace, where).toBeDefined();
    const told = trace ? toldIn(where, trace).filter(({ step }) => step.name === name) : [];
    expect(told.map(({ title, say }) => `${title}: ${say}`).join(' ')).toMatch(expected);
  });
});
