/** One world for many cases of the S3 Encryption Client: its keys, also in Node's hands, and a plain way to S3 and KMS over the wire. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Customer } from '../engine/client/customer.ts';
import { decrypt, generateDataKey } from '../engine/client/kmsClient.ts';
import { getObject, type ObjectAddress, putObject } from '../engine/client/s3Client.ts';
import type { MaterialDescription } from '../engine/client/s3EncryptionClient/envelope.ts';
import type { Keyring } from '../engine/client/s3EncryptionClient/keyring.ts';
import { importRsaPrivateKey, importRsaPublicKey } from '../engine/crypto/rsaOaep.ts';
import { sha256 } from '../engine/crypto/sha2.ts';
import { gather, type HttpResponse, seededRandom, steadyClock, type World } from '../engine/index.ts';
import { clearDesks } from '../engine/lab.ts';
import type { Artifact, ArtifactKind } from '../engine/trace/artifact.ts';
import { createWorld } from '../engine/world.ts';
import type { SealedObject } from './independentClient/seal.ts';
import type { Keys, Pairs } from './independentClient/wrapping.ts';

export const WRAP_KINDS = ['aes', 'rsa', 'kms'] as const;
export type WrapKind = (typeof WRAP_KINDS)[number];
export const STORAGES = ['metadata', 'instruction-file'] as const;
export type Storage = (typeof STORAGES)[number];

const PREFIX = 'x-amz-meta-';
const ADDRESS_SUFFIX = '.instruction';

export interface Bench extends Plain {
  readonly world: World;
  /** Who runs the client. */
  readonly customer: Customer;
  readonly rings: Readonly<Record<WrapKind, Keyring>>;
  /** The same keys for the independent client; its KMS is the world's, over the wire. */
  readonly keys: Keys;
  /** Bytes of an artifact on the desk. */
  readonly bytesOf: (artifact: Artifact) => Buffer;
  readonly address: (objectName: string) => ObjectAddress;
  /** Another AES wrapping key on the desk, and its bytes. */
  readonly anotherAes: () => Promise<{ id: string; bytes: Buffer }>;
  /** Empties the desk but for keys that last. */
  readonly clear: () => void;
}

/** Metadata of a response, without its prefix. */
export function metadataOf(response: HttpResponse): Pairs {
  return Object.fromEntries(
    response.headers
      .filter(([name]) => name.toLowerCase().startsWith(PREFIX))
      .map(([name, value]) => [name.toLowerCase().slice(PREFIX.length), value]),
  );
}

export const headersOf = (metadata: Pairs): [string, string][] =>
  Object.entries(metadata).map(([name, value]) => [`${PREFIX}${name}`, value]);

/** What a plain client of the owner does in a world: everything over the wire. */
export interface Plain {
  /** Takes bytes onto the owner's desk. */
  readonly hold: (name: string, bytes: Uint8Array, kind?: ArtifactKind) => Promise<Artifact>;
  /** Object and instruction file as they lie in S3. */
  readonly fetch: (objectName: string) => Promise<SealedObject>;
  /** Puts both into S3. */
  readonly store: (objectName: string, sealed: SealedObject) => Promise<void>;
}

export function plainClientOf(world: World): Plain {
  const customer = world.customers.owner;
  const { bucketName } = world.names;

  const hold: Plain['hold'] = async (name, given, kind = 'plaintext-object') => {
    const bytes = new Uint8Array(given);
    const isSecret = kind === 'plaintext-object' || kind === 'wrapping-key';
    const artifact = await world.recorder.identify({ kind, name, bytes, isSecret });
    customer.room.hold(artifact.id, bytes);
    return artifact;
  };
  const fetchOne = async (objectName: string) => {
    const response = await getObject(customer, 'https', { bucketName, objectName });
    if (response.status !== 200) return undefined;
    return { body: Buffer.from(gather(response.body)), metadata: metadataOf(response) };
  };
  const storeOne = async (objectName: string, bytes: Uint8Array, metadata: Pairs, kind: ArtifactKind) => {
    const body = await hold(objectName, bytes, kind);
    const response = await putObject(
      customer,
      'https',
      { bucketName, objectName },
      {
        body,
        digest: await sha256(customer.room.getBytes(body.id)),
        contentType: 'application/octet-stream',
        headers: headersOf(metadata),
        cargo: [],
      },
    );
    if (response.status !== 200) throw new Error(`a plain client can put: ${response.status}`);
  };

  return {
    hold,
    async fetch(objectName) {
      const object = await fetchOne(objectName);
      if (!object) throw new Error('the object is there');
      const file = await fetchOne(objectName + ADDRESS_SUFFIX);
      const instructionFile = file && { body: file.body.toString('utf8'), metadata: file.metadata };
      return { ...object, ...(instructionFile ? { instructionFile } : {}) };
    },
    async store(objectName, { body, metadata, instructionFile }) {
      await storeOne(objectName, body, metadata, 'ciphertext-object');
      if (!instructionFile) return;
      const bytes = Buffer.from(instructionFile.body, 'utf8');
      await storeOne(objectName + ADDRESS_SUFFIX, bytes, instructionFile.metadata, 'instruction-file');
    },
  };
}

/** @param descriptions material descriptions of the AES and the RSA key */
export async function createBench(
  seed: string,
  descriptions: { readonly aes?: MaterialDescription; readonly rsa?: MaterialDescription } = {},
): Promise<Bench> {
  const clock = steadyClock(Date.UTC(2026, 10, 21, 10));
  const world = await createWorld({ mode: 'cse-kms', keyHolder: 'owner', random: seededRandom(seed), clock });
  const customer = world.customers.owner;
  const { recorder } = world;
  const { bucketName, kmsKeyArn } = world.names;
  const plain = plainClientOf(world);
  const { hold } = plain;
  const bytesOf = (artifact: Artifact) => Buffer.from(customer.room.getBytes(artifact.id));

  const anotherAes = async () => {
    const bytes = randomBytes(32);
    return { id: (await hold('wrapping key', bytes, 'wrapping-key')).id, bytes };
  };
  const aes = await anotherAes();

  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = (bytes: Buffer) => new Uint8Array(bytes);
  const spki = der(pair.publicKey.export({ type: 'spki', format: 'der' }));
  const pkcs8 = der(pair.privateKey.export({ type: 'pkcs8', format: 'der' }));
  const privateKey = await recorder.identify({
    kind: 'wrapping-key',
    name: 'RSA private key',
    bytes: { handle: 'bench-rsa' },
    isSecret: true,
  });
  customer.room.hold(privateKey.id, await importRsaPrivateKey(pkcs8));
  const publicKey = await hold('RSA public key', spki, 'public-key');

  return {
    world,
    customer,
    ...plain,
    bytesOf,
    anotherAes,
    clear: () => clearDesks(world),
    address: objectName => ({ bucketName, objectName }),
    rings: {
      aes: { type: 'aes', keys: [{ wrappingKey: aes.id, ...described(descriptions.aes) }] },
      rsa: {
        type: 'rsa',
        keys: [
          {
            publicKey: publicKey.id,
            publicHandle: await importRsaPublicKey(spki),
            privateKey: privateKey.id,
            ...described(descriptions.rsa),
          },
        ],
      },
      kms: { type: 'kms', kmsKeyId: kmsKeyArn },
    },
    keys: {
      aes: aes.bytes,
      rsa: pair,
      kms: {
        keyId: kmsKeyArn,
        async generateDataKey(context) {
          const answer = await generateDataKey(customer, {
            KeyId: kmsKeyArn,
            KeySpec: 'AES_256',
            EncryptionContext: context,
          });
          if ('error' in answer) throw new Error(answer.error.__type);
          return { plaintext: bytesOf(answer.ok.dataKey), blob: bytesOf(answer.ok.encryptedDataKey) };
        },
        async decrypt(blob, context) {
          const held = await hold('encrypted data key', blob, 'encrypted-data-key');
          const request = { KeyId: kmsKeyArn, CiphertextBlob: blob.toString('base64'), EncryptionContext: context };
          const answer = await decrypt(customer, request, held);
          if ('error' in answer) throw new Error(answer.error.__type);
          return bytesOf(answer.ok);
        },
      },
    },
  };
}

const described = (materialDescription: MaterialDescription | undefined) =>
  materialDescription ? { materialDescription } : {};
