import type { Segment } from '../../scene/segment.ts';
import { fillTemplate } from '../../scene/template.ts';
import { SegmentText } from '../ui/SegmentText.tsx';

/** Prose with `code` in backticks and terms in two asterisks. Whatever does not parse is shown as it is. */
export function Prose({ text }: { readonly text: string }) {
  return <SegmentText segments={segmentsOf(text)} artifacts={{}} />;
}

function segmentsOf(text: string): readonly Segment[] {
  try {
    return fillTemplate(text, name => ({ text: `{${name}}` }), 'prose');
  } catch {
    return [{ text }];
  }
}
