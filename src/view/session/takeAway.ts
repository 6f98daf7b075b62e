import type { StoreApi } from 'zustand/vanilla';
import type { RunSpec } from '../../engine/index.ts';
import type { SavedObject, WrappingKeyFile } from '../../worker/takeAwayProtocol.ts';
import type { LabClient } from './labClient.ts';
import type { SessionState } from './state.ts';

export type KeyType = WrappingKeyFile['type'];

/** What may be shown of a key of one’s own. */
export type OwnKey = Pick<WrappingKeyFile, 'type' | 'bits' | 'fingerprint'>;
export type OwnKeys = Readonly<Partial<Record<KeyType, OwnKey>>>;

/** Done, or why not, as a sentence. */
export type Told<T> = { readonly ok: T } | { readonly problem: string };

/** Keys and objects that leave the page, and keys that enter it. The bytes of keys are in no state, storage or address. */
export interface TakeAway {
  /** A fresh key that may leave; the run starts over with it, and so do all that come. */
  readonly makeKey: (type: KeyType) => Promise<Told<OwnKey>>;
  /** Uses the key in a text. What was in use stays when the text is none, or is for the other mode. */
  readonly bringKey: (type: KeyType, text: string) => Promise<Told<OwnKey>>;
  /** The key in use, as the text of its file. */
  readonly showKey: (type: KeyType) => Promise<Told<string>>;
  /** Back to a fresh key for each run. Its bytes are overwritten, here and in the lab. */
  readonly forgetKey: (type: KeyType) => Promise<void>;
  /** The object of the run as S3 holds it. */
  readonly readStored: () => Promise<Told<{ readonly object: SavedObject; readonly instructionFile?: SavedObject }>>;
}

interface TakeAwayParts {
  readonly lab: LabClient;
  readonly store: StoreApi<SessionState>;
  /** Runs the same again. */
  readonly rerun: () => void;
}

const NO_LAB = { problem: 'The lab does not answer.' } as const;
const OTHER_TYPE: Readonly<Record<KeyType, string>> = {
  aes: 'This is an AES key, and the mode that you have chosen wraps with RSA. Choose the AES one first.',
  rsa: 'This is an RSA key, and the mode that you have chosen wraps with AES. Choose the RSA one first.',
};

/** For which type of key a run has use; a lesson brings its own keys. */
export function keyTypeOf({ mode, lesson }: Pick<RunSpec, 'mode' | 'lesson'>): KeyType | undefined {
  if (lesson) return undefined;
  return ({ 'cse-aes': 'aes', 'cse-rsa': 'rsa' } as const)[mode as 'cse-aes' | 'cse-rsa'];
}

/** Keeps the keys; `keyFor` is what a run takes along. */
export function createTakeAway({ lab, store, rerun }: TakeAwayParts): {
  readonly takeAway: TakeAway;
  readonly keyFor: (spec: RunSpec) => WrappingKeyFile | undefined;
} {
  const held = new Map<KeyType, WrappingKeyFile>();
  const ask: NonNullable<LabClient['ask']> = question =>
    lab.ask?.(question) ?? Promise.resolve({ type: 'problem', problem: NO_LAB.problem });
  const put = (type: KeyType, wrappingKey: WrappingKeyFile | undefined) => {
    held.get(type)?.secret.fill(0);
    held.delete(type);
    if (wrappingKey) held.set(type, wrappingKey);
    const { [type]: _former, ...others } = store.getState().ownKeys;
    store.setState({ ownKeys: wrappingKey ? { ...others, [type]: describe(wrappingKey) } : others });
  };
  const use = async (type: KeyType, question: Parameters<typeof ask>[0]): Promise<Told<OwnKey>> => {
    const answer = await ask(question);
    if (answer.type !== 'key') return answer.type === 'problem' ? { problem: answer.problem } : NO_LAB;
    const { wrappingKey } = answer;
    if (wrappingKey.type !== type) {
      wrappingKey.secret.fill(0);
      return { problem: OTHER_TYPE[wrappingKey.type] };
    }
    await ask({ type: 'forget-keys', keyType: type });
    put(type, wrappingKey);
    rerun();
    return { ok: describe(wrappingKey) };
  };

  return {
    keyFor: spec => {
      const type = keyTypeOf(spec);
      return type && held.get(type);
    },
    takeAway: {
      makeKey: type => use(type, { type: 'make-key', keyType: type }),
      bringKey: (type, text) => use(type, { type: 'read-key', text, keyType: type }),
      showKey: async type => {
        const wrappingKey = held.get(type);
        if (!wrappingKey) return { problem: 'There is no key to show.' };
        const answer = await ask({ type: 'write-key', wrappingKey });
        if (answer.type === 'text') return { ok: answer.text };
        return answer.type === 'problem' ? { problem: answer.problem } : NO_LAB;
      },
      forgetKey: async type => {
        if (!held.has(type)) return;
        put(type, undefined);
        await ask({ type: 'forget-keys', keyType: type });
        rerun();
      },
      readStored: async () => {
        const { trace, status, object } = store.getState();
        if (!trace || status !== 'ready') return { problem: 'Wait for the run to finish.' };
        const { run, outcome } = trace;
        if (run.lesson) return { problem: 'A lesson keeps its objects to itself.' };
        if (run.operation === 'upload' && run.principal !== 'owner') {
          return { problem: 'The lab keeps only what the application owner has stored: upload as the owner.' };
        }
        if (run.operation === 'upload' && !outcome.isOk) return { problem: 'Nothing was stored by this run.' };
        const type = keyTypeOf(run);
        const fingerprint = type && held.get(type)?.fingerprint;
        const answer = await ask({ type: 'read-stored', spec: run, objectId: object.id, fingerprint });
        if (answer.type === 'stored') {
          const { object: body, instructionFile } = answer;
          return { ok: { object: body, ...(instructionFile ? { instructionFile } : {}) } };
        }
        return answer.type === 'problem' ? { problem: answer.problem } : NO_LAB;
      },
    },
  };
}

function describe({ type, bits, fingerprint }: WrappingKeyFile): OwnKey {
  return { type, bits, fingerprint };
}
