import { describe, expect, it } from 'vitest';
import { createBucketHarness } from '../../../testing/bucketHarness.ts';
import { defaultRule, encryptionXml, UNBLOCK_RULE } from '../../../testing/s3Harness.ts';
import { newBucket } from '../bucket.ts';

const KEY_ARN = 'arn:aws:kms:eu-central-1:444455556666:key/0f0e0d0c-0b0a-4908-8706-050403020100';
const MALFORMED = [
  400,
  'MalformedXML',
  'The XML you provided was not well-formed or did not validate against our published schema',
];
const NO_BUCKET = [404, 'NoSuchBucket', 'The specified bucket does not exist'];
const BLOCK_RULE =
  '<Rule><BlockedEncryptionTypes><EncryptionType>SSE-C</EncryptionType></BlockedEncryptionTypes></Rule>';

interface Shown {
  readonly algorithm?: string;
  readonly kmsKeyId?: string;
  readonly bucketKey?: string;
  readonly blocked?: string;
}

/** The document of GetBucketEncryption, as it must be: nothing more and nothing less. */
function shown({ algorithm = 'AES256', kmsKeyId, bucketKey = 'false', blocked = 'SSE-C' }: Shown = {}) {
  return {
    Rule: {
      ApplyServerSideEncryptionByDefault: {
        SSEAlgorithm: algorithm,
        ...(kmsKeyId === undefined ? {} : { KMSMasterKeyID: kmsKeyId }),
      },
      BucketKeyEnabled: bucketKey,
      BlockedEncryptionTypes: { EncryptionType: blocked },
    },
  };
}

async function setUp() {
  const harness = await createBucketHarness();
  const query = 'encryption';
  const put = async (xml: string, more = {}) => {
    const { status, error } = await harness.ask({ method: 'PUT', query, body: xml, ...more });
    return status === 200 ? 200 : [status, error.Code, error.Message];
  };
  const get = async (more = {}) => {
    const { status, error, document } = await harness.ask({ query, ...more });
    return status === 200 ? document.ServerSideEncryptionConfiguration : [status, error.Code, error.Message];
  };
  const remove = async (more = {}) => {
    const { status, error } = await harness.ask({ method: 'DELETE', query, ...more });
    return status === 204 ? 204 : [status, error.Code, error.Message];
  };
  return { ...harness, put, get, remove };
}

describe('default encryption (facts, 11.1)', () => {
  it('F-BKT-001, F-NON-004: a bucket that nobody touched has SSE-S3', async () => {
    const { get } = await setUp();
    expect(await get()).toEqual(shown());
  });

  it.each(['AES256', 'aws:kms', 'aws:kms:dsse'])('F-BKT-002: %s can be a default', async algorithm => {
    const { put, get } = await setUp();
    expect(await put(encryptionXml(defaultRule(algorithm)))).toBe(200);
    expect(await get()).toEqual(shown({ algorithm }));
  });

  it('F-BKT-002: SSE-C cannot', async () => {
    const { put } = await setUp();
    expect(await put(encryptionXml(defaultRule('SSE-C')))).toEqual(MALFORMED);
  });

  it('F-BKT-003: PUT answers 200, DELETE 204 as often as one likes, and resets to SSE-S3', async () => {
    const { put, get, remove } = await setUp();
    expect(await put(encryptionXml(defaultRule('aws:kms', KEY_ARN)))).toBe(200);
    expect(await remove()).toBe(204);
    expect(await get()).toEqual(shown());
    expect(await remove()).toBe(204);
  });

  it('F-BKT-003: PUT wants a hash of the document, of any kind', async () => {
    const { put, ask } = await setUp();
    const xml = encryptionXml(defaultRule('AES256'));
    const needed = 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*';
    expect(await put(xml, { hasMd5: false })).toEqual([400, 'InvalidRequest', needed]);
    const wrong = [['x-amz-checksum-crc32', 'AAAAAA==']] as const;
    expect((await ask({ method: 'PUT', query: 'encryption', body: xml, headers: wrong })).error.Code).toBe('BadDigest');
    const wrongMd5 = [['content-md5', 'AAAAAAAAAAAAAAAAAAAAAA==']] as const;
    expect(await put(xml, { hasMd5: false, headers: wrongMd5 })).toEqual([
      400,
      'BadDigest',
      'The Content-MD5 you specified did not match what we received.',
    ]);
  });

  it.each(['PUT', 'GET', 'DELETE'])('F-BKT-004: %s needs its permission', async method => {
    const { ask, people } = await setUp();
    const action = `s3:${method === 'GET' ? 'Get' : 'Put'}EncryptionConfiguration`;
    const answer = await ask({ method, query: 'encryption', body: encryptionXml(UNBLOCK_RULE), as: 'reader' });
    expect([answer.status, answer.error.Code, answer.error.Message]).toEqual([
      403,
      'AccessDenied',
      `User: ${people.reader.arn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
    ]);
  });

  it('F-BKT-005: the document comes back in the shape in which it was put', async () => {
    const { put, get, ask } = await setUp();
    const rule = `<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>${KEY_ARN}</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled><BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType></BlockedEncryptionTypes></Rule>`;
    expect(await put(encryptionXml(rule))).toBe(200);
    expect(await get()).toEqual(shown({ algorithm: 'aws:kms', kmsKeyId: KEY_ARN, bucketKey: 'true', blocked: 'NONE' }));
    expect((await ask({ query: 'encryption' })).text).toContain(rule);
  });

  it.each([
    ['F-BKT-006', 'no rule', encryptionXml()],
    ['F-BKT-006', 'two rules', encryptionXml(defaultRule('AES256'), defaultRule('AES256'))],
    ['F-ERR-060', 'an empty rule', encryptionXml('<Rule/>')],
    ['F-ERR-060', 'no document', ''],
    ['F-ERR-063', 'an algorithm that there is not', encryptionXml(defaultRule('SSE-KMS'))],
    ['F-ERR-063', 'an algorithm in other letters', encryptionXml(defaultRule('aes256'))],
    ['F-ERR-063', 'a type that cannot be blocked', encryptionXml(UNBLOCK_RULE.replace('NONE', 'SSE-S3'))],
    [
      'F-BKT-012',
      'KMSKeyID, as an example has it',
      encryptionXml(defaultRule('aws:kms', 'x')).replaceAll('KMSMasterKeyID', 'KMSKeyID'),
    ],
    [
      'F-BLK-002',
      'SSE-C and NONE together',
      encryptionXml(BLOCK_RULE.replace('<Enc', '<EncryptionType>NONE</EncryptionType><Enc')),
    ],
    ['F-BLK-002', 'nothing to block', encryptionXml('<Rule><BlockedEncryptionTypes/></Rule>')],
    [
      'the schema',
      'a Bucket Key that is neither on nor off',
      encryptionXml('<Rule><BucketKeyEnabled>maybe</BucketKeyEnabled></Rule>'),
    ],
    [
      'the schema',
      'two algorithms',
      encryptionXml(
        defaultRule('AES256').replace('</SSEAlgorithm>', '</SSEAlgorithm><SSEAlgorithm>aws:kms</SSEAlgorithm>'),
      ),
    ],
    ['the schema', 'elements in a text', encryptionXml(defaultRule('<b>AES256</b>'))],
    [
      'the schema',
      'two defaults',
      encryptionXml('<Rule><ApplyServerSideEncryptionByDefault/><ApplyServerSideEncryptionByDefault/></Rule>'),
    ],
    ['the schema', 'an unknown element', encryptionXml(BLOCK_RULE.replace('<Rule>', '<Rule><Other/>'))],
  ])('%s: %s is malformed', async (_fact, _what, xml) => {
    const { put, get } = await setUp();
    expect(await put(xml)).toEqual(MALFORMED);
    expect(await get()).toEqual(shown());
  });

  it('F-BKT-007, F-ERR-061: a KMS key goes with KMS only', async () => {
    const { ask, put, get } = await setUp();
    const { status, error } = await ask({
      method: 'PUT',
      query: 'encryption',
      body: encryptionXml(defaultRule('AES256', KEY_ARN)),
    });
    expect([status, error.Code, error.ArgumentName, error.Message]).toEqual([
      400,
      'InvalidArgument',
      'ApplyServerSideEncryptionByDefault',
      'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
    ]);
    for (const algorithm of ['aws:kms', 'aws:kms:dsse']) {
      expect(await put(encryptionXml(defaultRule(algorithm, KEY_ARN)))).toBe(200);
      expect(await get()).toEqual(shown({ algorithm, kmsKeyId: KEY_ARN }));
    }
  });

  it.each(['no key at all', 'alias/nobody', KEY_ARN])('F-BKT-008: the key is not looked for: %s', async kmsKeyId => {
    const { put, get } = await setUp();
    expect(await put(encryptionXml(defaultRule('aws:kms', kmsKeyId)))).toBe(200);
    expect(await get()).toEqual(shown({ algorithm: 'aws:kms', kmsKeyId }));
  });

  it('takes the Bucket Key away with a default that does not name it', async () => {
    const { put, get } = await setUp();
    await put(
      encryptionXml(defaultRule('aws:kms').replace('</Rule>', '<BucketKeyEnabled>true</BucketKeyEnabled></Rule>')),
    );
    expect(await get()).toEqual(shown({ algorithm: 'aws:kms', bucketKey: 'true' }));
    await put(encryptionXml(UNBLOCK_RULE));
    expect(await get()).toEqual(shown({ algorithm: 'aws:kms', bucketKey: 'true', blocked: 'NONE' }));
    await put(encryptionXml(defaultRule('aws:kms')));
    expect(await get()).toEqual(shown({ algorithm: 'aws:kms', blocked: 'NONE' }));
  });
});

describe('blocking SSE-C (facts, 11.4)', () => {
  it('F-BLK-001, F-BLK-002: a rule can block SSE-C, or nothing', async () => {
    const { put, get } = await setUp();
    expect(await put(encryptionXml(UNBLOCK_RULE))).toBe(200);
    expect(await get()).toEqual(shown({ blocked: 'NONE' }));
    expect(await put(encryptionXml(BLOCK_RULE))).toBe(200);
    expect(await get()).toEqual(shown());
  });

  it('F-BLK-006: a bucket that is made today blocks it', async () => {
    const { ask } = await setUp();
    const body =
      '<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>';
    expect((await ask({ method: 'PUT', path: '/fresh-bucket', body })).status).toBe(200);
    const answer = await ask({ path: '/fresh-bucket', query: 'encryption' });
    expect(answer.document.ServerSideEncryptionConfiguration).toEqual(shown());
  });

  it('F-BLK-008, F-BLK-009: NONE alone lifts the block and leaves the default', async () => {
    const { put, get } = await setUp();
    await put(encryptionXml(defaultRule('aws:kms', KEY_ARN)));
    await put(encryptionXml(UNBLOCK_RULE));
    expect(await get()).toEqual(shown({ algorithm: 'aws:kms', kmsKeyId: KEY_ARN, blocked: 'NONE' }));
  });

  it('F-BLK-012: a rule without the element leaves what is blocked, and it is always shown', async () => {
    const { put, get } = await setUp();
    await put(encryptionXml(defaultRule('aws:kms')));
    expect(await get()).toEqual(shown({ algorithm: 'aws:kms' }));
    await put(encryptionXml(UNBLOCK_RULE));
    await put(encryptionXml(defaultRule('AES256')));
    expect(await get()).toEqual(shown({ blocked: 'NONE' }));
  });

  it.each([
    [UNBLOCK_RULE, 'NONE'],
    [BLOCK_RULE, 'SSE-C'],
  ])('F-BLK-013: deleting the rule keeps what is blocked, in our model: %s', async (rule, blocked) => {
    const { put, get, remove } = await setUp();
    await put(encryptionXml(rule));
    await remove();
    expect(await get()).toEqual(shown({ blocked }));
  });

  it('F-BLK-014: it is an element of the document; a header does nothing', async () => {
    const { put, get } = await setUp();
    const headers = [['x-amz-blocked-encryption-types', 'NONE']];
    expect(await put(encryptionXml(defaultRule('AES256')), { headers })).toBe(200);
    expect(await get()).toEqual(shown());
  });
});

describe('where there is no rule, or no bucket (facts, 12.4)', () => {
  it('F-ERR-062: all three calls miss the bucket', async () => {
    const { put, get, remove } = await setUp();
    const path = { path: '/not-there' };
    expect([await put(encryptionXml(UNBLOCK_RULE), path), await get(path), await remove(path)]).toEqual([
      NO_BUCKET,
      NO_BUCKET,
      NO_BUCKET,
    ]);
  });

  it('F-ERR-064, F-NON-003: a bucket of before 2023 has none, until one is put', async () => {
    const { ask, put, get, keep, parts } = await setUp();
    keep(newBucket('old-bucket', '111122223333', 0, 'before-2023'));
    const path = { path: '/old-bucket' };
    const { status, error } = await ask({ ...path, query: 'encryption' });
    expect([status, error.Code, error.Message, error.BucketName]).toEqual([
      404,
      'ServerSideEncryptionConfigurationNotFoundError',
      'The server side encryption configuration was not found',
      'old-bucket',
    ]);
    expect((await ask({ ...path, method: 'DELETE', query: 'encryption' })).status).toBe(204);
    expect(parts.buckets.get('old-bucket').encryption).toBeUndefined();
    await put(encryptionXml(defaultRule('aws:kms')), path);
    expect(await get(path)).toEqual(shown({ algorithm: 'aws:kms' }));
  });

  it('names its owner when the caller wants it checked', async () => {
    const { ask } = await setUp();
    const owned = (id: string) => ask({ query: 'encryption', headers: [['x-amz-expected-bucket-owner', id]] });
    expect((await owned('111122223333')).status).toBe(200);
    expect((await owned('444455556666')).status).toBe(403);
  });
});
