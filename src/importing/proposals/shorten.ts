// What is longer than its field, or more than a list has room for: cut, and told.
import { truncate } from '../../content/body/pieces.ts'
import type { Warn } from '../page/lines.ts'

/** The words as far as their field has room; what is cut off is told. `subject`: "Its headline". */
export function shortened(words: string, length: number, subject: string, warn: Warn): string {
  if (words.length <= length) return words
  const kept = truncate(words, length)
  const detail = `${subject} was cut at ${length.toLocaleString('en')} characters.`
  warn({ code: 'text-shortened', detail, words: truncate(words.slice(kept.length).trim(), 300) })
  return kept
}

/** The first of these names, as many as there is room for; the others are told. `what`: "tags". */
export function fewer(names: string[], most: number, what: string, warn: Warn): string[] {
  if (names.length <= most) return names
  const detail = `There is room for ${most} ${what}: others were left out.`
  warn({ code: `too-many-${what}`, detail, words: truncate(names.slice(most).join(', '), 300) })
  return names.slice(0, most)
}
