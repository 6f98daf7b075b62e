import { type GuideMode, REQUIREMENTS, type Requirement, type Verdict } from '../../../content/guide.ts';
import { MODE_TEXTS } from '../../../content/modes.ts';
import type { Trial } from '../../../scene/advise.ts';

/** Sign and word of a verdict: told by shape and text, never by colour. */
export const VERDICT_WORDS: Readonly<Record<Verdict, { readonly sign: string; readonly word: string }>> = {
  yes: { sign: '✓', word: 'yes' },
  partly: { sign: '◐', word: 'in part' },
  no: { sign: '✕', word: 'no' },
};

const WHO = { owner: 'the owner', 's3-admin': 'the S3 administrator' } as const;

/** The run of a trial in words: `an upload over HTTPS by the owner`. */
export function runWords({ operation, transport, principal }: Trial['run']): string {
  const what = operation === 'upload' ? 'an upload' : 'a download';
  const line = transport === 'https' ? 'HTTPS' : 'plain HTTP';
  return `${what} over ${line} by ${WHO[principal as keyof typeof WHO] ?? principal}`;
}

export function labelOf(mode: GuideMode): string {
  return MODE_TEXTS[mode].label;
}

export function findRequirement(id: string | undefined): Requirement | undefined {
  return REQUIREMENTS.find(requirement => requirement.id === id);
}

/** `one`, `one and two`, `one, two and three`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
