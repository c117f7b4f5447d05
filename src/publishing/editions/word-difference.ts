// The difference between two texts, word by word.
// The index of the package loads every kind of difference.
import { diffArrays } from 'diff/lib/diff/array.js'
import { unspaced } from '../../content/body/anchors/tokens.ts'
import { onFirstUse } from '../../storage/text/on-first-use.ts'

/** A part of both texts, or of one of them. */
export interface Part {
  text: string
  change?: 'added' | 'removed'
}

const segmenter = onFirstUse(() => new Intl.Segmenter(undefined, { granularity: 'word' }))
const tokenPattern = /[\p{L}\p{N}\p{M}]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu

/** Splits a text into words and separators (Intl.Segmenter, which has dictionaries for scripts without spaces). */
const wordsOf = (text: string): string[] =>
  Array.from(text.matchAll(tokenPattern), ([run]) => run).flatMap((run) =>
    unspaced.test(run) ? Array.from(segmenter().segment(run), ({ segment }) => segment) : [run]
  )

/** Limits of differing paragraphs, and of differing words in them: the time is quadratic. */
const limits = { paragraphs: 300, words: 300, characters: 100_000 }

/** Compares paragraphs first, then the words of changed ones; undefined where too much differs. */
export function wordDifference(was: string, now: string): Part[] | undefined {
  const changed = diffArrays(paragraphsOf(was), paragraphsOf(now), { maxEditLength: limits.paragraphs })
  if (changed === undefined) return undefined
  const parts: Part[] = []
  let left = limits.words
  for (const [i, { added, removed, value }] of changed.entries()) {
    const text = value.join('')
    const next = changed[i + 1]
    if (added && changed[i - 1]?.removed) continue
    if (removed && next?.added) {
      const finer = compareWords(text, next.value.join(''), left)
      if (!finer && changed.length === 2) return undefined
      left -= finer?.length ?? left
      parts.push(...(finer ?? [partOf({ removed }, text), partOf({ added: true }, next.value.join(''))]))
    } else parts.push(partOf({ added, removed }, text))
  }
  return mergeAdjacent(parts)
}

/** Compares words; undefined for long texts, and above this number of differences. */
function compareWords(was: string, now: string, maxEditLength: number): Part[] | undefined {
  if (was.length + now.length > limits.characters) return undefined
  const parts = diffArrays(wordsOf(was), wordsOf(now), { maxEditLength })
  return parts?.map((one) => partOf(one, one.value.join('')))
}

/** Each paragraph with the line breaks after it. */
const paragraphsOf = (text: string) =>
  Array.from(text.matchAll(/[^\n]*\n+|[^\n]+$/g), ([paragraph]) => paragraph)

const partOf = ({ added, removed }: { added?: boolean; removed?: boolean }, text: string): Part => ({
  text,
  ...(added && { change: 'added' as const }),
  ...(removed && { change: 'removed' as const })
})

/** Merges adjacent parts of the same kind. */
function mergeAdjacent(parts: Part[]): Part[] {
  const all: Part[] = []
  for (const part of parts) {
    const last = all.at(-1)
    if (last && last.change === part.change) last.text += part.text
    else all.push({ ...part })
  }
  return all
}
