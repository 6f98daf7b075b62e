import type { HttpRefusal } from '../http/refusal.ts';
import type { Principal } from '../iam/principal.ts';

const NAMESPACE = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';

/** The answer of GetCallerIdentity. Of an account's root user the id is the account's. */
export function identityXml({ arn, userId, accountId }: Principal, requestId: string): string {
  const id = arn.endsWith(':root') ? accountId : userId;
  return [
    `<GetCallerIdentityResponse ${NAMESPACE}>`,
    '  <GetCallerIdentityResult>',
    `    <Arn>${escapeXml(arn)}</Arn>`,
    `    <UserId>${escapeXml(id)}</UserId>`,
    `    <Account>${escapeXml(accountId)}</Account>`,
    '  </GetCallerIdentityResult>',
    '  <ResponseMetadata>',
    `    <RequestId>${requestId}</RequestId>`,
    '  </ResponseMetadata>',
    '</GetCallerIdentityResponse>',
    '',
  ].join('\n');
}

/** An error document of the query protocol. The fault is the sender's below status 500. */
export function errorXml({ status, code, message }: HttpRefusal, requestId: string): string {
  return [
    `<ErrorResponse ${NAMESPACE}>`,
    '  <Error>',
    `    <Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>`,
    `    <Code>${escapeXml(code)}</Code>`,
    `    <Message>${escapeXml(message)}</Message>`,
    '  </Error>',
    `  <RequestId>${requestId}</RequestId>`,
    '</ErrorResponse>',
    '',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML 1.0; characters that XML has no place for become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"]/g, mark => ENTITIES[mark] ?? mark);
}
