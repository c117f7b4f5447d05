// The order of a text, worked out by hand: what quotes and attributions are listed by.
import type { Article } from '../../src/content/articles/schema.ts'

/** The sort key of the quote or attribution at this place of an article: lists begin with the highest. */
export const placeOf = ({ id, publishedAt }: Article, place: number) =>
  `${publishedAt}~${id.slice(4, 18)}~${99_999 - place}`

/** Where in the text of an article the words of a quote or claim begin. */
export function placesIn({ body }: Article) {
  const defs = (
    body as { markDefs?: { _key: string; quoteId?: string; attributionId?: string }[] }[]
  ).flatMap((block, b) => (block.markDefs ?? []).map((def) => ({ ...def, b })))
  const blocks = (body as { children?: { marks: string[] }[] }[]).map(({ children = [] }) => children)
  return (id: string) => {
    const def = defs.find(({ quoteId, attributionId }) => quoteId === id || attributionId === id)
    if (def === undefined) return Infinity
    const span = blocks[def.b]!.findIndex(({ marks }) => marks.includes(def._key))
    const within = blocks[def.b]![span]!.marks.indexOf(def._key)
    return def.b * 1e6 + span * 1e3 + within
  }
}

/** All attributions of an article in the order of its text. */
export function attributionsOf(article: Article) {
  const all = [...article.quotes.flatMap(({ attributions }) => attributions), ...article.attributions]
  const place = placesIn(article)
  return all.toSorted((a, b) => place(a.quoteId ?? a.id) - place(b.quoteId ?? b.id))
}
