// The quoted stretches of a paragraph, each with the words around it.
import type { Lexicon } from './languages/lexicon.ts'
import { dialogueIn, inside, type Stretch, stretches } from './marks.ts'
import type { Paragraph } from './paragraphs.ts'

/** One stretch of a paragraph with the words around it, up to the neighbouring stretches. */
export interface Place {
  block: number
  previous?: string
  stretch: Stretch
  /** The quoted words without the marks. */
  words: { start: number; end: number }
  /** The stretch with its marks. */
  quoted: string
  before: string
  after: string
  /** The next paragraph. */
  following?: string
  /** Whether it is the first of its paragraph. */
  first: boolean
}

/** The stretches of a paragraph. One never closed counts only where the next paragraph goes on with it. */
export function placesIn({ text, block, previous }: Paragraph, goesOn: boolean, lexicon: Lexicon): Place[] {
  const spoken = dialogueIn(text, lexicon)
  const all = (spoken ? [spoken] : stretches(text)).filter(({ open }) => !open || goesOn)
  return all.flatMap((stretch, i) => {
    const words = inside(text, stretch)
    if (words.start >= words.end) return []
    const before = text.slice(all[i - 1]?.end ?? 0, stretch.start)
    const after = withNames(text, stretch.end, all.slice(i + 1), lexicon)
    return [
      {
        block,
        previous,
        stretch,
        words,
        quoted: text.slice(stretch.start, stretch.end),
        before,
        after,
        first: i === 0
      }
    ]
  })
}

const nameInMarks = /^[“„«»"'‘]{1,2}\p{Lu}[^.!?,;:]{0,40}[”“»«"'’]{1,2}$/u

/** The words behind a stretch up to the next, with the names of papers that stand between marks: die „Neue Zeit“. */
function withNames(text: string, from: number, others: Stretch[], { outlets, determiners }: Lexicon) {
  const [next, following] = others
  const between = text.slice(from, next?.start)
  const marked = next && nameInMarks.test(text.slice(next.start, next.end))
  const [, word] = /\s(\p{L}+)\s$/u.exec(between) ?? []
  const isNamed = marked && word && (outlets.test(word) || determiners.has(word))
  return isNamed ? text.slice(from, following?.start) : between
}

/** Whether the words before are a sentence that goes on. */
export const isMidSentence = ({ before }: Place) =>
  /\p{L}/u.test(before) && !/[.!?:]["”’)]*\s*$/u.test(before)
const wordsIn = ({ quoted }: Place) => [...quoted.matchAll(/[\p{L}\p{N}'’-]+/gu)].map(([word]) => word)
/** Whether the words between the marks begin as a sentence does. */
export const startsSentence = (place: Place) => /^[^\p{L}\p{N}'’-]*\p{Lu}/u.test(place.quoted)
/** Whether they end as a sentence does. */
export const endsSentence = ({ quoted }: Place) => /[.!?…]['’]?["”»“']+$/.test(quoted)
/** “Boats at Night” */
export const isTitle = (place: Place) =>
  wordsIn(place).every((word) =>
    /^(?:\p{Lu}|\p{N}|(?:of|the|and|a|an|in|on|at|to|for|with|by|from|or|von|und|der|die|das|de|la|le|et|y|di|del|van|het|och|og)$)/u.test(
      word
    )
  )
/** Fewer than three words, or a title, are somebody's words only where a verb says so. */
export const isTelling = (place: Place) => wordsIn(place).length >= 3 && !isTitle(place)
/** The so-called “late boat” */
export const isScare = ({ before }: Place) => /(?:so-called|known as|titled|entitled|named)\s*$/i.test(before)
