import { asValue, type Call, type Given } from '../../../scene/equivalent/call.ts';
import { writeCli } from '../../../scene/equivalent/writeCli.ts';
import type { SavedObject } from '../../../worker/takeAwayProtocol.ts';

/** One of the files to save, under a name that no object’s name can disturb. */
export interface TakenFile {
  readonly name: string;
  readonly content: Blob;
}

export interface Taken {
  readonly object: SavedObject;
  readonly instructionFile?: SavedObject;
}

export interface Destination {
  readonly bucketName: string;
  readonly endpoint?: string;
}

/** Of each object its body and its metadata. */
const NAMES = {
  object: { body: 'object.encrypted', metadata: 'object.metadata.json' },
  instructionFile: { body: 'object.instruction', metadata: 'instruction.metadata.json' },
} as const;

/** Body and metadata of each object, as files. */
export function filesOf(taken: Taken): TakenFile[] {
  return partsOf(taken).flatMap(([names, { body, metadata }]) => [
    { name: names.body, content: body },
    { name: names.metadata, content: new Blob([`${JSON.stringify(metadata, undefined, 2)}\n`]) },
  ]);
}

/** Command lines that put exactly these files where a real client finds them. */
export function putCommandsOf(taken: Taken, { bucketName, endpoint }: Destination): string {
  return partsOf(taken)
    .map(([names, { objectName, contentType }]) => {
      const input: [string, Given][] = [
        ['Bucket', asValue(bucketName)],
        ['Key', asValue(objectName)],
        ['Body', { as: 'file', name: names.body }],
        ['ContentType', asValue(contentType)],
        ['Metadata', { as: 'text-file', name: names.metadata }],
      ];
      const call: Call = {
        service: 's3',
        operation: 'PutObject',
        input: new Map(input),
        ...(endpoint === undefined ? {} : { endpoint }),
        isSigned: true,
        notes: [],
      };
      return writeCli(call);
    })
    .join('\n');
}

function partsOf({
  object,
  instructionFile,
}: Taken): [names: (typeof NAMES)[keyof typeof NAMES], saved: SavedObject][] {
  const parts: ReturnType<typeof partsOf> = [[NAMES.object, object]];
  if (instructionFile) parts.push([NAMES.instructionFile, instructionFile]);
  return parts;
}
