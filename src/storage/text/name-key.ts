// Names as they are compared: without what spellings of the same name differ in.
import { tokensOf } from './tokenizer.ts'

/** A name without capitals, accents, punctuation, and "the" before it; empty where it has no letter and no digit. */
export const nameKey = (name: string) =>
  [...tokensOf(name)]
    .flat()
    .map(({ text }) => text)
    .join(' ')
    .replace(/^the (?=.)/, '')
