import type { ComparedEvent, DecidedEvent, FailedEvent, TraceEvent } from '../../../engine/index.ts';
import { gateSentence } from './gateWords.ts';
import { isCardVerb } from './schedule.ts';

/** Widths of a character of the labels and of the values, with something to spare. */
const LABEL_CHARACTER = 6.6;
const BYTE_CHARACTER = 6.8;
/** Lines shorter than this tear values apart. */
const FEW_CHARACTERS = 22;

export type CardEvent = ComparedEvent | DecidedEvent | FailedEvent;

/** The last event of the moment that needs more than a token to be seen. */
export function findCardEvent(events: readonly TraceEvent[]): CardEvent | undefined {
  return events.findLast((event): event is CardEvent => isCardVerb(event.verb));
}

/** How tall a card is at most when it is so wide; `undefined` when that is too slim for it. */
export function cardHeight(event: CardEvent, width: number): number | undefined {
  if (event.verb === 'compared') return width < 300 ? undefined : comparisonHeight(event, width);
  if (width < 180) return undefined;
  const text = 'decision' in event ? gateSentence(event.decision) : event.message;
  const name = 'decision' in event ? `KMS refuses ${event.decision.action}` : `Too many requests ${event.code}`;
  const titleLines = Math.ceil((name.length * 8) / (width - 64));
  const textLines = text === '' ? 0 : Math.min(3, Math.ceil((text.length * 6.9) / (width - 64)));
  const policies = 'decision' in event ? new Set(event.decision.statements.map(it => it.policy)).size : 0;
  const isInline = isWideCard(width);
  const tickLines = isInline || policies === 0 ? 0 : Math.ceil((policies * 155) / (width - 64));
  return 29 + titleLines * 25 + tickLines * 22 + textLines * 17;
}

/** Whether a card has room for the statements beside its title. */
export function isWideCard(width: number): boolean {
  return width > 540;
}

/** How tall the card of a comparison is at most, in CSS pixels. */
export function comparisonHeight(event: ComparedEvent, width: number): number {
  const length = Math.max(event.left.text.length, event.right.text.length);
  const { perLine, isStacked } = linesOf(event, width);
  return 66 + Math.ceil(length / perLine) * 49 + (isStacked ? 34 : 0);
}

/** The labels stand beside the values; where that would cut the values into small pieces, above and below them. */
export function linesOf({ left, right }: ComparedEvent, width: number): { perLine: number; isStacked: boolean } {
  const labelWidth = Math.max(left.label.length, right.label.length) * LABEL_CHARACTER;
  const beside = Math.floor((width - 46 - labelWidth) / BYTE_CHARACTER);
  const isStacked = beside < Math.min(FEW_CHARACTERS, Math.max(left.text.length, right.text.length));
  const perLine = isStacked ? Math.floor((width - 34) / BYTE_CHARACTER) : beside;
  return { perLine: Math.max(8, perLine), isStacked };
}
