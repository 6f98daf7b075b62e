import { afterEach, describe, expect, it, vi } from 'vitest';
import { openAesGcm } from './aesGcm.ts';
import { sha256 } from './sha2.ts';
import { keyPairFrom } from './x25519.ts';

afterEach(() => void vi.unstubAllGlobals());

describe('a platform without WebCrypto', () => {
  it('is named as such, when hashing and when opening', async () => {
    const cryptoKey = await crypto.subtle.importKey('raw', new Uint8Array(32), 'AES-GCM', false, ['decrypt']);
    vi.stubGlobal('crypto', {});
    await expect(sha256(new Uint8Array())).rejects.toMatchObject({ code: 'unsupported' });
    const opening = openAesGcm({ cryptoKey, iv: new Uint8Array(12), sealed: new Uint8Array(16) });
    await expect(opening).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('is named as such when it lacks X25519', async () => {
    const importKey = () => Promise.reject(new DOMException('no such algorithm', 'NotSupportedError'));
    vi.stubGlobal('crypto', { subtle: { importKey } });
    await expect(keyPairFrom(new Uint8Array(32))).rejects.toMatchObject({ code: 'unsupported' });
  });
});
