import { describe, expect, it } from 'vitest';
import type { Exchange } from '../engine/index.ts';
import { requestKind } from './requestKind.ts';

function asked(startLine: string, headers: Exchange['request']['headers'] = [], link: Exchange['link'] = 'client-s3') {
  return requestKind({ index: 0, link, isSecure: true, request: { startLine, headers, bodyLength: 0 } });
}

describe('the kind of a request', () => {
  it.each([
    ['GET /lab/report.txt', 'get'],
    ['GET /lab/a/b/report.txt?versionId=3', 'get'],
    ['GET /lab/report.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0', 'get'],
    ['GET /lab/report.txt?AWSAccessKeyId=AKIA&Expires=1&Signature=0', 'get'],
    ['HEAD /lab/report.txt', 'head'],
    ['PUT /lab/report.txt', 'put'],
    ['DELETE /lab/report.txt', 'delete'],
    ['PUT /lab/report.txt?encryption', 'update'],
    ['GET /lab/report.txt?tagging', 'tags'],
    ['PUT /lab/report.txt?tagging', 'other'],
    ['POST /lab/report.txt?uploads=', 'open-upload'],
    ['PUT /lab/report.txt?partNumber=1&uploadId=x', 'part'],
    ['POST /lab/report.txt?uploadId=x', 'complete-upload'],
    ['DELETE /lab/report.txt?uploadId=x', 'abort-upload'],
    ['GET /lab?list-type=2', 'list'],
    ['GET /lab/', 'list'],
    ['GET /lab?encryption', 'bucket-read'],
    ['PUT /lab?encryption', 'bucket-change'],
    ['DELETE /lab?policy', 'bucket-change'],
    ['POST /lab/report.txt?__proto__', 'other'],
    ['POST /', 'bucket-read'],
    ['GET', 'list'],
  ])('of %s is %s', (line, kind) => {
    expect(asked(line.includes('/') ? `${line} HTTP/1.1` : line)).toBe(kind);
  });

  it('is a copy when the original is named', () => {
    expect(asked('PUT /lab/copy.txt HTTP/1.1', [['X-Amz-Copy-Source', '/lab/report.txt']])).toBe('copy');
  });

  it.each(['client-kms', 's3-kms'] as const)('is the operation of a call over %s (F-KMS-020)', link => {
    expect(asked('POST / HTTP/1.1', [['X-Amz-Target', 'TrentService.Encrypt']], link)).toBe('kms:Encrypt');
    expect(asked('POST / HTTP/1.1', [], link)).toBe('kms:');
  });
});
