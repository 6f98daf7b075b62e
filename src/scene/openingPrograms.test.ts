import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { FACTS } from '../content/facts.ts';
import type { Exchange, RunSpec, Trace } from '../engine/index.ts';
import { runOf } from '../testing/allRuns.ts';
import { aTrace } from '../testing/traceBuilder.ts';
import { LANGUAGE_NAMES, type OpeningProgram, openingProgram, PROGRAM_LANGUAGES } from './openingPrograms.ts';

type Wrap = 'aes' | 'rsa' | 'kms';
type Language = (typeof PROGRAM_LANGUAGES)[number];

interface Given {
  readonly wrap?: Wrap;
  readonly format?: 'v2' | 'v3';
  readonly isFiled?: boolean;
  readonly bucketName?: string;
  readonly objectName?: string;
  readonly description?: Readonly<Record<string, string>>;
  readonly hasKmsCall?: boolean;
}

const ARN = 'arn:aws:kms:eu-central-1:111122223333:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
const WRAP_NAMES = { aes: 'AES/GCM', rsa: 'RSA-OAEP-SHA1', kms: 'kms+context' } as const;
const WRAP_CODES = { aes: '02', rsa: '22', kms: '12' } as const;

/** A trace whose wire shows a sealed object. */
function sealed(given: Given = {}): Trace {
  const { wrap = 'kms', format = 'v3', isFiled, bucketName = 'lab', objectName = 'report.txt', description } = given;
  const text = JSON.stringify(description ?? {});
  const inFile: Record<string, string> =
    format === 'v3'
      ? { 'x-amz-3': 'AAAA', 'x-amz-w': WRAP_CODES[wrap], [wrap === 'kms' ? 'x-amz-t' : 'x-amz-m']: text }
      : { 'x-amz-key-v2': 'AAAA', 'x-amz-wrap-alg': WRAP_NAMES[wrap], 'x-amz-matdesc': text };
  const onObject: Record<string, string> = format === 'v3' ? { 'x-amz-c': '115', 'x-amz-d': 'A', 'x-amz-i': 'A' } : {};
  const path = `/${encodeURIComponent(bucketName)}/${encodeURIComponent(objectName)}`;
  const put = (at: string, entries: Record<string, string>, json?: Record<string, string>): Exchange => ({
    index: 0,
    link: 'client-s3',
    isSecure: true,
    request: {
      startLine: `PUT ${at} HTTP/1.1`,
      headers: [
        ['host', 's3.eu-central-1.amazonaws.com'],
        ...Object.entries(entries).map(([name, value]): [string, string] => [`x-amz-meta-${name}`, value]),
      ],
      bodyLength: 10,
      ...(json ? { json } : {}),
    },
    response: { startLine: 'HTTP/1.1 200 OK', headers: [], bodyLength: 0 },
  });
  const exchanges = isFiled
    ? [put(`${path}.instruction`, { 'x-amz-crypto-instr-file': '' }, inFile), put(path, onObject)]
    : [put(path, { ...onObject, ...inFile })];
  const asked: Exchange = {
    index: 0,
    link: 'client-kms',
    isSecure: true,
    request: { startLine: 'POST / HTTP/1.1', headers: [], bodyLength: 2, json: { KeyId: 'alias/mine' } },
    response: { startLine: 'HTTP/1.1 200 OK', headers: [], bodyLength: 2, json: { KeyId: ARN, Plaintext: 'c2VjcmV0' } },
  };
  const mode: RunSpec['mode'] = `cse-${wrap}`;
  const hasKmsCall = given.hasKmsCall ?? wrap === 'kms';
  return { ...aTrace({ mode }).build(), exchanges: hasKmsCall ? [asked, ...exchanges] : exchanges };
}

function programOf(trace: Trace, language: Language, endpoint?: string): OpeningProgram {
  const opening = openingProgram(trace, language, endpoint === undefined ? {} : { endpoint });
  if (!opening || 'without' in opening) throw new Error(`no program: ${opening?.without}`);
  return opening;
}

/** Which client takes which keys: F-FMT-003 names the clients, their own sources the keys. */
const KEYS: Readonly<Record<Language, readonly Wrap[]>> = {
  java: ['aes', 'rsa', 'kms'],
  go: ['kms'],
  python: ['kms'],
  ruby: ['aes', 'rsa', 'kms'],
  dotnet: ['aes', 'rsa', 'kms'],
  php: ['kms'],
  cpp: ['aes', 'kms'],
};
const OFFERED = PROGRAM_LANGUAGES.flatMap(language => KEYS[language].map(wrap => ({ language, wrap })));
const MISSING = PROGRAM_LANGUAGES.flatMap(language =>
  (['aes', 'rsa', 'kms'] as const).filter(wrap => !KEYS[language].includes(wrap)).map(wrap => ({ language, wrap })),
);

describe.each(OFFERED)('the program in $language for a $wrap key', ({ language, wrap }) => {
  it.each(['v2', 'v3'] as const)('opens %s, and allows what has no commitment only for V2 (F-FMT-006)', format => {
    const { text } = programOf(sealed({ wrap, format }), language);
    const allows = /REQUIRE_ENCRYPT_ALLOW_DECRYPT|RequireEncryptAllowDecrypt|EncryptionV2/.test(text);
    expect(allows).toBe(format === 'v2');
    expect(text).toContain('"lab"');
    expect(text).toContain('"report.txt"');
    expect(text).toContain('"eu-central-1"');
    expect(text).toContain('"opened-report.txt"');
  });

  it('reads the wrapping key from the learner’s own file, or names the KMS key', () => {
    const { text, needs } = programOf(sealed({ wrap }), language);
    const expected = { aes: '"wrapping-key.b64"', rsa: '"wrapping-key.pem"', kms: `"${ARN}"` }[wrap];
    expect(text).toContain(expected);
    if (wrap !== 'kms') expect(needs).toContain(expected.slice(1, -1));
    else expect(needs).toContain('kms:Decrypt');
  });

  it('goes to an endpoint of one’s own when told, and not otherwise', () => {
    const trace = sealed({ wrap });
    expect(programOf(trace, language).text).not.toMatch(/\bendpoint|ServiceURL/i);
    const { text } = programOf(trace, language, 'http://localhost:4571');
    expect(text).toContain('"http://localhost:4571"');
    if (language !== 'cpp') expect(text).toMatch(/path.?style|addressing_style/i);
  });

  it('has a line that gets the library, in the version that reads the format (F-FMT-003)', () => {
    const { install, needs, facts } = programOf(sealed({ wrap }), language);
    expect(install).toMatch(/^[ -~]+$/);
    expect(needs).toMatch(/^Needs version \d+\.\d+\.\d+ or later of this library, .*\.$/);
    for (const fact of facts) expect(FACTS).toHaveProperty(fact);
  });
});

describe.each(MISSING)('$language and a $wrap key', ({ language, wrap }) => {
  it('there is one sentence instead of a program', () => {
    const opening = openingProgram(sealed({ wrap }), language);
    expect(opening).toEqual({ without: expect.stringMatching(/^The S3 Encryption Client for .* cannot open .*\.$/) });
    if (opening && 'without' in opening) expect(opening.without).toContain(LANGUAGE_NAMES[language]);
  });
});

describe('instruction files', () => {
  it.each([
    ['java', 'aes', /instructionFileConfig\(InstructionFileConfig\.builder\(\)\.instructionFileClient\(plain\)/],
    ['ruby', 'rsa', /envelope_location: :instruction_file/],
    ['php', 'kms', /InstructionFileMetadataStrategy::class/],
  ] as const)('%s with a %s key is told where the envelope lies', (language, wrap, expected) => {
    const { text, needs } = programOf(sealed({ wrap, isFiled: true }), language);
    expect(text).toMatch(expected);
    expect(needs).toContain('the object and its instruction file');
    expect(programOf(sealed({ wrap }), language).text).not.toMatch(expected);
  });

  it('.NET does not combine them with KMS keys (F-CSK-028)', () => {
    expect(openingProgram(sealed({ isFiled: true }), 'dotnet')).toEqual({
      without: expect.stringContaining('F-CSK-028'),
    });
    expect(programOf(sealed({ wrap: 'aes', isFiled: true }), 'dotnet').text).toContain('SymmetricAlgorithmType.AesGcm');
  });

  it('Go is told that its client looks at the environment', () => {
    expect(programOf(sealed({ isFiled: true }), 'go', 'http://localhost:4571').notes.join(' ')).toContain(
      'AWS_ENDPOINT_URL_S3=http://localhost:4571',
    );
  });
});

describe('what a program must know besides', () => {
  it.each(PROGRAM_LANGUAGES)('%s hands over the encryption context, and none when there is none', language => {
    const { text } = programOf(sealed({ description: { 'aws:x-amz-cek-alg': '115', case: '42' } }), language);
    expect(text).toMatch(/"case".*"42"/);
    expect(text).not.toContain('cek-alg');
    expect(programOf(sealed(), language).text).not.toContain('"42"');
  });

  it('names the wrapping key that the object asks for (F-CSR-012)', () => {
    const { notes } = programOf(sealed({ wrap: 'aes', description: { key: '2026' } }), 'java');
    expect(notes.join(' ')).toContain('{"key":"2026"}');
  });

  it('warns of a context that S3 gives back in another encoding (F-FMT-039)', () => {
    const warned = (value: string) =>
      programOf(sealed({ description: { who: value } }), 'python')
        .notes.join(' ')
        .includes('F-FMT-039');
    expect([warned('Zoë'), warned('Zoe')]).toEqual([true, false]);
  });

  it('says so when the run does not show which KMS key it is', () => {
    expect(openingProgram(sealed({ hasKmsCall: false }), 'java')).toEqual({
      without: expect.stringContaining('never asked KMS'),
    });
  });

  it('a name with U+0000 has no program in C++', () => {
    expect(openingProgram(sealed({ objectName: 'a\u0000b' }), 'cpp')).toHaveProperty('without');
    expect(programOf(sealed({ objectName: 'a\u0000b' }), 'java').text).toContain('"a\\000b"');
  });

  it('there is nothing to open when nothing was sealed', () => {
    expect(openingProgram(aTrace({ mode: 'sse-s3' }).build(), 'java')).toBeUndefined();
  });
});

describe('hostile names', () => {
  /** The program without its texts. In none of the languages does a text of these programs hold an unescaped quote. */
  function skeleton({ text }: OpeningProgram): string {
    return text.replaceAll(/"(?:[^"\\\n]|\\.)*"/gsu, '""');
  }

  it.each(OFFERED)('change nothing but texts in $language with a $wrap key', ({ language, wrap }) => {
    const harmless = skeleton(programOf(sealed({ wrap, description: { a: 'b' } }), language));
    const name = fc
      .string({
        unit: fc.oneof(
          fc.constantFrom('"', '\\', "'", '#', '$', '{', '}', '?', '/', '*', '\n', '\u2028', '\u202e', 'é', '`', '<'),
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
        ),
        minLength: 1,
        maxLength: 30,
      })
      .filter(text => !text.includes('\u0000') && !text.endsWith('.instruction'));
    fc.assert(
      fc.property(name, name, name, (objectName, key, value) => {
        const description = Object.fromEntries([[key, value]]);
        const program = programOf(sealed({ wrap, objectName, description }), language);
        expect(skeleton(program)).toBe(harmless);
        expect(program.file).not.toContain('/');
      }),
      { numRuns: 30 },
    );
  });
});

describe('real runs', () => {
  const traces = new Map<string, Trace>();
  beforeAll(async () => {
    for (const mode of ['cse-aes', 'cse-rsa', 'cse-kms'] as const) {
      const { trace } = await runOf({ mode, operation: 'upload', transport: 'https', principal: 'owner' });
      traces.set(mode, trace);
    }
  });

  it.each(PROGRAM_LANGUAGES)('%s: no secret of a run is in a program, not even in part', language => {
    for (const trace of traces.values()) {
      const opening = openingProgram(trace, language);
      const text = JSON.stringify(opening);
      const secrets = Object.values(trace.artifacts).filter(each => each.isSecret && each.head.length >= 32);
      expect(secrets.length).toBeGreaterThan(0);
      for (const { head } of secrets) {
        const bytes = Uint8Array.from(head.match(/../g) ?? [], byte => Number.parseInt(byte, 16));
        const base64 = btoa(String.fromCharCode(...bytes.subarray(0, 12)));
        expect(text.includes(base64) || text.includes(head.slice(0, 24))).toBe(false);
      }
    }
  });
});
