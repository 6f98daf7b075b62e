import type { KeyType, OwnKey } from '../../session/takeAway.ts';

/** Every word of the feature that is not computed. */
export const WORDS = {
  warning: {
    title: 'Before you touch a key',
    points: [
      'A wrapping key opens every data key that it has wrapped, and with it every object. Whoever has a copy can read them all, and nobody notices.',
      'A key that was on a screen, on a clipboard or in a download folder is no secret any more.',
      'So this is for trying things out: take no key from here for anything real, and bring none here that guards anything real.',
    ],
    agree: 'I use these keys for nothing real',
  },
  wrappingKey: {
    title: 'The wrapping key',
    fresh: 'Each run makes a fresh wrapping key. It never leaves this page.',
    stays:
      'It is kept in memory only, until you go back or reload. A link to a run does not carry it: elsewhere the same link runs with another key.',
    make: 'Make a new key to take away',
    bring: 'Use a key of mine',
    show: 'Show it',
    hide: 'Hide it',
    forget: 'Back to a fresh key each run',
    text: 'Your key',
    file: 'Choose a file',
    use: 'Use this key',
    cancel: 'Cancel',
    shown: 'The wrapping key in plain sight',
  },
  object: {
    title: 'The object as S3 holds it',
    what: 'What S3 stores is ciphertext with the envelope beside it. With these files and your key, a real S3 Encryption Client opens it anywhere.',
    needsKey: 'First make or bring a key: the fresh one of this run stays here.',
    fetch: 'Get the files',
    bucket: 'To bucket',
    target: 'Send to',
    command: 'Commands that upload exactly this',
  },
  targets: [
    { value: 'aws', text: 'AWS' },
    { value: 'own', text: 'My endpoint' },
  ],
  other:
    'Choose client-side encryption with an AES or an RSA key of your own first: only there is a wrapping key on your side.',
} as const;

/** What the key’s text looks like, and in which file it goes. */
export const KEY_FORMS: Readonly<Record<KeyType, { name: string; file: string; form: string; hint: string }>> = {
  aes: {
    name: 'AES',
    file: 'wrapping-key.b64',
    form: 'Base64 of 32 bytes',
    hint: 'Base64 of 32 bytes, for example from “openssl rand -base64 32”.',
  },
  rsa: {
    name: 'RSA',
    file: 'wrapping-key.pem',
    form: 'PEM, PKCS#8',
    hint: 'A private key as PEM, for example from “openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048”.',
  },
};

/** `In use: your RSA key of 2048 bits, fingerprint 0123456789abcdef`. */
export function inUse({ type, bits, fingerprint }: OwnKey): { readonly text: string; readonly fingerprint: string } {
  return { text: `In use: your own ${KEY_FORMS[type].name} key of ${bits} bits, fingerprint`, fingerprint };
}
