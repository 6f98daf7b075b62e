/**
 * Runs `count` tasks, begun in order, at most `width` at a time. After the first failure no new task begins; the
 * failure is thrown when those under way have ended, so that nothing writes to a buffer behind the caller's back.
 */
export async function inWindow(count: number, width: number, task: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  let failure: { readonly reason: unknown } | undefined;
  const lane = async () => {
    while (next < count && failure === undefined) {
      const index = next++;
      try {
        await task(index);
      } catch (reason) {
        failure ??= { reason };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, lane));
  if (failure !== undefined) throw failure.reason;
}
