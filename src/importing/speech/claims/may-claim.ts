// A cheap look at a sentence before the grammar reads it.
import type { Lexicon } from '../languages/lexicon.ts'
import { lowerWords } from '../lower-words.ts'
import { mayFollowNoun } from './nouns-and-adjectives.ts'

/**
 * Whether a word of this sentence may lead to a claim: the grammar takes many times as long, and most sentences have
 * none of these words.
 */
export function mayClaim(sentence: string, { verbs, according, language, pronouns }: Lexicon) {
  const words = lowerWords(sentence)
  return (
    words.some((word) => verbs.has(word)) ||
    according.test(sentence) ||
    (language.tag === 'en' && words.some((_, at) => mayFollowNoun(words, at, pronouns)))
  )
}
