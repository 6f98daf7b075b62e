/** Wrapping keys that come and go, and objects as S3 holds them: what the page asks of the engine beside runs. */
import {
  cryptoRandom,
  describeKey,
  findKeyProblem,
  forgetKeyRings,
  formatAesKey,
  formatRsaKey,
  type GivenWrappingKey,
  type HeldObject,
  makeWrappingKey,
  parseWrappingKey,
  readHeld,
  type World,
} from '../engine/index.ts';
import type { LabReply } from './protocol.ts';
import type { SavedObject, TakeAwayAnswer, TakeAwayQuestion, WrappingKeyFile } from './takeAwayProtocol.ts';

/** A kept world, as far as it matters here. */
export interface KeptWorld {
  readonly world: World;
  readonly stored: { readonly name: string };
  readonly objectId: number;
  /** The key that the learner brought to it. */
  readonly ownKey?: { readonly type: WrappingKeyFile['type']; readonly fingerprint: string } | undefined;
}

/** The key as the engine takes it, over the same bytes. */
export function givenOf({ type, secret }: WrappingKeyFile): GivenWrappingKey {
  return type === 'aes' ? { type, bytes: secret } : { type, pkcs8: secret };
}

/**
 * Answers a question.
 * @param kept worlds by name; worlds that hold a forgotten key are taken out of it
 * @param nameOf under which name the world of a run is kept
 */
export async function answerTakeAway(
  question: TakeAwayQuestion,
  kept: Map<string, KeptWorld>,
  nameOf: (question: TakeAwayQuestion & { type: 'read-stored' }) => string,
): Promise<TakeAwayAnswer> {
  switch (question.type) {
    case 'make-key':
      return keyAnswer(await makeWrappingKey(question.keyType, cryptoRandom));
    case 'read-key': {
      const parsed = parseWrappingKey(question.text, question.keyType);
      if ('problem' in parsed) return { type: 'problem', problem: parsed.problem };
      const problem = await findKeyProblem(parsed);
      if (problem === undefined) return keyAnswer(parsed);
      (parsed.type === 'aes' ? parsed.bytes : parsed.pkcs8).fill(0);
      return { type: 'problem', problem };
    }
    case 'write-key': {
      const { type, secret } = question.wrappingKey;
      try {
        return { type: 'text', text: type === 'aes' ? formatAesKey(secret) : formatRsaKey(secret) };
      } finally {
        secret.fill(0);
      }
    }
    case 'forget-keys':
      for (const [name, { world, ownKey }] of kept) {
        if (ownKey?.type !== question.keyType) continue;
        forgetKeyRings(world);
        kept.delete(name);
      }
      return { type: 'forgotten' };
    case 'read-stored': {
      const one = kept.get(nameOf(question));
      const held = one?.objectId === question.objectId ? await readHeld(one.world, one.stored.name) : undefined;
      if (!held) return { type: 'problem', problem: 'S3 holds no such object any more: upload it once more.' };
      const { object, instructionFile } = held;
      return {
        type: 'stored',
        object: savedOf(object),
        ...(instructionFile ? { instructionFile: savedOf(instructionFile) } : {}),
      };
    }
  }
}

/** What moves to the page instead of being copied: of a key, no copy stays behind. */
export function transfersOf(reply: LabReply): Transferable[] {
  return reply.type === 'answer' && reply.answer.type === 'key' ? [reply.answer.wrappingKey.secret.buffer] : [];
}

async function keyAnswer(given: GivenWrappingKey): Promise<TakeAwayAnswer> {
  const secret = given.type === 'aes' ? given.bytes : given.pkcs8;
  return { type: 'key', wrappingKey: { type: given.type, secret, ...(await describeKey(given)) } };
}

function savedOf({ body, ...rest }: HeldObject): SavedObject {
  return { ...rest, body: new Blob([body]) };
}
