// A cheap look at a sentence before the grammar reads it.
import type { Lexicon } from '../languages/lexicon.ts'
import { WordTable, wordBefore } from '../lower-words.ts'
import { mayFollowNoun } from './nouns-and-adjectives.ts'

/** What a word may lead to: a claim, or one where a noun or an adjective stands before it. */
type Lead = 'claim' | 'afterNoun'

const tables = new WeakMap<Lexicon, WordTable<Lead>>()

function tableOf(lexicon: Lexicon): WordTable<Lead> {
  const known = tables.get(lexicon)
  if (known) return known
  const { verbs, pronouns, language } = lexicon
  const clauses = language.tag === 'en' ? ['that', ...pronouns.keys()] : []
  const table = new WordTable(
    new Map([
      ...clauses.map((word) => [word, 'afterNoun'] as const),
      ...[...verbs.keys()].map((word) => [word, 'claim'] as const)
    ])
  )
  tables.set(lexicon, table)
  return table
}

/**
 * Whether a word of this sentence may lead to a claim: the grammar takes many times as long, and most sentences have
 * none of these words.
 */
export function mayClaim(sentence: string, lexicon: Lexicon): boolean {
  const lower = sentence.toLowerCase()
  const table = tableOf(lexicon)
  for (let found = table.next(lower, 0); found; found = table.next(lower, found.end))
    if (found.value === 'claim' || followsNoun(lower, found.start)) return true
  return mayHaveAccording(lower, lexicon) && lexicon.according.test(sentence)
}

function followsNoun(lower: string, at: number): boolean {
  const last = wordBefore(lower, at)
  return mayFollowNoun(last, () => wordBefore(lower, lower.lastIndexOf(last, at)))
}

/** Whether a sentence in lower case may have "according to". The long s is the one letter that stands for another. */
const mayHaveAccording = (lower: string, { accordingWords }: Lexicon) =>
  accordingWords.some((words) => lower.includes(words)) || lower.includes('ſ')
