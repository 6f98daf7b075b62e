import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../engine/index.ts';
import { DEFAULT_USERS } from './defaultUsers.ts';
import { describeEnvironment, type Surroundings } from './environment.ts';
import { toUsers } from './users.ts';

const read = toUsers(DEFAULT_USERS, parsePolicy);
const users = 'users' in read ? read.users : [];
const PLAIN: Surroundings = {
  url: 'http://127.0.0.1:4571',
  region: 'eu-central-1',
  users,
  hasPublicKeys: true,
  trustsLoopback: false,
  isOpen: false,
};

/** What a shell knows after a block was pasted into it. */
function paste(text: string, user: string): Record<string, string> {
  const block = text.split('\n\n').find(part => part.startsWith(`# ${user} `)) ?? '';
  const output = execFileSync('sh', ['-c', `${block}\nenv`], {
    env: { PATH: process.env.PATH ?? '', AWS_SESSION_TOKEN: 'old', AWS_PROFILE: 'old' },
    encoding: 'utf8',
  });
  return Object.fromEntries(
    output
      .split('\n')
      .filter(line => /^(?:AWS|NODE)_/.test(line))
      .map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

describe('what is printed', () => {
  it.each(DEFAULT_USERS)('can be pasted into a shell to be $name', ({ name, accessKeyId, secretAccessKey }) => {
    expect(paste(describeEnvironment(PLAIN), name)).toEqual({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4571',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: 'eu-central-1',
      AWS_DEFAULT_REGION: 'eu-central-1',
    });
  });

  it('names the certificate with TLS, whatever is in its path', () => {
    const certificatePath = "/tmp/it's $HOME/a b.pem";
    expect(paste(describeEnvironment({ ...PLAIN, certificatePath }), 'admin')).toMatchObject({
      AWS_CA_BUNDLE: certificatePath,
      NODE_EXTRA_CA_CERTS: certificatePath,
    });
  });

  it('has a comment behind every line to paste', () => {
    const lines = describeEnvironment({ ...PLAIN, certificatePath: '/c.pem' }).split('\n');
    const exports = lines.filter(line => line.startsWith('export '));
    expect(exports).toHaveLength(7 * users.length);
    expect(exports.every(line => / {2}# \w/.test(line))).toBe(true);
  });

  it.each<[string, Partial<Surroundings>, RegExp | undefined, RegExp | undefined]>([
    ['plain HTTP', {}, /SSE-C and writes under KMS keys are refused.*--tls.*--trust-loopback/, /counts as secure when/],
    ['trusted loopback', { trustsLoopback: true }, /counts as secure when/, /are refused/],
    ['TLS', { certificatePath: '/c.pem' }, undefined, /Plain HTTP/],
    ['an open door', { isOpen: true }, /Other machines can reach it\. The built-in access keys are public/, undefined],
    ['an open door with users', { isOpen: true, hasPublicKeys: false }, /Other machines/, /keys are public/],
    ['a closed door', {}, undefined, /Other machines/],
    ['a seed', { seed: 'class 7' }, /A seed is in use/, /class 7/],
    ['a data folder', { dataFolder: '/d' }, /Kept in \/d/, /Nothing is kept/],
    ['no data folder', {}, /Nothing is kept/, undefined],
    ['a run of the page', { seed: 's', lab: 'sse-c' }, /run of sse-c with this seed.*bucket is empty/, /--data/],
    ['a trace folder', { traceFolder: '/t' }, /newest 100, in \/t/, undefined],
  ])('says what %s means', (_, more, said, unsaid) => {
    const text = describeEnvironment({ ...PLAIN, ...more });
    if (said) expect(text).toMatch(said);
    if (unsaid) expect(text).not.toMatch(unsaid);
    expect(text.endsWith('\n')).toBe(true);
  });
});
