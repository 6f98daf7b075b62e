import { describe, expect, it } from 'vitest';
import { concat, utf8 } from '../bytes/bytes.ts';
import { bodyOf, type Header, type HttpRequest } from '../http/message.ts';
import { type Payload, readPayload } from '../http/payload.ts';
import { checkSignature, verifyChunks } from './sigV4.ts';

// "Signature calculations for the Authorization header: transferring payload in multiple chunks", with and without trailer.
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const now = Date.UTC(2013, 4, 24);
interface Example {
  readonly name: string;
  readonly mode: string;
  readonly seed: string;
  readonly chunks: readonly [first: string, second: string, last: string];
  readonly signedHeaders: string;
  readonly more: readonly Header[];
  readonly trailer: readonly string[];
}
const EXAMPLES: readonly Example[] = [
  {
    name: 'chunks',
    mode: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    seed: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
    chunks: [
      'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
      '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
      'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
    ],
    signedHeaders:
      'content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class',
    more: [['content-length', '66824']],
    trailer: [],
  },
  {
    name: 'chunks and a trailer',
    mode: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
    seed: '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
    chunks: [
      'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
      '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
      '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
    ],
    signedHeaders:
      'content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer',
    more: [['x-amz-trailer', 'x-amz-checksum-crc32c']],
    trailer: [
      'x-amz-checksum-crc32c:sOO8/Q==',
      'x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435',
    ],
  },
];

const letters = (count: number) => 'a'.repeat(count);
function requestOf(example: Example, change: (body: string) => string = String): HttpRequest {
  const [first, second, last] = example.chunks;
  const body = [
    `10000;chunk-signature=${first}\r\n${letters(65536)}\r\n`,
    `400;chunk-signature=${second}\r\n${letters(1024)}\r\n`,
    `0;chunk-signature=${last}\r\n`,
    ...example.trailer.map(line => `${line}\r\n`),
    '\r\n',
  ].join('');
  return {
    method: 'PUT',
    path: '/examplebucket/chunkObject.txt',
    query: '',
    headers: [
      ['Host', 's3.amazonaws.com'],
      ['x-amz-date', '20130524T000000Z'],
      ['x-amz-storage-class', 'REDUCED_REDUNDANCY'],
      [
        'Authorization',
        `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${example.signedHeaders},Signature=${example.seed}`,
      ],
      ['x-amz-content-sha256', example.mode],
      ['Content-Encoding', 'aws-chunked'],
      ['x-amz-decoded-content-length', '66560'],
      ...example.more,
    ],
    body: bodyOf(utf8(change(body))),
  };
}

async function verify(request: HttpRequest, edit: (payload: Payload) => Payload = payload => payload) {
  const payload = readPayload(request);
  if ('refusal' in payload) throw new Error(payload.refusal.code);
  const found = await checkSignature(request, payload, {
    region: 'us-east-1',
    service: 's3',
    now,
    findSecret: () => ({ secretAccessKey }),
  });
  if (found.kind !== 'checked' || !found.isValid) throw new Error('the seed signature does not hold');
  return verifyChunks(edit(payload), found, secretAccessKey);
}

describe('signed chunks', () => {
  it.each(EXAMPLES)('of AWS’s example with $name hold', async example => {
    expect(await verify(requestOf(example))).toBe(true);
  });

  it.each(
    EXAMPLES.flatMap(example =>
      [
        ['a changed byte', (body: string) => body.replace('aaa\r\n400', 'aab\r\n400')] as const,
        ['no signature of a chunk', (body: string) => body.replace(/;chunk-signature=\w+/, '')] as const,
        [
          'a changed last signature',
          (body: string) => body.replace(/0;chunk-signature=\w{4}/, '0;chunk-signature=0000'),
        ] as const,
        ...(example.trailer.length > 0
          ? ([
              ['a changed trailer', (body: string) => body.replace('sOO8/Q==', 'sOO8/R==')],
              ['no trailer signature', (body: string) => body.replace(/x-amz-trailer-signature:\w+\r\n/, '')],
            ] as const)
          : []),
      ].map(([what, change]) => ({ example, what, change, name: example.name })),
    ),
  )('of the example with $name do not hold with $what', async ({ example, change }) => {
    expect(await verify(requestOf(example, change))).toBe(false);
  });

  it('cannot change places', async () => {
    const [example] = EXAMPLES;
    if (!example) throw new Error('no example');
    const swap = (payload: Payload): Payload => ({ ...payload, chunks: payload.chunks.toReversed() });
    expect(await verify(requestOf(example), swap)).toBe(false);
  });

  it('are not asked for when the framing promises none', async () => {
    const [example] = EXAMPLES;
    if (!example) throw new Error('no example');
    const plain = (payload: Payload): Payload => ({ ...payload, isSigned: false, bytes: concat(), chunks: [] });
    expect(await verify(requestOf(example), plain)).toBe(true);
  });
});
