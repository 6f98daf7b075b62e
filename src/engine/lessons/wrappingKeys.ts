/** Lessons about wrapping keys: which one opens, how one is replaced, and what its loss means. */
import { copyObject, hashBody, putObject } from '../client/s3Client.ts';
import { createEncryptionClient } from '../client/s3EncryptionClient/client.ts';
import type { AesWrappingKey, Keyring, RsaWrappingKey } from '../client/s3EncryptionClient/keyring.ts';
import { finish } from '../client/transfer.ts';
import { holdAesKey, holdRsaPair } from '../client/wrappingKeys.ts';
import { generateRsaPair } from '../crypto/rsaOaep.ts';
import { invariant } from '../errors.ts';
import type { World } from '../world.ts';
import { type Bench, customerOf, ended, getPlainly, type LessonScript, loseKey, opened } from './bench.ts';
import { openWithSdk, sealSdkMessage } from './sdkMessage.ts';

const SSE = 'x-amz-server-side-encryption';

function clientOf(bench: Bench, keyring: Keyring, writesInstructionFiles = false) {
  return createEncryptionClient(customerOf(bench, 'owner'), { keyring, transport: 'https', writesInstructionFiles });
}

/** The AES key that a world of mode `cse-aes` was made with. */
function ownKey({ customers }: World): AesWrappingKey {
  const { wrappingKey } = customers.owner.keyRing;
  invariant(wrappingKey, 'the owner has a wrapping key');
  return { wrappingKey };
}

/** Three wrapping keys; the description stored with the object chooses one (F-CSR-012). */
export const materialDescription: LessonScript = async world => {
  const { owner } = world.customers;
  const named = async (year: string): Promise<AesWrappingKey> => ({
    wrappingKey: await holdAesKey(owner, owner.random.bytes(32)),
    materialDescription: { team: 'invoices', year },
  });
  const [first, second] = [await named('2024'), await named('2025')];
  const third: AesWrappingKey = { ...ownKey(world), materialDescription: { team: 'invoices', year: '2026' } };
  return {
    acts: {
      upload: async bench => {
        const client = clientOf(bench, { type: 'aes', keys: [second, first, third] });
        return ended(owner, await client.putObject(bench.address, bench.object(), bench.contentType), [bench.object()]);
      },
      download: async bench => {
        const client = clientOf(bench, { type: 'aes', keys: [third, first, second] });
        return opened(owner, await client.getObject(bench.address));
      },
    },
  };
};

/** Another wrapping key for the same object, by its instruction file alone (F-CSR-026). */
export const rotateWrappingKey: LessonScript = async world => {
  const { owner } = world.customers;
  const { rsa } = owner.keyRing;
  invariant(rsa, 'the owner has an RSA pair');
  const old: RsaWrappingKey = { ...rsa, materialDescription: { year: '2025' } };
  const renewed: RsaWrappingKey = {
    ...(await holdRsaPair(owner, await generateRsaPair(), 2)),
    materialDescription: { year: '2026' },
  };
  const ring = (key: RsaWrappingKey): Keyring => ({ type: 'rsa', keys: [key] });
  return {
    acts: {
      upload: async bench => {
        const client = clientOf(bench, ring(old), true);
        return ended(owner, await client.putObject(bench.address, bench.object(), bench.contentType), [bench.object()]);
      },
      rewrap: async bench =>
        ended(owner, await clientOf(bench, ring(old), true).reEncryptInstructionFile(bench.address, renewed)),
      'download-new-key': async bench => opened(owner, await clientOf(bench, ring(renewed)).getObject(bench.address)),
      'download-old-key': async bench => opened(owner, await clientOf(bench, ring(old)).getObject(bench.address)),
    },
  };
};

/** Nobody but the customer ever had the key (F-CSR-001). */
export const lostKey: LessonScript = async world => {
  const { owner } = world.customers;
  const own = ownKey(world);
  return {
    acts: {
      upload: async bench => {
        const client = clientOf(bench, { type: 'aes', keys: [own] });
        return ended(owner, await client.putObject(bench.address, bench.object(), bench.contentType), [bench.object()]);
      },
      'lose-and-download': async bench => {
        loseKey(owner, own.wrappingKey);
        return opened(owner, await clientOf(bench, { type: 'aes', keys: [] }).getObject(bench.address));
      },
    },
  };
};

/** The customer's own layer, and SSE-KMS with a key of theirs on top (F-CSR-007). */
export const twoLayers: LessonScript = async world => {
  const { owner } = world.customers;
  const keyring: Keyring = { type: 'aes', keys: [ownKey(world)] };
  const headers = [
    [SSE, 'aws:kms'],
    [`${SSE}-aws-kms-key-id`, world.names.kmsKeyArn],
  ] as const;
  return {
    acts: {
      upload: async bench => {
        const more = { headers };
        const sent = await clientOf(bench, keyring).putObject(bench.address, bench.object(), bench.contentType, more);
        return ended(owner, sent, [bench.object()]);
      },
      download: async bench => opened(owner, await clientOf(bench, keyring).getObject(bench.address)),
      'plain-download': async bench => getPlainly(customerOf(bench, 's3-admin'), bench.address),
    },
  };
};

/** What S3 can still do with what it cannot read (F-CSR-023…030). */
export const s3Features: LessonScript = async world => {
  const { owner } = world.customers;
  const keyring: Keyring = { type: 'aes', keys: [ownKey(world)] };
  const copyOf = (bench: Bench) => ({ ...bench.address, objectName: `copy of ${bench.address.objectName}` });
  return {
    acts: {
      upload: async bench => {
        const sent = await clientOf(bench, keyring).putObject(bench.address, bench.object(), bench.contentType);
        return ended(owner, sent, [bench.object()]);
      },
      'plain-download': async bench => getPlainly(owner, bench.address),
      copy: async bench => {
        // Meant to tidy up the metadata; the encrypted data key was in it.
        const headers = [
          ['x-amz-metadata-directive', 'REPLACE'],
          ['x-amz-meta-department', 'finance'],
        ] as const;
        const response = await copyObject(owner, 'https', bench.address, copyOf(bench), headers);
        return { outcome: finish(owner, response, []) };
      },
      'download-copy': async bench => opened(owner, await clientOf(bench, keyring).getObject(copyOf(bench))),
    },
  };
};

/** A message of the AWS Encryption SDK: another format, and not readable by this client. */
export const encryptionSdk: LessonScript = async world => {
  const { owner } = world.customers;
  const own = ownKey(world);
  return {
    acts: {
      'upload-sdk-message': async bench => {
        const message = await sealSdkMessage(owner, own.wrappingKey, bench.object());
        owner.recorder.step('client.prepare', 'client');
        const { checksum, digest } = await hashBody(owner, message);
        const response = await putObject(owner, 'https', bench.address, {
          body: message,
          digest,
          contentType: bench.contentType,
          headers: [],
          cargo: [checksum.id],
        });
        return { outcome: finish(owner, response, [bench.object()]) };
      },
      'open-sdk-message': async bench =>
        opened(owner, await clientOf(bench, { type: 'aes', keys: [own] }).getObject(bench.address)),
      'upload-client-object': async bench => {
        const client = clientOf(bench, { type: 'aes', keys: [own] });
        return ended(owner, await client.putObject(bench.address, bench.object(), bench.contentType), [bench.object()]);
      },
      'open-with-sdk': async bench => openWithSdk(owner, bench.address),
    },
  };
};
