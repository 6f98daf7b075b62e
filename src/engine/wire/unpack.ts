import type { Bytes } from '../bytes/bytes.ts';
import { parseBase64 } from '../bytes/text.ts';
import { bodyText, findHeader, type HttpResponse } from '../http/message.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import type { Recorder } from '../trace/recorder.ts';

/** Gives the bytes of an artifact that a response carries in a form of its own, or `undefined`. */
export type Claim = (id: ArtifactId, response: HttpResponse) => Bytes | undefined;

/**
 * Finds the bytes of what a response carries: in the body itself, in Base64 header values and in Base64 texts of a
 * JSON body; whatever is in none of them, `claim` may know. Only bytes that really arrived count.
 * @param body the response's body in one buffer, which is given out as it is
 */
export async function unpack(
  recorder: Recorder,
  response: HttpResponse,
  body: Bytes,
  cargo: readonly ArtifactId[],
  claim?: Claim,
): Promise<Map<ArtifactId, Bytes>> {
  const found = new Map<ArtifactId, Bytes>();
  const take = async (bytes: Bytes | undefined) => {
    if (bytes === undefined || (bytes.length === 0 && bytes !== body)) return;
    const artifact = await recorder.find(bytes);
    if (artifact && cargo.includes(artifact.id) && !found.has(artifact.id)) found.set(artifact.id, bytes);
    else if (bytes !== body) bytes.fill(0);
  };
  if (cargo.length > 0) {
    await take(body);
    for (const text of [...response.headers.map(([, value]) => value), ...jsonTexts(response)])
      await take(parseBase64(text));
  }
  for (const id of cargo) {
    const claimed = found.has(id) ? undefined : claim?.(id, response);
    if (claimed !== undefined) found.set(id, claimed);
  }
  return found;
}

/** The texts at the top of a JSON body. */
function jsonTexts(response: HttpResponse): string[] {
  if (!findHeader(response, 'content-type')?.includes('json')) return [];
  try {
    const parsed: unknown = JSON.parse(bodyText(response.body));
    if (typeof parsed !== 'object' || parsed === null) return [];
    return Object.values(parsed).filter(value => typeof value === 'string');
  } catch {
    return [];
  }
}
