import { type Bytes, utf8 } from '../../bytes/bytes.ts';
import { encodeSegment } from '../../http/address.ts';
import { bodyOf, EMPTY_BODY, findHeader, type Header, type HttpResponse } from '../../http/message.ts';
import { type FormUpload, readForm } from '../../http/multipartForm.ts';
import { ANONYMOUS } from '../../iam/principal.ts';
import { checkFormSignature } from '../../sigv4/sigV4.ts';
import type { Artifact } from '../../trace/artifact.ts';
import type { Arrival } from '../arrival.ts';
import { checkBodyHash } from '../checkHash.ts';
import { admitWrite } from '../chooseEncryption.ts';
import { type AuthType, holdInMemory, type S3Request } from '../context.ts';
import { xmlDocument } from '../document.ts';
import { encryptionHeaders } from '../encryptionHeaders.ts';
import { signerOf } from '../gate.ts';
import { sseAppliedOf } from '../log.ts';
import type { S3Answer } from '../operation.ts';
import { REFUSALS, Refusal } from '../refusal.ts';
import type { StoredObject } from '../storedObject.ts';
import { newVersionHeaders } from './findVersion.ts';
import { describeNew } from './newObject.ts';
import { checkPostPolicy, parsePostPolicy } from './postPolicy.ts';
import { MAX_PUT_BYTES } from './putObject.ts';
import { OBJECT_REFUSALS } from './refusals.ts';
import { taggingHeaderOf } from './tags.ts';
import { checksumHeaders, withCustomerKey, writeObject } from './writeObject.ts';

/** Fields that say what the headers of the same name say in a PUT (F-HDR-015). */
const HEADER_FIELDS =
  /^(?:cache-control|content-type|content-disposition|content-encoding|content-language|content-md5|expires|x-amz-.+)$/;
/** Of those the ones that only prove who asks. */
const PROOF_FIELDS = /^x-amz-(?:algorithm|credential|date|signature|security-token|content-sha256)$/;
/** Headers of the request itself that count for a form too. */
const KEPT_HEADERS = ['host', 'user-agent', 'referer', 'x-amz-expected-bucket-owner'];

/** Stands for the name of the file on the sender's disk. */
const FILE_NAME = /\$\{filename\}/g;

/** POST Object: an upload from a browser's form, whose fields say and prove what headers do elsewhere (F-HDR-029, F-PRE-005). @throws Refusal */
export async function postObject(asked: S3Request, arrival: Arrival): Promise<S3Answer> {
  const { s3, bucket, request } = asked;
  const form = await readForm({ ...request, body: bodyOf(arrival.bodyBytes) });
  if ('refusal' in form) throw new Refusal(form.refusal, []);
  const { fields, file } = form;
  const who = await authenticateForm(asked, fields);
  const objectName = nameOf(form);
  const policy = fields.get('policy');
  if (policy !== undefined) {
    const upload = { bucketName: bucket.name, contentLength: file.bytes.length, now: s3.clock.now() };
    checkPostPolicy(parsePostPolicy(policy), fields, upload);
  }
  const posted: S3Request = {
    ...asked,
    ...who,
    objectName,
    request: { ...request, headers: headersOf(asked, fields) },
  };
  const choice = admitWrite(posted, 's3:PutObject');
  return withCustomerKey(choice.customerKey, async () => {
    if (who.authType === 'ANONYMOUS' && choice.algorithm?.startsWith('aws:kms')) throw REFUSALS.kmsUnsigned();
    if (file.bytes.length > MAX_PUT_BYTES) throw OBJECT_REFUSALS.entityTooLarge(file.bytes.length, MAX_PUT_BYTES);
    const described = describeNew(posted);
    const body = await takeFile(posted, file.bytes, choice.customerKey?.bytes);
    const contentLength = file.bytes.length;
    const checksum = await checkBodyHash(posted, { body, bodyBytes: file.bytes });
    const stored = await writeObject(posted, choice, described, { body, bytes: file.bytes, checksum });
    const headers = [
      ['ETag', `"${stored.etag}"`] as const,
      ...checksumHeaders(checksum.algorithm, checksum.bytes),
      ...encryptionHeaders(stored.encryption),
      ...newVersionHeaders(stored),
    ];
    return {
      response: answer(asked, fields, stored, headers),
      told: {
        objectName,
        authType: who.authType,
        caller: callerOf(who.principal),
        bytesIn: contentLength,
        ...sseAppliedOf(stored.encryption, choice.isDefault),
      },
    };
  });
}

/** Who asks, by the signature over the policy. A form without one is anonymous. @throws Refusal */
async function authenticateForm(
  { s3 }: S3Request,
  fields: FormUpload['fields'],
): Promise<{ principal: S3Request['principal']; authType: AuthType }> {
  s3.recorder.step('s3.checkSignature', 's3');
  const check = await checkFormSignature(fields, {
    region: s3.region,
    service: 's3',
    now: s3.clock.now(),
    findSecret: accessKeyId => s3.findPrincipal(accessKeyId),
  });
  if (check.kind === 'anonymous') return { principal: ANONYMOUS, authType: 'ANONYMOUS' };
  if (check.kind === 'refused') throw new Refusal(check.refusal, []);
  if (check.kind === 'unknown-access-key') throw REFUSALS.unknownAccessKey(check.accessKeyId);
  return { principal: signerOf(s3, check, ['F-PRE-005']), authType: 'POST' };
}

/** For the audit log, which otherwise names whoever the headers prove: nobody. */
function callerOf({ arn, accountId, accessKeyId }: S3Request['principal'] & { readonly accessKeyId?: string }) {
  return { arn, accountId, ...(accessKeyId === undefined ? {} : { accessKeyId }) };
}

/** The field `key`, in which `${filename}` stands for the file's own name. @throws Refusal */
function nameOf({ fields, file }: FormUpload): string {
  const given = fields.get('key');
  if (given === undefined) throw OBJECT_REFUSALS.noFormField('key');
  // A file without a name of its own leaves the words as they are.
  const name = file.fileName === '' && file.type === '' ? given : given.replaceAll(FILE_NAME, () => file.fileName);
  if (name === '') throw OBJECT_REFUSALS.emptyFormName();
  return name;
}

/** The fields as the headers of a PUT. What the form itself came with does not count. @throws Refusal */
function headersOf({ request }: S3Request, fields: FormUpload['fields']): Header[] {
  const own = request.headers.filter(([name]) => KEPT_HEADERS.includes(name.toLowerCase()));
  const said = [...fields].filter(([name]) => HEADER_FIELDS.test(name) && !PROOF_FIELDS.test(name));
  const acl = fields.get('acl');
  const tagging = fields.get('tagging');
  return [
    ...own,
    ...said.filter(([name]) => name !== 'x-amz-tagging'),
    ...(acl === undefined ? [] : ([['x-amz-acl', acl]] as const)),
    ...(tagging === undefined ? [] : ([['x-amz-tagging', taggingHeaderOf(utf8(tagging))]] as const)),
  ];
}

/**
 * What the form carries into S3's memory: the file, and a customer key if there is one. Out of the traffic when they are known to
 * travel there, else out of the form that arrived.
 */
async function takeFile(
  { s3, connection, objectName }: S3Request,
  bytes: Bytes,
  customerKey: Bytes | undefined,
): Promise<Artifact> {
  const file = await s3.recorder.identify({ kind: 'plaintext-object', name: objectName, bytes, isSecret: true });
  const taken: [Artifact, Bytes][] = [[file, bytes]];
  if (customerKey) {
    const description = { kind: 'customer-key', name: 'customer key', bytes: customerKey, isSecret: true } as const;
    taken.push([await s3.recorder.identify(description), customerKey.slice()]);
  }
  for (const [artifact, held] of taken) holdInMemory(s3, artifact, held);
  const outputs = taken.map(([artifact]) => artifact.id);
  const { arrival } = connection;
  const travelling = arrival ? (s3.recorder.get(arrival.capture).lock?.contents ?? []) : [];
  const facts = ['F-HDR-015'];
  s3.recorder.step('s3.checkHash', 's3');
  if (arrival && outputs.every(id => travelling.includes(id))) {
    const inputs = [arrival.capture, ...(arrival.sessionKey ? [arrival.sessionKey] : [])];
    s3.recorder.emit({ verb: 'received', from: 'network', place: 's3.memory', inputs, outputs, facts });
  } else {
    s3.recorder.emit({ verb: 'derived', place: 's3.memory', outputs, algorithm: 'multipart/form-data', facts });
  }
  return file;
}

/** 204, or what the form wants: a status of 200 or 201, or to be led elsewhere. */
function answer(
  asked: S3Request,
  fields: FormUpload['fields'],
  stored: StoredObject,
  told: readonly Header[],
): HttpResponse {
  const location = locationOf(asked, stored.objectName);
  const headers: Header[] = [...told, ['Location', location]];
  const target = findTarget(fields.get('success_action_redirect') ?? fields.get('redirect'));
  if (target) {
    const etag = `"${stored.etag}"`;
    const parts = Object.entries({ bucket: stored.bucketName, key: stored.objectName, etag });
    const query = parts.map(([name, value]) => `${name}=${encodeSegment(value)}`).join('&');
    const joined = `${target}${target.includes('?') ? '&' : '?'}${query}`;
    return { status: 303, headers: [...told, ['Location', joined]], body: EMPTY_BODY };
  }
  const status = fields.get('success_action_status');
  if (status === '200') return { status: 200, headers, body: EMPTY_BODY };
  if (status !== '201') return { status: 204, headers, body: EMPTY_BODY };
  const content = {
    Location: location,
    Bucket: stored.bucketName,
    Key: stored.objectName,
    ETag: `"${stored.etag}"`,
  };
  return {
    status: 201,
    headers: [['Content-Type', 'application/xml'], ...headers],
    body: xmlDocument('PostResponse', content, { xmlns: false }),
  };
}

/** Only whole addresses are followed; what is none counts as if the form had none. */
function findTarget(text: string | undefined): string | undefined {
  if (text === undefined || !/^https?:\/\/[^\s\p{C}]+$/iu.test(text)) return undefined;
  return text.replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}

/** Address of the new object; slashes of its name are encoded too. */
function locationOf({ request, connection, bucketName }: S3Request, objectName: string): string {
  const host = findHeader(request, 'host') ?? '';
  const isPathStyle = request.path.replace(/^\//, '') !== '';
  const base = `${connection.isSecure ? 'https' : 'http'}://${host}${isPathStyle ? `/${encodeSegment(bucketName)}` : ''}`;
  return `${base}/${encodeSegment(objectName)}`;
}
