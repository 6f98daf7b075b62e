import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyringOf, type SharedKeys, shareKeys } from './labCustomer.ts';
import { RUBY, whyNot } from './realClients.ts';
import { bodyOf, openStage, type Stage } from './stage.ts';

const FIRST = { owner: 'finance', year: '2025' };
const SECOND = { owner: 'finance', year: '2026' };
const WRAPS = ['aes', 'rsa'] as const;
type RawWrap = (typeof WRAPS)[number];

let stage: Stage;
let second: SharedKeys;
beforeAll(async () => {
  if (RUBY === undefined) return;
  stage = await openStage();
  second = await shareKeys(stage.lab.customer);
});
afterAll(() => stage?.stop());

/** What a job of the client for Ruby says when its key is the second one. */
const secondKey = () => ({ aesKey: second.aes.base64, rsaPem: second.rsa.pem, materialDescription: SECOND });

/** The lab's ring with both keys, the one that wraps first. */
function bothKeys(wrap: RawWrap, isSecondFirst: boolean) {
  const old = keyringOf(stage.lab, wrap, FIRST);
  const young = keyringOf({ ...stage.lab, keys: second }, wrap, SECOND);
  const turn = <K>(keys: readonly K[]): K[] => (isSecondFirst ? [...keys].reverse() : [...keys]);
  if (old.type === 'aes' && young.type === 'aes')
    return { type: 'aes' as const, keys: turn([...old.keys, ...young.keys]) };
  if (old.type === 'rsa' && young.type === 'rsa')
    return { type: 'rsa' as const, keys: turn([...old.keys, ...young.keys]) };
  throw new Error('a ring has keys of one kind');
}

describe.skipIf(RUBY === undefined)(`several wrapping keys, with the client for Ruby${whyNot(RUBY, 'Ruby')}`, () => {
  it.each(WRAPS)('the lab’s finds by its description the key that Ruby’s wrapped under (F-CSR-012): %s', async wrap => {
    const objectName = stage.newName();
    const written = await stage.writeByReal('Ruby', { objectName, wrap, byteLength: 40, ...secondKey() });
    expect(await stage.readByLab(objectName, wrap, { keyring: bothKeys(wrap, false) })).toBe(written);
    expect(await stage.readByLab(objectName, wrap)).toBe('DecryptionFailed UnableToUnwrapDataKey');
  });

  it.each(WRAPS)('Ruby’s finds by its description the key that the lab’s wrapped under: %s', async wrap => {
    const objectName = stage.newName();
    const written = await stage.writeByLab({ objectName, wrap, byteLength: 40 }, { keyring: bothKeys(wrap, true) });
    const get = { does: 'get', objectName, wrap } as const;
    expect(bodyOf(await stage.tell('Ruby', { ...get, ...secondKey() }))).toBe(written);
    // Its own ring has no key of that description.
    expect(await stage.tell('Ruby', { ...get, materialDescription: FIRST })).toMatchObject({
      error: { code: 'KeyError' },
    });
  });

  it.each(WRAPS)(
    'the lab’s wraps Ruby’s instruction file anew, and Ruby’s reads on with the new key (F-CSR-026): %s',
    async wrap => {
      const objectName = stage.newName();
      const writing = { objectName, wrap, isInFile: true, materialDescription: FIRST } as const;
      const written = await stage.writeByReal('Ruby', { ...writing, byteLength: 40 });
      const before = await stage.load(objectName);

      const [newKey] = keyringOf({ ...stage.lab, keys: second }, wrap, SECOND).keys;
      if (!newKey) throw new Error('a ring has a key');
      const client = stage.labClient(wrap, {
        keyring: keyringOf(stage.lab, wrap, FIRST),
        writesInstructionFiles: true,
      });
      const address = { bucketName: stage.lab.bucketName, objectName };
      expect(await client.reEncryptInstructionFile(address, newKey)).toMatchObject({ ok: { status: 200 } });

      expect(await stage.load(objectName)).toEqual(before);
      expect(bodyOf(await stage.tell('Ruby', { ...writing, does: 'get', ...secondKey() }))).toBe(written);
      expect(await stage.tell('Ruby', { ...writing, does: 'get' })).toMatchObject({ error: { code: 'KeyError' } });
    },
  );
});
