import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PYTHON, type RunningEndpoint, run, startEndpoint } from './clientPrograms.ts';

const reason = PYTHON === undefined ? ' (skipped: there is no boto3 here, and it could not be installed)' : '';

/** What the program prints is JSON; what it asserts in Python fails it with a trace on standard error. */
const PROGRAM = `
import base64, io, json, os, sys
import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
url = os.environ['AWS_ENDPOINT_URL']
s3 = boto3.client('s3', endpoint_url=url, config=Config(s3={'addressing_style': 'path'}))
kms = boto3.client('kms', endpoint_url=url)
sts = boto3.client('sts', endpoint_url=url)
told = {}
told['who'] = sts.get_caller_identity()['Arn']
key = kms.create_key()['KeyMetadata']['Arn']
s3.create_bucket(Bucket='boto', CreateBucketConfiguration={'LocationConstraint': 'eu-central-1'})
modes = {
    'sse-s3': dict(ServerSideEncryption='AES256'),
    'sse-kms': dict(ServerSideEncryption='aws:kms', SSEKMSKeyId=key),
    'bucket-key': dict(ServerSideEncryption='aws:kms', SSEKMSKeyId=key, BucketKeyEnabled=True),
    'dsse': dict(ServerSideEncryption='aws:kms:dsse', SSEKMSKeyId=key),
}
for name, extra in modes.items():
    s3.put_object(Bucket='boto', Key=name, Body=b'quarterly', Metadata={'mode': name}, **extra)
    got = s3.get_object(Bucket='boto', Key=name)
    told[name] = [got['Body'].read().decode(), got['ServerSideEncryption'], got['Metadata']]
big = os.urandom(9 * 1024 * 1024)
s3.upload_fileobj(io.BytesIO(big), 'boto', 'big', ExtraArgs=dict(ServerSideEncryption='aws:kms', SSEKMSKeyId=key))
back = io.BytesIO()
s3.download_fileobj('boto', 'big', back)
told['big'] = back.getvalue() == big
told['listed'] = [o['Key'] for page in s3.get_paginator('list_objects_v2').paginate(Bucket='boto', PaginationConfig={'PageSize': 2}) for o in page['Contents']]
s3.copy_object(Bucket='boto', Key='copy', CopySource={'Bucket': 'boto', 'Key': 'sse-kms'})
told['copy'] = s3.head_object(Bucket='boto', Key='copy')['ServerSideEncryption']
def code(call, **args):
    try:
        call(**args)
        return 'none'
    except ClientError as e:
        return [e.response['Error']['Code'], e.response['ResponseMetadata']['HTTPStatusCode']]
told['missing'] = code(s3.get_object, Bucket='boto', Key='never')
told['head missing'] = code(s3.head_object, Bucket='boto', Key='never')
told['bad context'] = code(kms.decrypt, CiphertextBlob=kms.encrypt(KeyId=key, Plaintext=b'x', EncryptionContext={'a': '1'})['CiphertextBlob'])
told['bad key'] = code(s3.put_object, Bucket='boto', Key='x', Body=b'x', ServerSideEncryption='aws:kms', SSEKMSKeyId='fake-key-id')
data_key = kms.generate_data_key(KeyId=key, KeySpec='AES_256')
told['data key'] = [len(data_key['Plaintext']), kms.decrypt(CiphertextBlob=data_key['CiphertextBlob'])['Plaintext'] == data_key['Plaintext']]
print(json.dumps(told))
`;

describe.skipIf(PYTHON === undefined)(`boto3 against the endpoint${reason}`, () => {
  let endpoint: RunningEndpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint(['--tls']);
  }, 60_000);
  afterAll(() => endpoint?.stop());

  it('goes over HTTPS with the endpoint’s own certificate, through objects, parts, lists, copies, keys and errors', async () => {
    const { code, out, err } = await run(PYTHON ?? '', ['-W', 'ignore', '-'], endpoint.environment(), {
      input: PROGRAM,
      cwd: endpoint.folder,
    });
    expect([code, err]).toEqual([0, '']);
    const modes = ['sse-s3', 'sse-kms', 'bucket-key', 'dsse'];
    const names = ['AES256', 'aws:kms', 'aws:kms', 'aws:kms:dsse'];
    expect(JSON.parse(out)).toEqual({
      who: 'arn:aws:iam::111122223333:user/admin',
      ...Object.fromEntries(modes.map((mode, i) => [mode, ['quarterly', names[i], { mode }]])),
      big: true,
      listed: ['big', 'bucket-key', 'dsse', 'sse-kms', 'sse-s3'],
      copy: 'AES256',
      missing: ['NoSuchKey', 404],
      'head missing': ['404', 404],
      'bad context': ['InvalidCiphertextException', 400],
      'bad key': ['KMS.NotFoundException', 400],
      'data key': [32, true],
    });
  }, 60_000);
});
