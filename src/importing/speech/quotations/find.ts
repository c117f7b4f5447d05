// The quotations of a text, and who is said to have said each: for those who check them against the record.
import { read } from '../../../content/body/read.ts'
import type { NewBody } from '../../../content/body/schema.ts'
import { inside, stretches } from '../marks.ts'
import { type Paragraph, paragraphsOf } from '../paragraphs.ts'
import { readSpeech } from '../words.ts'

/** Words between quotation marks, and the name of who is said to have said them. */
export interface Quotation {
  words: string
  /** Absent where the text names nobody. */
  speaker?: string
}

/** Fewer words between marks that nobody is said to have said are a title, or a term. */
const fewest = 4
const ignored = () => {}

/** The quotations of a body, in the order of the text. Pure, so that it can run in a worker thread. */
export function quotationsIn({ body: sent, language }: { body: NewBody; language?: string }): Quotation[] {
  const { body } = read(sent)
  const paragraphs = paragraphsOf(body, ignored)
  const { quotes, sources } = readSpeech(body, ignored, { language, quotesOnly: true })
  const names = new Map(sources.map(({ key, name }) => [key, name]))
  const between = paragraphs.flatMap(({ text }, i) => betweenMarks(text, i * perParagraph))
  const placeAfter = placesIn(paragraphs, between)
  const told = quotes.map(({ text, attributions = [] }) => {
    const { sourceId, unnamed } = attributions[0]!.hops.at(-1)!
    const speaker = sourceId ? names.get(sourceId) : nameIn(unnamed!.description)
    return { words: text, places: text.split(' ... ').map(placeAfter), ...(speaker && { speaker }) }
  })
  const taken = told.flatMap(({ places }) => places)
  return [...told, ...between.filter((stretch) => isUntold(stretch, taken))]
    .sort(({ places: [one] }, { places: [other] }) => one! - other!)
    .map(({ words, speaker }: Quotation & { places: number[] }) => ({ words, ...(speaker && { speaker }) }))
}

/** A name that was taken for a description: "Lindqvist said", where no full name told that it is one. */
const nameIn = (description: string) => (/^(?:\p{Lu}\S*\s?)+$/u.test(description) ? description : undefined)

/** Numbers of places: the paragraph, then the character in it. */
const perParagraph = 1_000_000

/** Words between marks, from one place to another. */
interface Marked {
  words: string
  places: [start: number]
  from: number
  to: number
}

/** What stands between closed marks in a paragraph whose first place this is. */
const betweenMarks = (text: string, first: number): Marked[] =>
  stretches(text)
    .filter(({ open }) => !open)
    .map((stretch) => {
      const { start, end } = inside(text, stretch)
      const bounds = { from: first + stretch.start, to: first + stretch.end }
      return { words: text.slice(start, end), places: [first + start], ...bounds }
    })

/** Answers where words stand that come one after the other, as quotes do in the order of the text. */
function placesIn(paragraphs: Paragraph[], between: Marked[]) {
  let last = 0
  return (words: string): number => {
    const marked = between.find((stretch) => stretch.from >= last && stretch.words === words)
    const place = marked?.places[0] ?? placeOf(words, paragraphs, last)
    last = place + words.length
    return place
  }
}

/** Where words stand that are set apart otherwise, as by a block or a dash. */
function placeOf(words: string, paragraphs: Paragraph[], last: number): number {
  for (let i = Math.floor(last / perParagraph); i < paragraphs.length; i++) {
    const first = i * perParagraph
    const at = paragraphs[i]!.text.indexOf(words, Math.max(0, last - first))
    if (at >= 0) return first + at
  }
  return last
}

/** Whether the text does not say whose words these are. */
const isUntold = ({ words, from, to }: Marked, taken: number[]) =>
  words.split(/\s+/).length >= fewest && !taken.some((place) => place >= from && place < to)
