import { afterEach, describe, expect, it } from 'vitest';
import type { Customer } from '../engine/client/customer.ts';
import { createEncryptionClient } from '../engine/client/s3EncryptionClient/client.ts';
import type { ClientOptions } from '../engine/client/s3EncryptionClient/options.ts';
import { bodyOf, EMPTY_BODY, gather, type HttpRequest, type HttpResponse } from '../engine/http/message.ts';
import {
  createBench,
  headersOf,
  STORAGES,
  type Storage,
  WRAP_KINDS,
  type WrapKind,
} from './encryptionClientHarness.ts';
import { jsonOf, type SealedObject } from './independentClient/seal.ts';
import type { Pairs } from './independentClient/wrapping.ts';

const DESCRIPTION: Pairs = { project: 'envelope' };
const CONTEXT: Pairs = { department: 'finance' };
const PLAINTEXT = Buffer.from('the secret of the day');
const OBJECT = 'diary.txt';
const bench = await createBench('tamper', { aes: DESCRIPTION, rsa: DESCRIPTION });
const { world, customer, rings } = bench;

interface Kind {
  readonly format: 'v2' | 'v3';
  readonly wrap: WrapKind;
  readonly storage: Storage;
}
const EVERY: readonly Kind[] = (['v2', 'v3'] as const).flatMap(format =>
  WRAP_KINDS.flatMap(wrap => STORAGES.map(storage => ({ format, wrap, storage }))),
);

/** What a manipulation must come to: the true reasons that the trace may give, or the plaintext and why nothing shows. */
type Expected =
  | { readonly why: readonly string[] }
  | { readonly opens: string }
  /** One of the client's own refusals, which say nothing of what was changed. */
  | { readonly says: string };
interface Change {
  readonly what: string;
  readonly sealed: SealedObject;
  readonly expected: Expected;
}

/** Why a change does not show: these, and no others. */
const UNBOUND = {
  description: 'a material description of a raw key is a label that nothing binds (F-CSR-022)',
  spareBits: 'the last character of padded Base64 has bits that belong to no byte',
  whiteSpace: 'JSON may be formatted freely (F-FMT-038)',
  length: 'the plaintext length in the metadata is advice (F-FMT-028)',
  tagLength: 'no other tag length than 128 bits is ever used, so that to leave it out says nothing (F-FMT-027)',
} as const;

/** KMS without the line, which would take most of the time: what it opened is in the customer's room, as the line would leave it. */
async function askKms(request: HttpRequest): Promise<HttpResponse> {
  const response = await world.kms.handle(request, { isSecure: true, sourceIp: '203.0.113.7' });
  const { Plaintext = '' } = JSON.parse(Buffer.from(gather(response.body)).toString('utf8')) as { Plaintext?: string };
  const bytes = new Uint8Array(Buffer.from(Plaintext, 'base64'));
  const opened = bytes.length > 0 ? await world.recorder.find(bytes) : undefined;
  if (opened) customer.room.hold(opened.id, bytes);
  world.kms.forget();
  return response;
}

/** The lab's client, but what S3 answers is what the test says. */
function readerOf({ format, wrap, storage }: Kind, sealed: SealedObject, more: Partial<ClientOptions> = {}) {
  const answer = (body: Buffer, metadata: Pairs): HttpResponse => ({
    status: 200,
    headers: [['content-length', String(body.length)], ...headersOf(metadata)],
    body: bodyOf(new Uint8Array(body)),
  });
  const { instructionFile: file } = sealed;
  const send: Customer['send'] = async (to, request) => {
    if (to === 'kms') return askKms(request);
    if (!request.path.endsWith('.instruction')) return answer(sealed.body, sealed.metadata);
    return file
      ? answer(Buffer.from(file.body, 'utf8'), file.metadata)
      : { status: 404, headers: [], body: EMPTY_BODY };
  };
  return createEncryptionClient(
    { ...customer, send },
    {
      keyring: rings[wrap],
      transport: 'https',
      commitmentPolicy: format === 'v2' ? 'FORBID_ENCRYPT_ALLOW_DECRYPT' : 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT',
      writesInstructionFiles: storage === 'instruction-file',
      ...more,
    },
  );
}

const contextOf = ({ wrap }: Kind) => (wrap === 'kms' ? CONTEXT : {});

/** What the lab's client writes for this kind of object. */
async function written(kind: Kind): Promise<SealedObject> {
  const options = {
    keyring: rings[kind.wrap],
    transport: 'https',
    commitmentPolicy: kind.format === 'v2' ? 'FORBID_ENCRYPT_ALLOW_DECRYPT' : 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT',
    writesInstructionFiles: kind.storage === 'instruction-file',
  } as const;
  const name = `${kind.format}-${kind.wrap}-${kind.storage}`;
  const plaintext = await bench.hold(OBJECT, PLAINTEXT);
  const client = createEncryptionClient(customer, options);
  const put = await client.putObject(bench.address(name), plaintext, 'text/plain', {
    encryptionContext: contextOf(kind),
  });
  expect(put).toMatchObject({ ok: { status: 200 } });
  const sealed = await bench.fetch(name);
  bench.clear();
  return sealed;
}

interface Outcome {
  readonly said: { code: string; message: string } | undefined;
  readonly why: string | undefined;
  readonly plaintext: string | undefined;
  readonly left: readonly string[];
}

/** Reads, and says what came of it. */
async function outcomeOf(kind: Kind, sealed: SealedObject, more: Partial<ClientOptions> = {}): Promise<Outcome> {
  const client = readerOf(kind, sealed, more);
  const got = await client.getObject(bench.address(OBJECT), { encryptionContext: contextOf(kind) });
  const plaintext = 'ok' in got && got.ok.plaintext ? bench.bytesOf(got.ok.plaintext).toString() : undefined;
  const kinds = customer.room.ids().map(id => world.recorder.get(id).kind);
  const left = kinds.filter(one => one === 'plaintext-object');
  bench.clear();
  const said = 'failure' in got ? { code: got.failure.code, message: got.failure.message } : undefined;
  const why = 'failure' in got ? got.failure.why?.code : undefined;
  return { said, why, plaintext, left };
}

const SENTENCES = new Set<string>();

function isAsExpected(expected: Expected, { said, why, plaintext, left }: Outcome): boolean {
  if ('opens' in expected) return plaintext === PLAINTEXT.toString();
  if (plaintext !== undefined || left.length > 0) return false;
  if ('says' in expected) return said?.code === expected.says;
  return said?.code === 'DecryptionFailed' && expected.why.includes(why ?? '');
}

/** Every change comes to what was expected; the offenders, if not. */
async function expectAll(kind: Kind, changes: readonly Change[]): Promise<void> {
  const offenders: unknown[] = [];
  for (const { what, sealed, expected } of changes) {
    const outcome = await outcomeOf(kind, sealed);
    const { said, why, plaintext, left } = outcome;
    if (said?.code === 'DecryptionFailed') SENTENCES.add(said.message);
    const isRight = isAsExpected(expected, outcome);
    if (!isRight) offenders.push({ what, expected, code: said?.code, why, plaintext, left });
  }
  // The first few tell enough.
  expect(offenders.slice(0, 4)).toEqual([]);
  expect(changes.length).toBeGreaterThan(0);
}

const flipped = (bytes: Buffer, at: number): Buffer => {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
};
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The text with one character changed, at each position: its lowest bit turned; near the end also the next letter of Base64. */
function changedTexts(text: string): { at: number; text: string }[] {
  return [...text].flatMap((one, at) => {
    const turned = String.fromCharCode(one.charCodeAt(0) ^ 1);
    const next = ALPHABET[(ALPHABET.indexOf(one) + 1) % ALPHABET.length] ?? '';
    const others = at < text.length - 4 ? [turned] : [turned, next];
    return others.map(other => ({ at, text: text.slice(0, at) + other + text.slice(at + 1) }));
  });
}

const BINARY = ['x-amz-3', 'x-amz-key-v2', 'x-amz-d', 'x-amz-i', 'x-amz-iv'];
/** What a changed byte of an entry comes to, when its length is still right. */
const WHY_OF_BYTES: Readonly<Record<string, string>> = {
  'x-amz-3': 'UnableToUnwrapDataKey',
  'x-amz-key-v2': 'UnableToUnwrapDataKey',
  'x-amz-d': 'KeyCommitmentMismatch',
  'x-amz-i': 'KeyCommitmentMismatch',
  'x-amz-iv': 'AuthenticationTagMismatch',
};

/** All entries of the envelope, wherever they are. */
const entriesOf = ({ metadata, instructionFile }: SealedObject): Pairs => ({
  ...metadata,
  ...(instructionFile ? (JSON.parse(instructionFile.body) as Pairs) : {}),
});

/** The object with one entry replaced where it stands. */
function withEntry(sealed: SealedObject, name: string, value: string): SealedObject {
  if (name in sealed.metadata) return { ...sealed, metadata: { ...sealed.metadata, [name]: value } };
  const { instructionFile } = sealed;
  if (!instructionFile) throw new Error('the entry is there');
  const body = jsonOf({ ...(JSON.parse(instructionFile.body) as Pairs), [name]: value });
  return { ...sealed, instructionFile: { ...instructionFile, body } };
}

function textsIn(json: string): Pairs | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    const isMap = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
    const isOfTexts = isMap && Object.values(parsed).every(value => typeof value === 'string');
    return isOfTexts ? Object.fromEntries(Object.entries(parsed)) : undefined;
  } catch {
    return undefined;
  }
}
const isSame = (left: Pairs, right: Pairs) => {
  const sorted = (pairs: Pairs) => JSON.stringify(Object.entries(pairs).sort());
  return sorted(left) === sorted(right);
};

/** What an entry with this text instead of its own comes to, by the rules of the format alone. */
function expectedOf(kind: Kind, where: Storage, name: string, before: string, after: string): Expected {
  const malformed = { why: [TAMPERED[where]] };
  if (BINARY.includes(name)) {
    const [was, is] = [Buffer.from(before, 'base64'), Buffer.from(after, 'base64')];
    const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(after) && after.length % 4 === 0;
    if (isBase64 && was.equals(is)) return { opens: UNBOUND.spareBits };
    const isOfFixedLength = name !== 'x-amz-3' && name !== 'x-amz-key-v2';
    if (!isBase64 || (isOfFixedLength && was.length !== is.length)) return malformed;
    return { why: [WHY_OF_BYTES[name] ?? ''] };
  }
  // A description of the other kind beside the wrap gives it away; without one, the ring has no such key.
  if (name === 'x-amz-w' && ['02', '12', '22'].includes(after))
    return { why: ['WrappingKeyMissing', ...malformed.why] };
  if (!['x-amz-m', 'x-amz-t', 'x-amz-matdesc'].includes(name)) return malformed;
  const pairs = textsIn(after);
  if (!pairs) return malformed;
  if (kind.wrap !== 'kms') return { opens: UNBOUND.description };
  const own = Object.fromEntries(Object.entries(pairs).filter(([one]) => one !== 'aws:x-amz-cek-alg'));
  if (!isSame(own, CONTEXT)) return { why: ['EncryptionContextMismatch'] };
  // Only the pair that names the content algorithm is another: KMS, or the client before it, sees that.
  return { why: ['UnableToUnwrapDataKey', 'ContentAlgorithmMismatch'] };
}

/** What the object comes to without this entry. */
function expectedWithout(kind: Kind, where: Storage, name: string): Expected {
  if (name === 'x-amz-tag-len') return { opens: UNBOUND.tagLength };
  if (['x-amz-m', 'x-amz-t', 'x-amz-matdesc'].includes(name)) {
    return kind.wrap === 'kms' ? { why: ['EncryptionContextMismatch'] } : { opens: UNBOUND.description };
  }
  // No format is left to recognise, nor a file beside it (F-ERR-107).
  if (name === 'x-amz-key-v2' && where === 'metadata') return { says: 'NotEncryptedByClient' };
  return { why: [TAMPERED[where]] };
}

const TAMPERED: Readonly<Record<Storage, string>> = {
  metadata: 'TamperedMetadata',
  'instruction-file': 'TamperedInstructionFile',
};

/** What an instruction file with this text comes to: no map of known entries, or one entry that says something else. */
function expectedOfFile(kind: Kind, before: Pairs, after: string): Expected {
  const entries = textsIn(after);
  const isKnown = entries && isSame(mapped(before), mapped(entries));
  if (!entries || !isKnown) return { why: ['TamperedInstructionFile'] };
  const [changed] = Object.entries(before).filter(([name, value]) => entries[name] !== value);
  if (!changed) return { opens: UNBOUND.whiteSpace };
  return expectedOf(kind, 'instruction-file', changed[0], changed[1], entries[changed[0]] ?? '');
}
const mapped = (pairs: Pairs) => Object.fromEntries(Object.keys(pairs).map(name => [name, '']));

afterEach(() => bench.clear());

/** The original of each kind, written once. */
const originals = new Map<Kind, SealedObject>();
async function given(kind: Kind): Promise<SealedObject> {
  const known = originals.get(kind) ?? (await written(kind));
  originals.set(kind, known);
  return known;
}

describe.each(EVERY)('of an object of $format wrapped by $wrap with its envelope in the $storage', kind => {
  it('nothing is refused as long as nothing was changed', async () => {
    const { plaintext, said } = await outcomeOf(kind, await given(kind));
    expect([plaintext, said]).toEqual([PLAINTEXT.toString(), undefined]);
  });

  it('each byte of the body is bound by the tag (F-CSR-014)', async () => {
    const sealed = await given(kind);
    const changes = [...sealed.body].map((_, at) => ({
      what: `body ${at}`,
      sealed: { ...sealed, body: flipped(sealed.body, at) },
      expected: { why: ['AuthenticationTagMismatch'] },
    }));
    const cuts = [0, 1, 15, 16, sealed.body.length - 1].map(length => ({
      what: `body cut to ${length}`,
      sealed: { ...sealed, body: sealed.body.subarray(0, length) },
      expected: { why: ['AuthenticationTagMismatch'] },
    }));
    await expectAll(kind, [...changes, ...cuts]);
  });

  it('each byte of encrypted data key, commitment, message id and IV is bound (F-ERR-100, F-ERR-108)', async () => {
    const sealed = await given(kind);
    const entries = Object.entries(entriesOf(sealed)).filter(([name]) => BINARY.includes(name));
    expect(entries).toHaveLength(kind.format === 'v2' ? 2 : 3);
    const changes = entries.flatMap(([name, value]) => {
      const bytes = Buffer.from(value, 'base64');
      return [...bytes].map((_, at) => ({
        what: `${name} ${at}`,
        sealed: withEntry(sealed, name, flipped(bytes, at).toString('base64')),
        expected: { why: [WHY_OF_BYTES[name] ?? ''] },
      }));
    });
    await expectAll(kind, changes);
  });

  it('no encrypted data key, commitment, message id or IV of zeros or of another length is taken (F-FMT-080, F-FMT-081)', async () => {
    const sealed = await given(kind);
    const changes = Object.entries(entriesOf(sealed))
      .filter(([name]) => BINARY.includes(name))
      .flatMap(([name, value]) => {
        const bytes = Buffer.from(value, 'base64');
        const malformed = [TAMPERED[name in sealed.metadata ? 'metadata' : 'instruction-file']];
        const own = [WHY_OF_BYTES[name] ?? ''];
        const isFixed = !['x-amz-3', 'x-amz-key-v2'].includes(name);
        const others: [Buffer, readonly string[]][] = [
          [Buffer.alloc(bytes.length), ['x-amz-i', 'x-amz-iv'].includes(name) ? malformed : own],
          [bytes.subarray(1), isFixed ? malformed : own],
          [Buffer.concat([bytes, Buffer.alloc(1)]), isFixed ? malformed : own],
          [Buffer.alloc(0), malformed],
        ];
        return others.map(([other, why]) => ({
          what: `${name} of ${other.length}`,
          sealed: withEntry(sealed, name, other.toString('base64')),
          expected: { why },
        }));
      });
    await expectAll(kind, changes);
  });

  it('each character of each metadata value is bound, or it is one that is named here', async () => {
    const sealed = await given(kind);
    const changes = Object.entries(sealed.metadata).flatMap(([name, value]) =>
      changedTexts(value).map(({ at, text }) => ({
        what: `${name} ${at}: ${text}`,
        sealed: withEntry(sealed, name, text),
        expected: expectedOf(kind, 'metadata', name, value, text),
      })),
    );
    // V2 with an instruction file leaves nothing on the object (F-FMT-087).
    if (kind.format === 'v2' && kind.storage === 'instruction-file') expect(changes).toEqual([]);
    else await expectAll(kind, changes);
  });

  it('no entry can be taken away but for those that are named here (F-ERR-102)', async () => {
    const sealed = await given(kind);
    const { instructionFile } = sealed;
    const without = (pairs: Pairs, name: string) =>
      Object.fromEntries(Object.entries(pairs).filter(([one]) => one !== name));
    const onObject = Object.keys(sealed.metadata).map(name => ({
      what: `without ${name}`,
      sealed: { ...sealed, metadata: without(sealed.metadata, name) },
      expected: expectedWithout(kind, 'metadata', name),
    }));
    const told = instructionFile ? (JSON.parse(instructionFile.body) as Pairs) : {};
    const inFile = Object.keys(told).map(name => ({
      what: `file without ${name}`,
      sealed: {
        ...sealed,
        instructionFile: { body: jsonOf(without(told, name)), metadata: instructionFile?.metadata ?? {} },
      },
      expected: expectedWithout(kind, 'instruction-file', name),
    }));
    expect(onObject.length + inFile.length).toBe(6);
    await expectAll(kind, [...onObject, ...inFile]);
  });

  it('JSON may be written with other white space and in another order, and nothing shows (F-FMT-038)', async () => {
    const sealed = await given(kind);
    const [described] = ['x-amz-m', 'x-amz-t', 'x-amz-matdesc'].filter(name => name in entriesOf(sealed));
    if (described === undefined) throw new Error('there is a description');
    const pairs = Object.entries(textsIn(entriesOf(sealed)[described] ?? '') ?? {});
    const texts = [
      jsonOf(Object.fromEntries(pairs), 'spaced'),
      jsonOf(Object.fromEntries([...pairs].reverse())),
      ` ${jsonOf(Object.fromEntries(pairs))}\t`,
    ];
    const changes = texts.map(text => ({
      what: text,
      sealed: withEntry(sealed, described, text),
      expected: { opens: UNBOUND.whiteSpace },
    }));
    const { instructionFile } = sealed;
    const file = instructionFile && {
      ...instructionFile,
      body: `\n${instructionFile.body.replaceAll('","', '" ,\r\n\t"')} `,
    };
    const more = file
      ? [{ what: file.body, sealed: { ...sealed, instructionFile: file }, expected: { opens: UNBOUND.whiteSpace } }]
      : [];
    await expectAll(kind, [...changes, ...more]);
  });
});

describe.each(EVERY.filter(({ storage }) => storage === 'instruction-file'))(
  'of an object of $format wrapped by $wrap',
  kind => {
    it('each character of the instruction file is bound, or it is one that is named here', async () => {
      const sealed = await given(kind);
      const { instructionFile } = sealed;
      if (!instructionFile) throw new Error('there is one');
      const before = JSON.parse(instructionFile.body) as Pairs;
      const changes = changedTexts(instructionFile.body).map(({ at, text }) => ({
        what: `file ${at}: ${text}`,
        sealed: { ...sealed, instructionFile: { ...instructionFile, body: text } },
        expected: expectedOfFile(kind, before, text),
      }));
      await expectAll(kind, changes);
    });

    it('the instruction file cannot be of another format, nor bring a commitment of its own (F-ERR-103)', async () => {
      const sealed = await given(kind);
      const { instructionFile } = sealed;
      if (!instructionFile) throw new Error('there is one');
      const told = JSON.parse(instructionFile.body) as Pairs;
      const additions = [
        'x-amz-c',
        'x-amz-d',
        'x-amz-i',
        'x-amz-key',
        'x-amz-key-v2',
        'x-amz-3',
        'x-amz-iv',
        '__proto__',
        'x-amz-new',
      ];
      const bodies = [
        ...additions
          .filter(name => !(name in told && name !== '__proto__'))
          .map(name => `{${JSON.stringify(name)}:"115",${instructionFile.body.slice(1)}`),
        '',
        '{}',
        '[]',
        'null',
        `[${instructionFile.body}]`,
        `${instructionFile.body}{}`,
        `${instructionFile.body.slice(0, -1)},"x-amz-w":2}`,
        ' '.repeat(100_000) + instructionFile.body,
      ];
      const changes = bodies.map(body => ({
        what: body.slice(0, 200),
        sealed: { ...sealed, instructionFile: { ...instructionFile, body } },
        expected: { why: ['TamperedInstructionFile'] },
      }));
      await expectAll(kind, changes);
    });
  },
);

describe('the plaintext length', () => {
  it.each(WRAP_KINDS)('that other clients write is advice to one that reads V2 by %s (F-FMT-028)', async wrap => {
    const kind: Kind = { format: 'v2', wrap, storage: 'metadata' };
    const sealed = await given({ ...kind });
    const changes = ['21', '0', '999999999999', '-1', 'many', ''].map(text => ({
      what: text,
      sealed: { ...sealed, metadata: { ...sealed.metadata, 'x-amz-unencrypted-content-length': text } },
      expected: { opens: UNBOUND.length },
    }));
    await expectAll(kind, changes);
  });
});

/** Names of another algorithm, whole. A refusal that says what this client was set up for tells nothing of the change. */
const SWAPS = EVERY.filter(({ storage }) => storage === 'metadata').flatMap(kind => {
  const own = { aes: 'AES/GCM', rsa: 'RSA-OAEP-SHA1', kms: 'kms+context' }[kind.wrap];
  const names = ['AES/GCM', 'RSA-OAEP-SHA1', 'kms+context', 'kms', 'AESWrap', 'RSA/ECB/OAEPWithSHA-256AndMGF1Padding'];
  const codes = ['02', '12', '22'];
  return kind.format === 'v3'
    ? [
        ...codes.map(value => ({ ...kind, name: 'x-amz-w', value })),
        ...['112', '114', '116'].map(value => ({ ...kind, name: 'x-amz-c', value })),
      ]
    : [
        ...names.filter(value => value !== own).map(value => ({ ...kind, name: 'x-amz-wrap-alg', value })),
        { ...kind, name: 'x-amz-cek-alg', value: 'AES/CBC/PKCS5Padding' },
        { ...kind, name: 'x-amz-cek-alg', value: '115' },
        { ...kind, name: 'x-amz-tag-len', value: '96' },
      ];
});

describe('another algorithm', () => {
  const isOwnCode = (wrap: WrapKind, value: string) => ({ aes: '02', rsa: '22', kms: '12' })[wrap] === value;
  const swaps = SWAPS.filter(({ name, wrap, value }) => name !== 'x-amz-w' || !isOwnCode(wrap, value));

  it.each(swaps)('$value as $name of an object of $format by $wrap opens nothing, opt-ins or not', async swap => {
    const changed = withEntry(await given(swapKind(swap)), swap.name, swap.value);
    const allowed = ['DecryptionFailed', 'LegacyNotEnabled', 'AlgorithmNotAvailable'];
    for (const isLegacy of [false, true]) {
      const optIns = { enableLegacyWrappingAlgorithms: isLegacy, enableLegacyUnauthenticatedModes: isLegacy };
      const { said, plaintext, left } = await outcomeOf(swapKind(swap), changed, optIns);
      expect([plaintext, left]).toEqual([undefined, []]);
      expect(allowed).toContain(said?.code);
      if (isLegacy) expect(said?.code).not.toBe('LegacyNotEnabled');
    }
  });

  it.each(WRAP_KINDS)(
    'cannot be CBC instead of GCM, not even with a fitting IV and all opt-ins, by %s (F-ERR-109)',
    async wrap => {
      const kind: Kind = { format: 'v2', wrap, storage: 'metadata' };
      const sealed = await given(kind);
      const optIns = { enableLegacyWrappingAlgorithms: true, enableLegacyUnauthenticatedModes: true };
      const whys = new Set<string | undefined>();
      // A body of whole blocks and any last byte: whoever could try all of them would learn the padding.
      for (let last = 0; last < 256; last += 17) {
        const lowered = {
          ...sealed,
          body: Buffer.concat([sealed.body.subarray(0, 31), Buffer.from([last])]),
          metadata: {
            ...sealed.metadata,
            'x-amz-cek-alg': 'AES/CBC/PKCS5Padding',
            'x-amz-iv': Buffer.alloc(16, 7).toString('base64'),
          },
        };
        const { said, why, plaintext } = await outcomeOf(kind, lowered, optIns);
        expect([said?.code, plaintext]).toEqual(['DecryptionFailed', undefined]);
        whys.add(why);
      }
      // The AAD of AES, the pseudo-key of RSA and the context of KMS all name the content algorithm.
      expect([...whys]).toEqual([wrap === 'aes' ? 'UnableToUnwrapDataKey' : 'ContentAlgorithmMismatch']);
    },
  );
});

const swapKind = ({ format, wrap, storage }: Kind): Kind =>
  EVERY.find(one => one.format === format && one.wrap === wrap && one.storage === storage) ?? { format, wrap, storage };

describe('whoever changed something', () => {
  it('is told one sentence, whatever it was', () => {
    expect([...SENTENCES]).toEqual([expect.stringContaining('cannot be opened')]);
  });
});
