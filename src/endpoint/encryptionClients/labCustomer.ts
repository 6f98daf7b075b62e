import { randomBytes, webcrypto } from 'node:crypto';
import { request as sendHttp } from 'node:http';
import {
  type ArtifactId,
  bodyOf,
  cryptoRandom,
  gather,
  type Header,
  type HttpRequest,
  type HttpResponse,
  storeUnrecorded,
  type World,
  wallClock,
} from '../../engine/index.ts';
import type { Wrap } from './realClients.ts';

/** Somebody of the lab: what the lab's own encryption client works for. */
export type LabCustomer = World['customers']['owner'];

/** Keys that the lab's customer and a real client share. */
export interface SharedKeys {
  readonly aes: { readonly id: ArtifactId; readonly base64: string };
  readonly rsa: {
    readonly privateKey: ArtifactId;
    readonly publicKey: ArtifactId;
    readonly publicHandle: CryptoKey;
    readonly pem: string;
  };
}

/** The endpoint is told to be the world of this mode and seed: then bucket, KMS key and credentials are known to both. */
export const WORLD = { mode: 'cse-kms', seed: 'encryption-clients' } as const;

export interface Lab {
  /** A customer of the lab whose line does not lead to the lab's own AWS but, over plain HTTP, to the endpoint. */
  readonly customer: LabCustomer;
  readonly bucketName: string;
  readonly kmsKeyArn: string;
  /** The owner's credentials, as real clients take them. */
  readonly environment: NodeJS.ProcessEnv;
  readonly keys: SharedKeys;
}

/** Somebody of the lab for an endpoint that plays `WORLD`, and the keys they share with the real clients. */
export async function createLab(endpointUrl: string): Promise<Lab> {
  const world = await storeUnrecorded(
    { ...WORLD, operation: 'upload', transport: 'https', principal: 'owner' },
    { name: 'unused', type: '', bytes: new Uint8Array(0) },
  );
  const { owner } = world.customers;
  const customer: LabCustomer = {
    ...owner,
    // The seed gives names and credentials; what is done with them is done now, and never twice the same.
    random: cryptoRandom,
    clock: wallClock,
    send: async (to, request) => {
      const response = await exchange(endpointUrl, request);
      if (to === 'kms') await takeKeys(owner, response);
      return response;
    },
  };
  const { accessKeyId, secretAccessKey } = world.people.owner;
  return {
    customer,
    bucketName: world.names.bucketName,
    kmsKeyArn: world.names.kmsKeyArn,
    environment: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
    keys: await shareKeys(customer),
  };
}

type Named<K> = K & { readonly materialDescription?: Readonly<Record<string, string>> };
/** Key rings as the lab's client takes them. */
export interface LabRings {
  readonly kms: { readonly type: 'kms'; readonly kmsKeyId: string };
  readonly aes: { readonly type: 'aes'; readonly keys: readonly Named<{ readonly wrappingKey: ArtifactId }>[] };
  readonly rsa: { readonly type: 'rsa'; readonly keys: readonly Named<Omit<SharedKeys['rsa'], 'pem'>>[] };
}

/** The lab's key ring for a wrap: the very keys that the real clients have. */
export function keyringOf<W extends Wrap>(
  { keys, kmsKeyArn }: Lab,
  wrap: W,
  materialDescription?: Record<string, string>,
): LabRings[W] {
  const named = materialDescription ? { materialDescription } : {};
  const { privateKey, publicKey, publicHandle } = keys.rsa;
  const rings: LabRings = {
    kms: { type: 'kms', kmsKeyId: kmsKeyArn },
    aes: { type: 'aes', keys: [{ wrappingKey: keys.aes.id, ...named }] },
    rsa: { type: 'rsa', keys: [{ privateKey, publicKey, publicHandle, ...named }] },
  };
  return rings[wrap];
}

/** Gives the customer a new AES key and a new RSA key pair, and tells the same keys in the forms that real clients take. */
export async function shareKeys({ recorder, room }: LabCustomer): Promise<SharedKeys> {
  const { subtle } = webcrypto;
  const aesBytes = new Uint8Array(randomBytes(32));
  const aes = await recorder.identify({ kind: 'wrapping-key', name: 'AES key', bytes: aesBytes, isSecret: true });
  room.hold(aes.id, aesBytes);

  const oaep = { name: 'RSA-OAEP', hash: 'SHA-1' };
  const pair = await subtle.generateKey(
    { ...oaep, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'],
  );
  const pkcs8 = await subtle.exportKey('pkcs8', pair.privateKey);
  const spki = new Uint8Array(await subtle.exportKey('spki', pair.publicKey));
  // The lab's own keys cannot be exported; a handle made from the same bytes is like one of them.
  const handle = await subtle.importKey('pkcs8', pkcs8, oaep, false, ['decrypt', 'unwrapKey']);
  const name = { handle: `shared-${aes.id}` };
  const privateKey = await recorder.identify({ kind: 'wrapping-key', name: 'RSA key', bytes: name, isSecret: true });
  room.hold(privateKey.id, handle);
  const publicKey = await recorder.identify({
    kind: 'public-key',
    name: 'RSA public key',
    bytes: spki,
    isSecret: false,
  });
  room.hold(publicKey.id, spki);
  return {
    aes: { id: aes.id, base64: Buffer.from(aesBytes).toString('base64') },
    rsa: {
      privateKey: privateKey.id,
      publicKey: publicKey.id,
      publicHandle: pair.publicKey,
      pem: `-----BEGIN PRIVATE KEY-----\n${Buffer.from(pkcs8).toString('base64')}\n-----END PRIVATE KEY-----\n`,
    },
  };
}

function exchange(endpointUrl: string, request: HttpRequest): Promise<HttpResponse> {
  const body = gather(request.body);
  return new Promise((resolve, reject) => {
    const sent = sendHttp(
      endpointUrl,
      {
        method: request.method,
        path: `${request.path}${request.query === '' ? '' : `?${request.query}`}`,
        // Names and order as they were signed, the signed Host among them.
        headers: request.headers.flat(),
        setHost: false,
      },
      answer => {
        const pieces: Buffer[] = [];
        answer.on('data', piece => pieces.push(piece));
        answer.on('error', reject);
        answer.on('end', () => {
          const names = answer.rawHeaders.filter((_, i) => i % 2 === 0);
          const headers = names.map((name, i): Header => [name, answer.rawHeaders[2 * i + 1] ?? '']);
          resolve({
            status: answer.statusCode ?? 0,
            headers,
            body: bodyOf(new Uint8Array(Buffer.concat(pieces))),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** As the lab's own line does: keys that KMS answered are in the customer's room. */
async function takeKeys({ recorder, room }: LabCustomer, response: HttpResponse): Promise<void> {
  if (response.status !== 200) return;
  const answer = JSON.parse(new TextDecoder().decode(gather(response.body))) as Record<string, string>;
  const arrived = [
    ['Plaintext', 'data-key', 'data key', true],
    ['CiphertextBlob', 'encrypted-data-key', 'encrypted data key', false],
  ] as const;
  for (const [member, kind, name, isSecret] of arrived) {
    const text = answer[member];
    if (text === undefined) continue;
    const bytes = new Uint8Array(Buffer.from(text, 'base64'));
    const artifact = await recorder.identify({ kind, name, bytes, isSecret });
    room.hold(artifact.id, bytes);
  }
}
