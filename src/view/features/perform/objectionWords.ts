import type { Actor, Place } from '../../../engine/index.ts';
import type { Objection } from '../../../scene/perform.ts';
import type { Segment } from '../../../scene/segment.ts';

const WHO: Readonly<Record<Actor, string>> = {
  client: 'You',
  s3: 'Amazon S3',
  kms: 'AWS KMS',
  tap: 'The eavesdropper',
  trail: 'CloudTrail',
};

const WHERE: Readonly<Record<Place, string>> = {
  client: 'on your side',
  network: 'on the network',
  's3.memory': 'in the memory of Amazon S3',
  's3.disk': 'on the disks of Amazon S3',
  's3.keys': 'with the own keys of Amazon S3',
  'kms.host': 'in AWS KMS, outside the HSM',
  'kms.hsm': 'in the HSM of AWS KMS',
  audit: 'in CloudTrail',
};

const PIECES = {
  'too-few': 'This is done there, but something it is done with is missing in what you said.',
  'too-many': 'This is done there, but not with all of these pieces.',
  other: 'This is done there, but with other pieces.',
} as const;

/** Why a move cannot be made now, in a sentence or two. */
export function objectionWords(objection: Objection): readonly Segment[] {
  switch (objection.kind) {
    case 'done':
      return [{ text: 'This has been done already.' }];
    case 'actor':
      return [{ text: `This happens, but ${lower(WHO[objection.actor])} ${verb(objection.actor, 'do', 'does')} it.` }];
    case 'stays':
      return [
        { artifact: objection.artifact },
        { text: ` stays ${WHERE[objection.place]}: it is used there and nowhere else.` },
      ];
    case 'secret':
      return [
        { text: 'Whoever looks there could read ' },
        { artifact: objection.artifact },
        { text: `: no secret may lie open ${WHERE[objection.place]}.` },
      ];
    case 'not-held':
      return [
        { text: `${WHO[objection.actor]} ${verb(objection.actor, 'do', 'does')} not hold ` },
        { artifact: objection.artifact },
        { text: ' at this moment.' },
      ];
    case 'locked':
      return [
        { text: 'Nothing opens ' },
        { artifact: objection.artifact },
        { text: ' without ' },
        { artifact: objection.opener },
        { text: '.' },
      ];
    case 'in-use':
      return [
        { artifact: objection.artifact },
        { text: ` is needed ${WHERE[objection.place]} once more before it may go.` },
      ];
    case 'gate':
      return [
        { text: 'The gate is still shut: ' },
        { text: `${lower(WHO[objection.actor])} must first decide whether the request may pass.` },
      ];
    case 'request':
      return [{ text: `Nobody has asked ${lower(WHO[objection.actor])} for anything yet.` }];
    case 'check':
      return [{ text: 'Something that this relies on has not been checked yet.' }];
    case 'answer':
      return [{ text: 'It is too early to answer: something that the answer tells of is still to be done.' }];
    case 'place':
      return [{ text: 'This happens, with these pieces, but somewhere else.' }];
    case 'artifacts':
      return [{ text: PIECES[objection.how] }];
    case 'idle':
      return [{ text: 'Nothing in this run asks for that.' }];
  }
}

function lower(name: string): string {
  return name === 'You' ? 'you' : name;
}

function verb(actor: Actor, second: string, third: string): string {
  return actor === 'client' ? second : third;
}
