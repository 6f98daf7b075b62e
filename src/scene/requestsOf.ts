import type { Exchange, Trace } from '../engine/index.ts';

/** A request of the customer to S3, with what it cost in calls to KMS. */
export interface AskedRequest {
  /** Its index in `trace.exchanges`. */
  readonly exchange: number;
  /** Method and path, without the query: `PUT /bucket/name`. Names are user text, percent-encoded. */
  readonly asked: string;
  /** What S3 answered; absent when no answer came. */
  readonly status?: number;
  /** S3's error code, where the answer has one. */
  readonly code?: string;
  /** How often S3 called KMS for it. */
  readonly kms: number;
  /** How many of these calls KMS refused: throttled ones among them. */
  readonly refused: number;
  /** Calls to KMS up to and with this request. */
  readonly kmsSoFar: number;
}

/** The customer’s requests to S3, in order. Calls that the customer makes to KMS themselves are not counted: S3 does not cause them. */
export function requestsOf(trace: Pick<Trace, 'exchanges'>): readonly AskedRequest[] {
  const requests: AskedRequest[] = [];
  for (const exchange of trace.exchanges) {
    if (exchange.link === 'client-s3') {
      requests.push({ ...describe(exchange), kms: 0, refused: 0, kmsSoFar: requests.at(-1)?.kmsSoFar ?? 0 });
      continue;
    }
    const cause = requests.at(-1);
    if (exchange.link !== 's3-kms' || !cause) continue;
    const isRefused = (statusOf(exchange) ?? 0) >= 400;
    requests[requests.length - 1] = {
      ...cause,
      kms: cause.kms + 1,
      refused: cause.refused + (isRefused ? 1 : 0),
      kmsSoFar: cause.kmsSoFar + 1,
    };
  }
  return requests;
}

/** Whether KMS throttled anybody in this run. */
export function isThrottled(trace: Pick<Trace, 'events'>): boolean {
  return trace.events.some(({ verb }) => verb === 'throttled');
}

function describe(exchange: Exchange): Pick<AskedRequest, 'exchange' | 'asked' | 'status' | 'code'> {
  const [method = '', target = ''] = exchange.request.startLine.split(' ');
  const status = statusOf(exchange);
  const code = /<Code>([A-Za-z0-9.]{1,64})<\/Code>/.exec(exchange.response?.bodyText ?? '')?.[1];
  return {
    exchange: exchange.index,
    asked: `${method} ${target.split('?')[0]}`,
    ...(status === undefined ? {} : { status }),
    ...(code === undefined || status === undefined || status < 400 ? {} : { code }),
  };
}

function statusOf({ response }: Exchange): number | undefined {
  const word = response?.startLine.split(' ')[1] ?? '';
  return /^\d{3}$/.test(word) ? Number(word) : undefined;
}
