// Transcripts: every paragraph opens with who speaks, in capitals. "QUAYLE: When did you see it?"

import type { FoundQuote } from '../found-quotes.ts'
import { nameOfCapitals } from '../grammar/names.ts'
import type { Paragraph } from '../paragraphs.ts'

const speech = /^(?<name>\p{Lu}[\p{Lu}.'’ -]{2,40}):\s+(?=\S)/u
const titles = /^(?:(?:DR|MR|MRS|MS|SEN|REP|GOV|PROF|THE)\.? )+/

/** Every speech of a transcript; one line alone is none. */
export function transcriptIn(paragraphs: Paragraph[]): FoundQuote[] {
  const speeches = paragraphs.flatMap(({ block, text }) => {
    const found = speech.exec(text)
    return found ? [{ block, text, start: found[0].length, printed: found.groups!.name! }] : []
  })
  if (speeches.length < 2) return []
  return speeches.map(({ block, text, start, printed }) => {
    const name = nameOfCapitals(printed.replace(titles, ''))
    return {
      ranges: [{ block, start, end: text.trimEnd().length }],
      kind: 'direct',
      display: 'inline',
      cue: { speaker: { as: 'name', name, kind: 'person', words: printed }, relation: 'said', words: printed }
    }
  })
}
