/** A customer's own wrapping keys, as artifacts in their memory (F-CSR-001, F-SIM-103). */
import type { Bytes } from '../bytes/bytes.ts';
import { exportRsaPublicKey } from '../crypto/rsaOaep.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Room } from '../trace/room.ts';

/** Where a key is going to lie, and who writes it down. A `Customer` is one. */
interface Owner {
  readonly recorder: Recorder;
  readonly room: Room;
}

/** An AES wrapping key of 32 raw bytes; the buffer is the room's from now on. */
export async function holdAesKey({ recorder, room }: Owner, bytes: Bytes): Promise<ArtifactId> {
  const wrappingKey = await recorder.identify({ kind: 'wrapping-key', name: 'wrapping key', bytes, isSecret: true });
  room.hold(wrappingKey.id, bytes);
  return wrappingKey.id;
}

/** An RSA pair: the private half as a handle that gives its bytes to nobody. `number` tells the pairs of a world apart. */
export async function holdRsaPair(
  { recorder, room }: Owner,
  pair: { readonly publicKey: CryptoKey; readonly privateKey: CryptoKey },
  number: number,
): Promise<{ readonly privateKey: ArtifactId; readonly publicKey: ArtifactId; readonly publicHandle: CryptoKey }> {
  const privateKey = await recorder.identify({
    kind: 'wrapping-key',
    name: 'RSA private key',
    bytes: { handle: `rsa-private-key-${number}` },
    isSecret: true,
  });
  room.hold(privateKey.id, pair.privateKey);
  const spki = await exportRsaPublicKey(pair.publicKey);
  const publicKey = await recorder.identify({
    kind: 'public-key',
    name: 'RSA public key',
    bytes: spki,
    isSecret: false,
    letter: privateKey.letter ?? 'W',
  });
  room.hold(publicKey.id, spki);
  return { privateKey: privateKey.id, publicKey: publicKey.id, publicHandle: pair.publicKey };
}
