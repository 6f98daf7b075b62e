import { parseArgs } from 'node:util';
import { MODES, type Mode } from '../engine/index.ts';

/** What the endpoint was asked to be. */
export interface EndpointArguments {
  /** Address to listen on. */
  readonly host: string;
  /** TCP port; 0 lets the system choose a free one. */
  readonly port: number;
  readonly region: string;
  readonly isTls: boolean;
  /** Plain HTTP from this machine counts as a secure line. */
  readonly trustsLoopback: boolean;
  readonly isQuiet: boolean;
  readonly usersFile?: string;
  readonly seed?: string;
  /** The world is that of the page's run of this mode with `seed`, which is there then; it has its own users. */
  readonly lab?: Mode;
  readonly dataFolder?: string;
  readonly traceFolder?: string;
}

export type ParsedArguments =
  | { readonly kind: 'start'; readonly arguments: EndpointArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'bad'; readonly message: string };

export const DEFAULT_PORT = 4571;
/** Where the page's runs take place, and the default. */
const LAB_REGION = 'eu-central-1';

export const HELP = `Usage: npm run endpoint -- [options]

Starts a small Amazon S3, AWS KMS and STS GetCallerIdentity for real AWS clients.

  --port NUMBER      port to listen on; 0 takes any free one (default ${DEFAULT_PORT})
  --host ADDRESS     address to listen on (default 127.0.0.1: this machine only)
  --region NAME      Region it plays (default ${LAB_REGION})
  --tls              speak HTTPS with a certificate it makes itself; its path is printed
  --trust-loopback   count plain HTTP from this machine as a secure line, for teaching
  --users FILE       JSON file with the users there are (default: four built-in users in two accounts)
  --seed TEXT        the same keys and ids at every start; never for real secrets
  --lab MODE         the empty bucket, the keys and the people of the page's run of this mode; needs its --seed
                     (${MODES.join(', ')})
  --data DIR         keep the world in this folder between starts
  --trace DIR        write the trace of each request into this folder; the newest 100 stay
  --quiet            print nothing but errors
  --help             print this text
`;

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  region: { type: 'string' },
  tls: { type: 'boolean' },
  'trust-loopback': { type: 'boolean' },
  users: { type: 'string' },
  seed: { type: 'string' },
  lab: { type: 'string' },
  data: { type: 'string' },
  trace: { type: 'string' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const SEE_HELP = '--help lists what there is.';

/**
 * Reads the command line. Values are never part of a message, except numbers and names that are no secrets:
 * somebody may have mistyped `--seed`.
 */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  let values: Values;
  try {
    values = parseArgs({ args: [...argv], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (thrown) {
    return { kind: 'bad', message: `${explain(thrown)} ${SEE_HELP}` };
  }
  if (values.help) return { kind: 'help' };
  const problem = findProblem(values);
  if (problem !== undefined) return { kind: 'bad', message: problem };
  const lab = MODES.find(mode => mode === values.lab);
  return {
    kind: 'start',
    arguments: {
      host: values.host ?? '127.0.0.1',
      port: Number(values.port ?? DEFAULT_PORT),
      region: values.region ?? LAB_REGION,
      isTls: values.tls ?? false,
      trustsLoopback: values['trust-loopback'] ?? false,
      isQuiet: values.quiet ?? false,
      ...(values.users === undefined ? {} : { usersFile: values.users }),
      ...(values.seed === undefined ? {} : { seed: values.seed }),
      ...(lab === undefined ? {} : { lab }),
      ...(values.data === undefined ? {} : { dataFolder: values.data }),
      ...(values.trace === undefined ? {} : { traceFolder: values.trace }),
    },
  };
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function findProblem(values: Values): string | undefined {
  if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) <= 65535)) {
    return '--port needs a whole number from 0 to 65535, for example --port 4571.';
  }
  if (values.host !== undefined && !/^[A-Za-z0-9._:-]{1,253}$/.test(values.host)) {
    return '--host needs an address or a host name, for example --host 127.0.0.1.';
  }
  if (values.region !== undefined && !/^[a-z]{2}(?:-[a-z]+){1,3}-\d{1,2}$/.test(values.region)) {
    return '--region needs a name such as eu-central-1.';
  }
  const empty = (['users', 'seed', 'data', 'trace'] as const).find(name => values[name]?.trim() === '');
  return empty === undefined ? findLabProblem(values) : `--${empty} needs a value that is not empty.`;
}

function findLabProblem({ lab, seed, users, data, region }: Values): string | undefined {
  if (lab === undefined) return undefined;
  if (!MODES.some(mode => mode === lab)) return `--lab needs one of: ${MODES.join(', ')}.`;
  if (seed === undefined) return '--lab needs the --seed of the run: the keys follow from it.';
  if (users !== undefined) return '--lab has the people of the run: leave out --users.';
  if (data !== undefined) return '--lab begins anew with each start: leave out --data.';
  if (region !== undefined && region !== LAB_REGION) return `--lab plays ${LAB_REGION}: leave out --region.`;
  return undefined;
}

function explain(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  const message = thrown instanceof Error ? thrown.message : '';
  const option = /'(--?[A-Za-z][A-Za-z-]{0,30})/.exec(message)?.[1] ?? 'An option';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `${option} is not an option of the endpoint.`;
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return 'There is a word that belongs to no option.';
  const name = /--[a-z-]+/.exec(message)?.[0] ?? option;
  return /argument missing|ambiguous/i.test(message) ? `${name} needs a value.` : `${name} takes no value.`;
}
