import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../crypto/seededRandom.ts';
import { bodyText, findHeader, type HttpRequest, textBody } from '../http/message.ts';
import type { HttpRefusal } from '../http/refusal.ts';
import type { Principal } from '../iam/principal.ts';
import { createSts } from './sts.ts';

const ALICE: Principal = {
  name: 'alice',
  arn: 'arn:aws:iam::111122223333:user/alice',
  accountId: '111122223333',
  userId: 'AIDAALICEALICEALICEAA',
  canonicalId: '1'.repeat(64),
  displayName: 'Alice',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'x'.repeat(40),
  identityPolicies: [
    { Version: '2012-10-17', Statement: [{ Sid: 'No', Effect: 'Deny', Action: ['sts:*'], Resource: ['*'] }] },
  ],
};
const FORM = 'application/x-www-form-urlencoded; charset=utf-8';

async function ask(
  body: string,
  { method = 'POST', query = '', type = FORM, caller = ALICE as Principal | { refusal: HttpRefusal } } = {},
) {
  const handle = createSts({ random: seededRandom('sts'), authenticate: () => Promise.resolve(caller) });
  const request: HttpRequest = {
    method,
    path: '/',
    query,
    headers: type === '' ? [] : [['Content-Type', type]],
    body: textBody(body),
  };
  const response = await handle(request, { isSecure: true, sourceIp: '127.0.0.1' });
  return { ...response, text: bodyText(response.body) };
}

describe('GetCallerIdentity', () => {
  it.each([
    ['a form', { method: 'POST', query: '', type: FORM }],
    ['a query', { method: 'GET', query: 'Action=GetCallerIdentity&Version=2011-06-15', type: '' }],
  ])('by %s tells who signed, whatever the policies say', async (_, how) => {
    const { status, text, headers } = await ask(
      how.method === 'POST' ? 'Action=GetCallerIdentity&Version=2011-06-15' : '',
      how,
    );
    expect(status).toBe(200);
    expect(text).toContain('<Arn>arn:aws:iam::111122223333:user/alice</Arn>');
    expect(text).toContain('<UserId>AIDAALICEALICEALICEAA</UserId>');
    expect(text).toContain('<Account>111122223333</Account>');
    const requestId = findHeader({ headers }, 'x-amzn-requestid');
    expect(requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(text).toContain(`<RequestId>${requestId}</RequestId>`);
    expect(findHeader({ headers }, 'content-type')).toBe('text/xml');
    expect(XMLValidator.validate(text)).toBe(true);
  });

  it('of the root user gives the account as its id', async () => {
    const root = { ...ALICE, arn: 'arn:aws:iam::111122223333:root' };
    const { text } = await ask('Action=GetCallerIdentity&Version=2011-06-15', { caller: root });
    expect(text).toContain('<UserId>111122223333</UserId>');
  });
});

describe('STS refuses', () => {
  it.each([
    ['nothing', '', 'MissingAction', 'An action is missing'],
    ['an empty action', 'Action=&Version=2011-06-15', 'MissingAction', 'An action is missing'],
    ['a broken escape', 'Action=%zz&Version=2011-06-15', 'MissingAction', 'An action is missing'],
    ['another action', 'Action=AssumeRole&Version=2011-06-15', 'InvalidAction', 'AssumeRole for version 2011-06-15'],
    ['another version', 'Action=GetCallerIdentity&Version=2010-05-08', 'InvalidAction', 'for version 2010-05-08'],
    ['no version', 'Action=GetCallerIdentity', 'InvalidAction', 'for version NO_VERSION_SPECIFIED'],
    ['markup', 'Action=%3Cb%3E%26%00%F0%9F%92%A5&Version=1', 'InvalidAction', '&lt;b&gt;&amp;\ufffd💥 for'],
    ['a name of the prototype', 'Action=__proto__&Version=1', 'InvalidAction', '__proto__ for version 1'],
  ])('%s as the sender’s fault, in well-formed XML', async (_, body, code, message) => {
    const { status, text } = await ask(body);
    expect(status).toBe(400);
    expect(text).toContain(`<Type>Sender</Type>\n    <Code>${code}</Code>\n    <Message>`);
    expect(text).toContain(message);
    expect(XMLValidator.validate(text)).toBe(true);
  });

  it('a body that is no form', async () => {
    expect((await ask('{"Action":"GetCallerIdentity"}', { type: 'application/x-amz-json-1.1' })).status).toBe(400);
  });

  it.each([
    [400, 'MissingAuthenticationTokenException', 403, 'MissingAuthenticationToken'],
    [400, 'UnrecognizedClientException', 403, 'InvalidClientTokenId'],
    [400, 'InvalidSignatureException', 403, 'SignatureDoesNotMatch'],
    [400, 'IncompleteSignatureException', 400, 'IncompleteSignature'],
    [403, 'SignatureDoesNotMatch', 403, 'SignatureDoesNotMatch'],
    [400, 'constructor', 400, 'constructor'],
    [500, 'InternalFailure', 500, 'InternalFailure'],
  ])('who did not sign well: %i %s is %i %s here', async (status, code, expectedStatus, expectedCode) => {
    const caller = { refusal: { status, code, message: 'why' } };
    const answer = await ask('Action=GetCallerIdentity&Version=2011-06-15', { caller });
    expect(answer.status).toBe(expectedStatus);
    expect(answer.text).toContain(`<Code>${expectedCode}</Code>`);
    expect(answer.text).toContain(status < 500 ? '<Type>Sender</Type>' : '<Type>Receiver</Type>');
  });
});
