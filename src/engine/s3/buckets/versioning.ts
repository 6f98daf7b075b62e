import type { Arrival } from '../arrival.ts';
import type { S3Request } from '../context.ts';
import { textOf, xmlAnswer } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import { REFUSALS } from '../refusal.ts';
import { configure, DONE, lookUp, takeDocument } from './configuration.ts';
import { BUCKET_REFUSALS } from './refusals.ts';

/** GetBucketVersioning: an empty document until it was ever switched on. @throws Refusal */
export async function getBucketVersioning(asked: S3Request): Promise<S3Answer> {
  authorize(asked, 's3:GetBucketVersioning');
  lookUp(asked, 'versioning');
  return { response: xmlAnswer('VersioningConfiguration', { Status: asked.bucket.versioning }) };
}

/** PutBucketVersioning: once on, it can only be suspended. Deleting with a second factor is not modelled. @throws Refusal */
export async function putBucketVersioning(asked: S3Request, arrival: Arrival): Promise<S3Answer> {
  authorize(asked, 's3:PutBucketVersioning');
  const tree = await takeDocument(asked, arrival, 'VersioningConfiguration');
  const [status, mfaDelete = 'Disabled'] = [textOf(tree, 'Status'), textOf(tree, 'MfaDelete')];
  if (mfaDelete === 'Enabled') throw REFUSALS.notImplemented();
  if (mfaDelete !== 'Disabled') throw REFUSALS.malformedXml();
  if (status === undefined) throw BUCKET_REFUSALS.noVersioningStatus();
  if (status !== 'Enabled' && status !== 'Suspended') throw REFUSALS.malformedXml();
  configure(asked, 'versioning', { ...asked.bucket, versioning: status }, arrival.body?.id);
  return { response: DONE };
}
