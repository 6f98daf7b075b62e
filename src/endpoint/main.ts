import process from 'node:process';
import { HELP, parseArguments } from './arguments.ts';
import { StartProblem, startEndpoint } from './endpoint.ts';
import { describeFailure } from './failure.ts';
import { untilStopped } from './stopSignal.ts';

/** Exit codes: bad arguments or users; data folder, port or certificate that cannot be used. */
const BAD_ARGUMENTS = 2;
const UNUSABLE = 1;

const report = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
// Whoever reads the output may be gone: that must not end the endpoint.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

// What goes wrong outside of every request is told, and the others are served on.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (thrown: unknown) => report(describeFailure('internal error outside of a request', thrown)));
}

/** Runs until a signal comes. Resolves with the exit code. */
async function run(argv: readonly string[]): Promise<number> {
  const parsed = parseArguments(argv);
  if (parsed.kind === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  if (parsed.kind === 'bad') {
    report(parsed.message);
    return BAD_ARGUMENTS;
  }
  const stopped = untilStopped();
  try {
    const endpoint = await startEndpoint(parsed.arguments, report);
    if (!parsed.arguments.isQuiet) process.stdout.write(`${endpoint.description}\nReady. Ctrl+C stops it.\n`);
    await stopped;
    await endpoint.stop();
    return 0;
  } catch (thrown) {
    const isKnown = thrown instanceof StartProblem;
    report(isKnown ? thrown.message : describeFailure('The endpoint cannot run', thrown));
    return isKnown && thrown.about === 'users' ? BAD_ARGUMENTS : UNUSABLE;
  }
}

process.exit(await run(process.argv.slice(2)));
