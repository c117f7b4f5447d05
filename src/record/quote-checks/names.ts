// Whether two names may be those of one person or organization.
import { nameKey } from '../../storage/text/name-key.ts'

/** Whether a text may mean the one by the other: capitals and accents aside, "Lindqvist" is "Mara Lindqvist", as is "M. Lindqvist". */
export function isSameName(one: string, other: string): boolean {
  const [a, b] = [nameKey(one).split(' '), nameKey(other).split(' ')]
  if (a.toSorted().join(' ') === b.toSorted().join(' ')) return true
  if (isInitialism(a, b) || isInitialism(b, a)) return true
  if (a.at(-1) !== b.at(-1)) return false
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a]
  return shorter
    .slice(0, -1)
    .every((word, i) => longer.slice(0, -1).some((full, n) => n >= i && begins(full, word)))
}

/** An initial stands for a name. */
const begins = (full: string, word: string) =>
  full === word ||
  (word.length === 1 && full.startsWith(word)) ||
  (full.length === 1 && word.startsWith(full))

/** UN and United Nations. */
const isInitialism = (short: string[], words: string[]) =>
  short.length === 1 && words.length > 1 && short[0] === words.map((word) => word[0]).join('')
