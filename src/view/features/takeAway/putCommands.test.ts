import { describe, expect, it } from 'vitest';
import type { SavedObject } from '../../../worker/takeAwayProtocol.ts';
import { filesOf, putCommandsOf } from './putCommands.ts';

const object: SavedObject = {
  objectName: "it's a $(report).txt",
  body: new Blob([new Uint8Array(39)]),
  contentType: 'text/plain',
  metadata: { 'x-amz-c': '115', 'x-amz-m': '{"a":"b"}' },
};
const instructionFile: SavedObject = {
  objectName: `${object.objectName}.instruction`,
  body: new Blob(['{}']),
  contentType: 'application/json',
  metadata: { 'x-amz-crypto-instr-file': '' },
};

describe('the files of an object', () => {
  it('are body and metadata, and those of the instruction file where there is one', async () => {
    const files = filesOf({ object, instructionFile });
    expect(files.map(({ name }) => name)).toEqual([
      'object.encrypted',
      'object.metadata.json',
      'object.instruction',
      'instruction.metadata.json',
    ]);
    expect(filesOf({ object })).toHaveLength(2);
    expect(JSON.parse((await files[1]?.content.text()) ?? '')).toEqual(object.metadata);
    expect(JSON.parse((await files[3]?.content.text()) ?? '')).toEqual({ 'x-amz-crypto-instr-file': '' });
  });
});

describe('the commands that upload them', () => {
  it('name bucket, object, file and metadata, safe for a shell', () => {
    expect(putCommandsOf({ object }, { bucketName: 'mine' })).toBe(
      [
        'aws s3api put-object',
        '--bucket mine',
        "--key 'it'\\''s a $(report).txt'",
        '--body object.encrypted',
        '--content-type text/plain',
        '--metadata file://object.metadata.json',
      ].join(' \\\n  '),
    );
  });

  it('are one for each object, at an endpoint of one’s own where that is wished', () => {
    const text = putCommandsOf({ object, instructionFile }, { bucketName: 'mine', endpoint: 'http://localhost:4571' });
    expect(text.match(/aws s3api put-object/g)).toHaveLength(2);
    expect(text.match(/--endpoint-url http:\/\/localhost:4571/g)).toHaveLength(2);
    expect(text).toContain("--key 'it'\\''s a $(report).txt.instruction'");
  });

  it('quote a bucket that somebody typed', () => {
    expect(putCommandsOf({ object }, { bucketName: '; rm -rf ~' })).toContain("--bucket '; rm -rf ~'");
  });
});
