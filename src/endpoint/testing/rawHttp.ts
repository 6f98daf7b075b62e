import { connect } from 'node:net';

/**
 * Sends text or bytes over a bare socket and gives what came back until the other side closed, or until it was quiet
 * for a while. Characters stand for bytes.
 */
export function sendRaw(
  port: number,
  pieces: readonly (string | Uint8Array)[],
  { quiet = 80, isHangingUp = false } = {},
): Promise<{ text: string; isClosed: boolean }> {
  return new Promise((resolve, reject) => {
    let text = '';
    let timer: NodeJS.Timeout | undefined;
    const socket = connect(port, '127.0.0.1');
    const finish = (isClosed: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text, isClosed });
    };
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => finish(false), quiet);
    };
    socket.on('connect', async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return;
        socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece);
        await new Promise(go => setTimeout(go, pieces.length > 1 ? 5 : 0));
      }
      if (isHangingUp) finish(false);
      else wait();
    });
    socket.on('data', chunk => {
      text += chunk.toString('latin1');
      wait();
    });
    socket.on('close', () => finish(true));
    socket.on('error', error => {
      if ('code' in error && error.code === 'ECONNREFUSED') reject(error);
    });
  });
}

/** Statuses of the answers in a stream of them. */
export function statusesIn(text: string): number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(match => Number(match[1]));
}
