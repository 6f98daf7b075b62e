import type { Mode } from '../../../engine/index.ts';

export interface Family {
  readonly id: string;
  readonly text: string;
  readonly group: 'Server-side' | 'Client-side' | 'Before 2023';
  /** The first is chosen with the family. */
  readonly variants: readonly { readonly mode: Mode; readonly text: string }[];
}

/** Nine modes in six families: what differs only in whose key it is stands together. */
export const FAMILIES: readonly Family[] = [
  { id: 'sse-s3', text: 'SSE-S3', group: 'Server-side', variants: [{ mode: 'sse-s3', text: 'SSE-S3' }] },
  {
    id: 'sse-kms',
    text: 'SSE-KMS',
    group: 'Server-side',
    variants: [
      { mode: 'sse-kms-cmk', text: 'your key' },
      { mode: 'sse-kms-aws', text: 'aws/s3' },
    ],
  },
  { id: 'dsse-kms', text: 'DSSE-KMS', group: 'Server-side', variants: [{ mode: 'dsse-kms', text: 'DSSE-KMS' }] },
  { id: 'sse-c', text: 'SSE-C', group: 'Server-side', variants: [{ mode: 'sse-c', text: 'SSE-C' }] },
  {
    id: 'cse',
    text: 'Client-side',
    group: 'Client-side',
    variants: [
      { mode: 'cse-aes', text: 'AES' },
      { mode: 'cse-rsa', text: 'RSA' },
      { mode: 'cse-kms', text: 'KMS' },
    ],
  },
  { id: 'none', text: 'Before 2023', group: 'Before 2023', variants: [{ mode: 'none', text: 'nothing at rest' }] },
];

export function familyOf(mode: Mode): Family | undefined {
  return FAMILIES.find(family => family.variants.some(variant => variant.mode === mode));
}

/** `SSE-KMS · your key`; a family of one has its own name only. */
export function modeName(mode: Mode): string {
  const family = familyOf(mode);
  const variant = family?.variants.find(each => each.mode === mode);
  if (!family || !variant) return mode;
  return variant.text === family.text ? family.text : `${family.text} · ${variant.text}`;
}
