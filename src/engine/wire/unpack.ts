import type { Bytes } from '../bytes/bytes.ts';
import { parseBase64 } from '../bytes/text.ts';
import { type Body, bodyText, findHeader, type Header } from '../http/message.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import type { Recorder } from '../trace/recorder.ts';

/** A request or response as it was parsed at the end of the line. */
export interface Message {
  readonly headers: readonly Header[];
  readonly body: Body;
}

/** Gives the bytes of an artifact that a message carries in a form of its own, in a new buffer, or `undefined`. */
export type Claim = (id: ArtifactId, message: Message) => Bytes | undefined;

/**
 * Finds the bytes of what a message carries: in the body itself, in Base64 header values and in Base64 texts of a
 * JSON body; whatever is in none of them, `claim` may know. Only bytes that really arrived count.
 * @param body the message's body in one buffer, which is given out as it is; all others given out are new
 */
export async function unpack(
  recorder: Recorder,
  message: Message,
  body: Bytes,
  cargo: readonly ArtifactId[],
  claim?: Claim,
): Promise<Map<ArtifactId, Bytes>> {
  const found = new Map<ArtifactId, Bytes>();
  const take = async (bytes: Bytes | undefined) => {
    if (bytes === undefined || (bytes.length === 0 && bytes !== body)) return;
    const artifact = await recorder.find(bytes, id => cargo.includes(id));
    if (artifact && !found.has(artifact.id)) found.set(artifact.id, bytes);
    else if (bytes !== body) bytes.fill(0);
  };
  if (cargo.length > 0) {
    await take(body);
    for (const text of [...message.headers.map(([, value]) => value), ...jsonTexts(message)])
      await take(parseBase64(text));
  }
  for (const id of cargo) {
    const claimed = found.has(id) ? undefined : claim?.(id, message);
    if (claimed !== undefined) found.set(id, claimed);
  }
  return found;
}

/** The texts at the top of a JSON body. */
function jsonTexts(message: Message): string[] {
  if (!findHeader(message, 'content-type')?.includes('json')) return [];
  try {
    const parsed: unknown = JSON.parse(bodyText(message.body));
    if (typeof parsed !== 'object' || parsed === null) return [];
    return Object.values(parsed).filter(value => typeof value === 'string');
  } catch {
    return [];
  }
}
