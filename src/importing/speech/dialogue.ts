// Speech that a dash opens: "– Nobody goes on board, says S."
import { cueAfter } from './grammar/cues.ts'
import type { Lexicon } from './languages/lexicon.ts'
import type { Stretch } from './marks.ts'
import { sentenceEnd } from './sentences.ts'

const dash = /^\s*[–—-]\s+/

/** The words a dash opens, up to the cue that says whose they are; all of the paragraph when there is none. */
export function dialogueIn(text: string, lexicon: Lexicon): Stretch | undefined {
  const opening = lexicon.language.dialogueDash ? dash.exec(text) : null
  if (!opening) return undefined
  const start = opening[0].search(/[–—-]/)
  for (const { index } of text.slice(0, sentenceEnd(text)).matchAll(/[,!?](?=\s+\p{Ll})/gu)) {
    const end = text[index] === ',' ? index : index + 1
    if (cueAfter(text.slice(index + 1), lexicon)) return { start, end: end + 1, open: false }
  }
  return undefined
}
