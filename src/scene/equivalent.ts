import type { Exchange, Mode } from '../engine/index.ts';
import type { Call } from './equivalent/call.ts';
import { readKms } from './equivalent/readKms.ts';
import { readS3 } from './equivalent/readS3.ts';
import { writeCli } from './equivalent/writeCli.ts';
import { writeSdk } from './equivalent/writeSdk.ts';

/** How one would send a request oneself. Never holds a secret: a customer key is read from the learner's own file. */
export interface EquivalentCommand {
  /** For a POSIX shell and the AWS CLI, version 1 or 2. */
  readonly cli: string;
  /** An ES module for node and the AWS SDK for JavaScript, version 3. */
  readonly sdk: string;
  /** Plain sentences: what has to be at hand, and what the command cannot do. */
  readonly note?: string;
}

export interface EquivalentOptions {
  /** Where to send it, for example `http://127.0.0.1:4566`. Without it: to AWS, or over plain HTTP where the request went so. */
  readonly endpoint?: string;
  /** How the object of the run is protected. */
  readonly mode?: Mode;
}

const ON_BEHALF =
  'Amazon S3 makes this call for you, inside AWS: you cannot type it. Shown is the same call as you could make it yourself.';
const ONLY_S3 =
  'Nobody but S3 may use the AWS managed key: its policy admits only calls that come through S3, so KMS answers you with AccessDeniedException.';
const PRESIGNED = 'The request came with its signature in the address; the command signs it in its headers instead.';
const OPEN = 'It goes over plain HTTP, as the request did: everybody on the line can read it.';

/**
 * The command and the program that send the request of an exchange again, read from the request as it stood on the wire
 * and from nothing else. `undefined` for what is no request of Amazon S3 or AWS KMS, or has a body that was cut.
 */
export function equivalentOf(exchange: Exchange, options: EquivalentOptions = {}): EquivalentCommand | undefined {
  const { request, link, isSecure } = exchange;
  const headers = new Map(request.headers.map(([name, value]): [string, string] => [name.toLowerCase(), value]));
  const isS3 = link === 'client-s3';
  const read = isS3 ? readS3(request, headers) : readKms(request, headers.get('x-amz-target') ?? '');
  if (!read) return undefined;
  const scope = scopeOf(request.startLine, headers.get('authorization') ?? '');
  const host = headers.get('host') ?? '';
  const isOpen = options.endpoint === undefined && isS3 && !isSecure && /^[A-Za-z0-9.:[\]-]+$/.test(host);
  const endpoint = options.endpoint ?? (isOpen ? `http://${host}` : undefined);
  const region = scope.region ?? /\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com$/.exec(host)?.[1];
  const notes = [
    ...(link === 's3-kms' ? [ON_BEHALF] : []),
    ...(link === 's3-kms' && options.mode === 'sse-kms-aws' ? [ONLY_S3] : []),
    ...read.notes,
    ...(scope.isPresigned ? [PRESIGNED] : []),
    ...(isOpen ? [OPEN] : []),
  ];
  const call: Call = {
    service: isS3 ? 's3' : 'kms',
    ...read,
    notes,
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    isSigned: link === 's3-kms' || scope.isSigned,
  };
  return { cli: writeCli(call), sdk: writeSdk(call), ...(notes.length === 0 ? {} : { note: notes.join(' ') }) };
}

/** Whether somebody signed, where the signature stands, and for which Region. */
function scopeOf(
  startLine: string,
  authorization: string,
): { isSigned: boolean; isPresigned: boolean; region?: string } {
  const isPresigned = /[?&](?:X-Amz-Signature|Signature)=/.test(startLine);
  const credential =
    /Credential=[^/,\s]+\/\d{8}\/([a-z0-9-]{1,40})\//.exec(authorization) ??
    /[?&]X-Amz-Credential=[^&%]+%2F\d{8}%2F([a-z0-9-]{1,40})%2F/i.exec(startLine);
  return {
    isSigned: isPresigned || authorization !== '',
    isPresigned,
    ...(credential?.[1] === undefined ? {} : { region: credential[1] }),
  };
}
