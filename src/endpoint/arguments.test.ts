import { describe, expect, it } from 'vitest';
import { HELP, parseArguments } from './arguments.ts';

const DEFAULTS = {
  host: '127.0.0.1',
  port: 4571,
  region: 'eu-central-1',
  isTls: false,
  trustsLoopback: false,
  isQuiet: false,
};

describe('the command line', () => {
  it.each([
    [[], {}],
    [['--port', '0'], { port: 0 }],
    [['--port=8080'], { port: 8080 }],
    [['--host', '0.0.0.0'], { host: '0.0.0.0' }],
    [['--host', '::1'], { host: '::1' }],
    [['--region', 'us-gov-west-1'], { region: 'us-gov-west-1' }],
    [['--tls', '--trust-loopback', '--quiet'], { isTls: true, trustsLoopback: true, isQuiet: true }],
    [['--users', 'u.json', '--seed', 'class 7'], { usersFile: 'u.json', seed: 'class 7' }],
    [['--lab', 'cse-kms', '--seed', 's'], { lab: 'cse-kms', seed: 's' }],
    [['--lab=none', '--seed=-s', '--region', 'eu-central-1', '--tls'], { lab: 'none', seed: '-s', isTls: true }],
    [['--data', 'd', '--trace', 't'], { dataFolder: 'd', traceFolder: 't' }],
  ])('%j is understood', (argv, expected) => {
    expect(parseArguments(argv)).toEqual({ kind: 'start', arguments: { ...DEFAULTS, ...expected } });
  });

  it.each([
    [['--port', '65536'], '--port needs a whole number'],
    [['--port', '-1'], '--port needs a value'],
    [['--port=-1'], '--port needs a whole number'],
    [['--port', '1e3'], '--port needs a whole number'],
    [['--port', ''], '--port needs a whole number'],
    [['--port'], '--port needs a value'],
    [['--host', 'a b'], '--host needs an address'],
    [['--region', 'Frankfurt'], '--region needs a name'],
    [['--seed', ' '], '--seed needs a value that is not empty'],
    [['--data='], '--data needs a value that is not empty'],
    [['--lab', 'sse-c'], '--lab needs the --seed of the run'],
    [['--lab', 'sse', '--seed', 's'], '--lab needs one of: sse-s3, sse-kms-aws'],
    [['--lab', 'constructor', '--seed', 's'], '--lab needs one of'],
    [['--lab=', '--seed', 's'], '--lab needs one of'],
    [['--lab', 'sse-c', '--seed', ' '], '--seed needs a value that is not empty'],
    [['--lab', 'sse-c', '--seed', 's', '--users', 'u'], '--lab has the people of the run: leave out --users'],
    [['--lab', 'sse-c', '--seed', 's', '--data', 'd'], '--lab begins anew with each start: leave out --data'],
    [['--lab', 'sse-c', '--seed', 's', '--region', 'us-east-1'], '--lab plays eu-central-1: leave out --region'],
    [['--tls=yes'], '--tls takes no value'],
    [['--fast'], '--fast is not an option'],
    [['-x'], '-x is not an option'],
    [['start'], 'There is a word that belongs to no option'],
  ])('%j is refused with what to do', (argv, message) => {
    const parsed = parseArguments(argv);
    expect(parsed.kind).toBe('bad');
    expect(parsed.kind === 'bad' && parsed.message).toContain(message);
  });

  it.each([
    [['--sed', 'hunter2']],
    [['hunter2']],
    [['--secret=hunter2']],
    [['--tls=hunter2']],
    [['--host', 'hunter2 ']],
    [['--lab', 'hunter2', '--seed', 'hunter2']],
  ])('%j is refused without repeating the value', argv => {
    const parsed = parseArguments(argv);
    expect(parsed.kind === 'bad' && parsed.message).not.toContain('hunter2');
    expect(parsed.kind).toBe('bad');
  });

  it('asks for help and every option is in it', () => {
    expect(parseArguments(['--port', '1', '--help'])).toEqual({ kind: 'help' });
    for (const name of [
      'port',
      'host',
      'region',
      'tls',
      'trust-loopback',
      'users',
      'seed',
      'lab',
      'data',
      'trace',
      'quiet',
    ]) {
      expect(HELP).toContain(`--${name}`);
    }
  });
});
