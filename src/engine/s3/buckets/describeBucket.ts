import { EMPTY_BODY } from '../../http/message.ts';
import type { S3Request } from '../context.ts';
import { xmlAnswer } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';

/** HeadBucket: whether it is there, may be listed, and where it is. @throws Refusal */
export async function headBucket(asked: S3Request): Promise<S3Answer> {
  authorize(asked, 's3:ListBucket');
  return {
    response: {
      status: 200,
      headers: [
        ['x-amz-bucket-region', asked.s3.region],
        ['x-amz-access-point-alias', 'false'],
        ['Content-Type', 'application/xml'],
      ],
      body: EMPTY_BODY,
    },
  };
}

/** GetBucketLocation: empty for the oldest Region. @throws Refusal */
export async function getBucketLocation(asked: S3Request): Promise<S3Answer> {
  const { region } = asked.s3;
  authorize(asked, 's3:GetBucketLocation');
  return { response: xmlAnswer('LocationConstraint', region === 'us-east-1' ? '' : region) };
}
