import type { Artifact } from '../../../engine/index.ts';
import type { Holder } from '../../../scene/custody.ts';
import type { ModeAnswer, ModeFact, ModeQuestion } from '../../../scene/modeFacts.ts';
import { CHANCE } from '../../../scene/stepDifferences.ts';
import { ACTOR_WORDS } from './differenceWords.ts';

export const QUESTION_WORDS: Readonly<Record<ModeQuestion, string>> = {
  generates: 'Who makes the data key',
  wraps: 'Who wraps it, under which key',
  stores: 'Where the encrypted data key lies',
  reads: 'Who can read the object at some time',
  logs: 'What CloudTrail records',
  costs: 'What it asks of KMS',
  chooses: 'Which header chooses it',
};

const HOLDER_WORDS: Readonly<Record<Holder, string>> = {
  you: 'you',
  network: 'whoever taps the line',
  's3-memory': 'S3, in its memory',
  's3-disk': 'whoever has S3’s disks',
  's3-keys': 'S3’s key store',
  kms: 'AWS KMS',
  audit: 'CloudTrail',
};
const UNDER_WORDS: Readonly<Partial<Record<Artifact['kind'], string>>> = {
  's3-root-key': 'under a key of its own',
  'backing-key': 'under the KMS key',
  'wrapping-key': 'under your wrapping key',
  'public-key': 'under your public RSA key',
};
/** What is not done to an object that nobody encrypts. */
const NOT_ENCRYPTED: Readonly<Partial<Record<ModeQuestion, string>>> = {
  generates: 'nobody: the object is not encrypted',
  wraps: 'nobody',
  stores: 'nowhere: there is none',
};

/** An answer in a few words; `code` stands in the byte typeface. */
export interface FactText {
  readonly text?: string;
  readonly code?: string;
}

export function factText({ question, answer, run }: ModeFact): FactText {
  switch (answer.what) {
    case 'generated':
      return { text: ACTOR_WORDS[answer.by] ?? answer.by };
    case 'brought':
      return { text: 'nobody: you bring the key' };
    case 'wrapped':
      return { text: `${ACTOR_WORDS[answer.by] ?? answer.by}, ${UNDER_WORDS[answer.kind] ?? 'under another key'}` };
    case 'not-wrapped':
      return { text: answer.instead ? 'nobody: S3 keeps only a check of the key' : 'nobody' };
    case 'stored':
      return { text: `S3 disks, ${placeWords(answer)}` };
    case 'not-stored':
      return { text: 'nowhere: there is none' };
    case 'reader':
      return { text: HOLDER_WORDS[answer.holder] };
    case 'logged':
      return { text: `${answer.source.toUpperCase()}: `, code: answer.name };
    case 'kms-requests':
      return { text: `KMS requests, ${run}: ${answer.count}` };
    case 'header':
      return { code: answer.value === CHANCE ? answer.name : `${answer.name}: ${answer.value}` };
    case 'no-header':
      return { text: 'none' };
    case 'not-encrypted':
      return { text: NOT_ENCRYPTED[question] ?? 'nobody' };
  }
}

function placeWords({ writtenBy, isOwnObject }: Extract<ModeAnswer, { what: 'stored' }>): string {
  if (isOwnObject) return 'in an instruction file of yours';
  return writtenBy === 'client' ? 'in the metadata you sent' : 'kept by S3 with the object';
}
