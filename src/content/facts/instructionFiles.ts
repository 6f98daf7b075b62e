import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

/** Instruction files, and reading a part of an object. */
export const instructionFileFacts = {
  'F-FMT-085': {
    text: 'An instruction file is named after its object with .instruction added, and holds one JSON object.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-086': {
    text: 'Clients write instruction files only when they are told to.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-087': {
    text: 'In formats V1 and V2 the instruction file takes the whole envelope, and the object keeps none of it.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-088': {
    text: 'In format V3 commitment, message id and suite stay on the object; only the wrapped key moves to the file.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-089': {
    text: 'To S3 an instruction file is an object like any other, with its own permissions, encryption and versions.',
    grade: 'derived',
    ...SOURCES.derived,
  },
  'F-FMT-090': {
    text: 'The Python client refuses an instruction file that holds any name it does not know.',
    grade: 'documented',
    ...SOURCES.pythonClient,
  },
  'F-FMT-092': {
    text: 'A client that reads a byte range decrypts with AES-CTR and checks no tag, so it does so only on request.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-FMT-093': {
    text: 'For a byte range the client asks S3 for whole cipher blocks and one more block on either side.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-094': {
    text: 'The counter of a block is the IV, followed by two plus the number of the block in 32 bits.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-095': {
    text: 'In format V3 the key commitment is checked for a byte range too, before anything is decrypted.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-FMT-096': {
    text: 'A range that reaches the end of the body loses its last 16 bytes: they are the tag.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
} as const satisfies Record<string, Fact>;
