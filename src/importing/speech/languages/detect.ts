// Which language a text is in.

import { lowerWords, WordTable } from '../lower-words.ts'
import { da } from './da.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'
import { type Lexicon, lexiconOf } from './lexicon.ts'
import { nb } from './nb.ts'
import { nl } from './nl.ts'
import { pt } from './pt.ts'
import { sv } from './sv.ts'

const languages = [en, de, fr, es, pt, it, nl, nb, sv, da]
const sameAs: Record<string, string> = { no: 'nb', nn: 'nb' }
// The words of a paragraph or two are enough to tell.
const sample = 8000
const firstParagraph = 1000
const manyWords = 20
const fewest = 40
const minShare = 0.08
/** A text of so many different words and so few frequent ones is in no language that is read here. */
const fewestOfPost = 15
const minShareOfPost = 0.04

/** The languages that each frequent word is one of, by their places in the list: made once, in one look for all. */
const frequent = (() => {
  const found = new Map<string, number[]>()
  for (const [i, language] of languages.entries())
    for (const word of lexiconOf(language).frequent) found.set(word, [...(found.get(word) ?? []), i])
  return new WordTable(found)
})()

/** How many words of this text are frequent ones of each language. */
function hitsIn(text: string) {
  const hits = languages.map(() => 0)
  const lower = text.toLowerCase()
  for (let found = frequent.next(lower, 0); found; found = frequent.next(lower, found.end))
    for (const i of found.value) hits[i]!++
  return languages.map((language, i) => ({ language, hits: hits[i]! }))
}

/** Whether the first paragraph has many words of this language, and no more of any other. */
function beginsIn(text: string, known: (typeof languages)[number]) {
  const all = hitsIn(text.slice(0, firstParagraph))
  const own = all.find(({ language }) => language === known)!.hits
  return own >= manyWords && all.every(({ hits }) => hits <= own)
}

/** Whether most letters at the beginning are of no language that is read here: all of those are written in Latin ones. */
function isOfOtherScript(text: string): boolean {
  const letters = text.slice(0, firstParagraph).match(/\p{L}/gu) ?? []
  return letters.filter((letter) => !/\p{Script=Latin}/u.test(letter)).length > letters.length / 2
}

/** Whether a text of some length has hardly a frequent word, or few and many with letters that English has not. */
function isOfOtherWords(words: string[], hits: number): boolean {
  if (new Set(words).size < fewestOfPost || hits >= 2 * minShareOfPost * words.length) return false
  const accented = words.filter((word) => /[^\0-\x7f]/.test(word)).length
  return hits < minShareOfPost * words.length || accented > words.length / 8
}

/** The table to read this text by: that of the language it is said to be in, else of the one its words are of. */
export function lexiconFor(text: string, declared?: string): Lexicon | undefined {
  const base = declared?.split('-')[0]?.toLowerCase()
  const known = languages.find(({ tag }) => tag === (sameAs[base ?? ''] ?? base))
  if (known && beginsIn(text, known)) return lexiconOf(known)
  const all = hitsIn(text.slice(0, sample))
  const [first, ...others] = all
  const best = others.reduce((best, one) => (one.hits > best.hits ? one : best), first!)
  const found = lowerWords(text.slice(0, sample))
  const own = all.find(({ language }) => language === known)?.hits ?? 0
  // A page in a template, or a post of a site in several languages, may declare one that its words are not in.
  const isAsDeclared = known !== undefined && best.hits < 3 * own + 3
  const hits = isAsDeclared ? own : best.hits
  if (isOfOtherScript(text) || isOfOtherWords(found, hits)) return undefined
  if (isAsDeclared) return lexiconOf(known)
  if (new Set(found).size >= fewest && best.hits < minShare * found.length) return undefined
  if (base !== undefined && !known && best.hits < minShare * 2 * found.length) return undefined
  return lexiconOf(best.language)
}
