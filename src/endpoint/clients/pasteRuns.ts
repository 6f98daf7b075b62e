import {
  type Exchange,
  type RunResult,
  type RunSpec,
  runDownload,
  runUpload,
  storeUnrecorded,
  type Trace,
  type World,
} from '../../engine/index.ts';

export const SEED = 'class';
export const OBJECT = 'The quarterly figures';
const NAME = 'report.txt';
const LENGTH = OBJECT.length;

/** What the page does when it is asked for this run. */
export async function runAsPage(spec: RunSpec): Promise<RunResult> {
  const input = () => ({ name: NAME, type: 'text/plain', bytes: new TextEncoder().encode(OBJECT) });
  if (spec.operation === 'upload') return runUpload(spec, input());
  return runDownload(spec, await storeUnrecorded(spec, input()), { name: NAME, length: LENGTH });
}

/** The files that the commands of a run name, as the learner would have them, by name. */
export function filesOf({ trace, world }: RunResult): Readonly<Record<string, Uint8Array>> {
  const customerKey = keyOf(world);
  const ciphertext = ciphertextOf(trace);
  return {
    [NAME]: new TextEncoder().encode(OBJECT),
    ...(customerKey ? { 'customer.key': customerKey } : {}),
    ...(ciphertext ? { [`${NAME}.encrypted`]: ciphertext } : {}),
  };
}

function keyOf({ customers }: World): Uint8Array | undefined {
  const { room, keyRing } = customers.owner;
  return keyRing.customerKey === undefined ? undefined : room.getBytes(keyRing.customerKey);
}

/** What the customer encrypted on their own side; small enough to be whole in the trace. */
function ciphertextOf({ events, artifacts }: Trace): Uint8Array | undefined {
  const made = events
    .filter(event => event.verb === 'encrypted' && event.place === 'client')
    .flatMap(event => event.outputs.map(id => artifacts[id]))
    .find(artifact => artifact?.kind === 'ciphertext-object');
  return made && Buffer.from(made.head, 'hex');
}

/** Every data key of a run, in Base64. */
export function dataKeysOf({ artifacts }: Trace): string[] {
  const keys = Object.values(artifacts).filter(({ kind }) => kind === 'data-key');
  return keys.map(({ head }) => Buffer.from(head, 'hex').toString('base64'));
}

/** AWS's code of a refusal; `undefined` for an answer that is none. */
export function refusalOf({ response }: Exchange): string | undefined {
  if (response === undefined || / [23]\d\d /.test(response.startLine)) return undefined;
  const type = response.json?.__type;
  return /<Code>(\w+)</.exec(response.bodyText ?? '')?.[1] ?? (typeof type === 'string' ? type : 'no code');
}

/** For the name of a case: `PutObject`, or the call of KMS. */
export function nameOf({ request, link }: Exchange): string {
  const target = request.headers.find(([name]) => name.toLowerCase() === 'x-amz-target')?.[1];
  return `${link} ${target?.split('.').at(-1) ?? request.startLine.split(' ')[0]}`;
}
