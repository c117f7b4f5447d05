// The quotations of a text, and who is said to have said each: for those who check them against the record.
import { read } from '../../../content/body/read.ts'
import type { NewBody } from '../../../content/body/schema.ts'
import type { Range } from '../../../content/body/text.ts'
import { inside, stretches } from '../marks.ts'
import { type Paragraph, paragraphsOf } from '../paragraphs.ts'
import { readQuotes } from '../words.ts'

/** Words between quotation marks, and the name of who is said to have said them. */
export interface Quotation {
  words: string
  /** Absent where the text names nobody. */
  speaker?: string
}

/** Fewer words between marks that nobody is said to have said are a title, or a term. */
const fewest = 4
const ignoreWarning = () => {}

/** The quotations of a body, in the order of the text. Pure, so that it can run in a worker thread. */
export function quotationsIn({ body: sent, language }: { body: NewBody; language?: string }): Quotation[] {
  const { body } = read(sent)
  const { quotes, places, sources } = readQuotes(body, ignoreWarning, language)
  const names = new Map(sources.map(({ key, name }) => [key, name]))
  const attributed = quotes.map(({ text, attributions = [] }, i) => {
    const { sourceId, unnamed } = attributions[0]!.hops.at(-1)!
    const speaker = sourceId ? names.get(sourceId) : nameIn(unnamed!.description)
    return { words: text, places: places[i]!, ...(speaker && { speaker }) }
  })
  const taken = places.flat()
  const others = paragraphsOf(body, ignoreWarning)
    .flatMap(betweenMarks)
    .filter((stretch) => isUnattributed(stretch, taken))
  return [...attributed, ...others].sort(inOrder).map(({ places: _, ...quotation }: Placed) => quotation)
}

/** A quotation, and where its parts stand. */
interface Placed extends Quotation {
  places: Range[]
}

const inOrder = ({ places: [one] }: Placed, { places: [other] }: Placed) =>
  one!.block - other!.block || one!.start - other!.start

/** A name that was taken for a description: "Lindqvist said", where no full name told that it is one. */
const nameIn = (description: string) => (/^(?:\p{Lu}\S*\s?)+$/u.test(description) ? description : undefined)

/** What stands between closed marks in a paragraph. */
const betweenMarks = ({ block, text }: Paragraph): Placed[] =>
  stretches(text)
    .filter(({ open }) => !open)
    .map((stretch) => {
      const { start, end } = inside(text, stretch)
      return { words: text.slice(start, end), places: [{ block, start, end }] }
    })

/** Whether the text does not say whose words these are. */
const isUnattributed = ({ words, places: [place] }: Placed, taken: Range[]) =>
  words.split(/\s+/).length >= fewest &&
  !taken.some(({ block, start, end }) => block === place!.block && start < place!.end && end > place!.start)
