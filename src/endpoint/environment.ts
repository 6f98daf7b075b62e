import type { Mode } from '../engine/index.ts';
import type { EndpointUser } from './users.ts';

export interface Surroundings {
  /** For example `http://127.0.0.1:4571`. */
  readonly url: string;
  readonly region: string;
  readonly users: readonly EndpointUser[];
  /** The users are the built-in ones, whose keys are public. */
  readonly hasPublicKeys: boolean;
  /** Present with TLS. */
  readonly certificatePath?: string;
  readonly trustsLoopback: boolean;
  /** Other machines can reach it. */
  readonly isOpen: boolean;
  readonly seed?: string;
  /** The world is that of a run of the page. */
  readonly lab?: Mode;
  readonly dataFolder?: string;
  readonly traceFolder?: string;
}

/** What is printed at the start: what the endpoint is, and blocks to paste into a shell, one a user. */
export function describeEnvironment(surroundings: Surroundings): string {
  const { url, region, users, certificatePath, dataFolder, traceFolder } = surroundings;
  const isPlain = certificatePath === undefined;
  const notes = [
    `Envelope endpoint: S3, KMS and STS of ${region} at ${url}`,
    isPlain && !surroundings.trustsLoopback
      ? 'Plain HTTP: SSE-C and writes under KMS keys are refused, as AWS does. --tls speaks HTTPS; --trust-loopback counts this line as secure.'
      : undefined,
    isPlain && surroundings.trustsLoopback
      ? 'Plain HTTP that counts as secure when it comes from this machine (--trust-loopback). For teaching only.'
      : undefined,
    surroundings.isOpen
      ? `Other machines can reach it.${surroundings.hasPublicKeys ? ' The built-in access keys are public: anybody who can reach it can use them.' : ''}`
      : undefined,
    surroundings.seed === undefined
      ? undefined
      : 'A seed is in use: every key follows from it. Never for real secrets.',
    surroundings.lab === undefined
      ? undefined
      : `The world of the page's run of ${surroundings.lab} with this seed: the same bucket, keys and people. The bucket is empty.`,
    dataFolder === undefined
      ? `Nothing is kept: the world ends with the endpoint.${surroundings.lab === undefined ? ' --data DIR keeps it.' : ''}`
      : `Kept in ${dataFolder}`,
    traceFolder === undefined ? undefined : `Traces, the newest 100, in ${traceFolder}`,
  ].filter(note => note !== undefined);
  const blocks = users.map(user => blockOf(user, surroundings));
  return `${[notes.join('\n'), ...blocks].join('\n\n')}\n`;
}

function blockOf({ principal }: EndpointUser, { url, region, certificatePath }: Surroundings): string {
  return [
    `# ${principal.name} of account ${principal.accountId}`,
    line('AWS_ENDPOINT_URL', url, 'where S3, KMS and STS are'),
    line('AWS_ACCESS_KEY_ID', principal.accessKeyId, 'who asks'),
    line('AWS_SECRET_ACCESS_KEY', principal.secretAccessKey, 'signs requests, never travels'),
    line('AWS_REGION', region, 'for the SDKs'),
    line('AWS_DEFAULT_REGION', region, 'for the AWS CLI and boto3'),
    ...(certificatePath === undefined
      ? []
      : [
          line('AWS_CA_BUNDLE', certificatePath, 'the certificate, for the AWS CLI and boto3'),
          line('NODE_EXTRA_CA_CERTS', certificatePath, 'the same for the SDK for JavaScript'),
        ]),
    // Credentials of another session would make the keys above invalid.
    'unset AWS_SESSION_TOKEN AWS_PROFILE  # nothing of another account is mixed in',
  ].join('\n');
}

function line(name: string, value: string, comment: string): string {
  return `export ${name}=${quote(value)}  # ${comment}`;
}

/** A word for a POSIX shell, quoted when it needs to be. */
function quote(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
