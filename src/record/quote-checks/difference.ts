// What differs between a quotation and the words on record, as a list of stretches that makes up both texts.
import type { Alignment, Step } from './alignment.ts'
import type { Word } from './words.ts'

export interface Part {
  text: string
  change?: 'added' | 'removed'
}

/** The words of both, with the spaces and marks between them: those of the quotation where both have them. */
export function differenceOf({ steps }: Alignment, quotation: string, record: string): Part[] {
  const parts: Part[] = []
  let last: Step | undefined
  for (const step of steps) {
    const text = step.kind === 'removed' ? record : quotation
    if (last?.kind === step.kind) parts.at(-1)!.text += text.slice(last.word.end, step.word.end)
    else {
      if (last) parts.at(-1)!.text += after(last.kind === 'removed' ? record : quotation, last.word)
      const change = step.kind === 'same' ? {} : { change: step.kind }
      parts.push({ text: text.slice(beginning(text, step.word), step.word.end), ...change })
    }
    last = step
  }
  // A match has a word in common at least; behind the last word of the quotation, words of the record are left out.
  parts.at(-1)!.text += after(quotation, last!.word)
  return parts
}

/** A bracket or an opening mark right before a word belongs to it. */
function beginning(text: string, { start }: Word): number {
  let at = start
  while (at > 0 && /[[(“„«‘]/.test(text[at - 1]!)) at--
  return at
}

/** The marks and spaces behind a word. */
const after = (text: string, { end }: Word) => /^[^\p{L}\p{N}[(“„«‘]*/u.exec(text.slice(end))![0]
