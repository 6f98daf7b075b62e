import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PORT, parseArguments } from '../endpoint/arguments.ts';
import { MODES, type RunSpec, TRANSPORTS } from '../engine/index.ts';
import { OWN_ENDPOINT, startCommandOf } from './ownEndpoint.ts';

const RUN: RunSpec = { mode: 'sse-c', operation: 'upload', transport: 'https', principal: 'owner', seed: 'class' };

/** What the endpoint is told when the line is pasted into a shell. */
function told(line: string) {
  const script = `npm() { shift 3; for each in "$@"; do printf '%s\\0' "$each"; done; }\n${line}`;
  return parseArguments(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1));
}

describe('the line that starts an endpoint of one’s own', () => {
  it.each(MODES.flatMap(mode => TRANSPORTS.map(transport => ({ mode, transport }))))(
    'asks for the world of $mode over $transport',
    run => {
      expect(told(startCommandOf({ ...RUN, ...run }) ?? '')).toMatchObject({
        kind: 'start',
        arguments: { lab: run.mode, seed: 'class', trustsLoopback: run.transport === 'https', port: DEFAULT_PORT },
      });
    },
  );

  it.each(['class 7', "it's", '-x', '--tls', '$(id) `id` "$HOME"', 'a\nb', '\u001b[2J', '👩‍🔬'])(
    'hands over the seed %j whole',
    seed => {
      expect(told(startCommandOf({ ...RUN, seed }) ?? '')).toMatchObject({ arguments: { seed, lab: 'sse-c' } });
    },
  );

  it('is not given without a seed, or with one that no command can carry', () => {
    const { seed: _, ...unseeded } = RUN;
    expect(startCommandOf(unseeded)).toBeUndefined();
    for (const seed of ['', ' ', 'a\u0000b']) expect(startCommandOf({ ...RUN, seed })).toBeUndefined();
  });

  it('leads to the port at which commands are sent', () => {
    expect(OWN_ENDPOINT).toBe(`http://localhost:${DEFAULT_PORT}`);
  });
});
