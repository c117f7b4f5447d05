// Putting provenance together, from the edges of what is published.
import type { Attribution } from '../../content/attributions/schema.ts'
import type { Quote } from '../../content/quotes/schema.ts'
import * as published from '../../newsstand/documents/published.ts'
import type { Reader } from '../../storage/database.ts'
import { edgesOf } from '../edges/compile.ts'
import { provenanceOf } from './graph.ts'
import { surroundings } from './reading.ts'
import type { Provenance, ProvenanceNode } from './schema.ts'
import type { Asked } from './subjects.ts'

/** The provenance of what is asked of, and the ids of everything that it was read from. */
export async function provenance(
  db: Reader,
  asked: Asked
): Promise<{ provenance: Provenance; articles: string[]; sources: string[] }> {
  const { id, articleId, article } = asked
  const around = await surroundings(db, articleId, edgesOf({ ...asked, id: articleId }), asked.drafts)
  const own = around.network.stories.get(articleId)!
  const words = await wordsOf(db, asked, [...around.network.stories.values()].flat())
  const node: ProvenanceNode | undefined = article && {
    id,
    kind: 'article',
    label: article.title,
    state: article.retracted ? 'retracted' : 'published'
  }
  const subject = { id, statements: own, ...(node && { article: node }) }
  const made = await provenanceOf(subject, around, (statement) => words.get(statement)!)
  return {
    provenance: made,
    articles: [...new Set([...around.network.stories.keys(), ...around.network.states.keys()])],
    sources: [...around.network.owners.keys()]
  }
}

/** The words of quotes and claims: those that were asked of, and those in which chains go on. */
async function wordsOf(db: Reader, { quotes, attributions }: Asked, statements: { id: string }[]) {
  const words = new Map([
    ...quotes.map(({ id, text }) => [id, text] as const),
    ...attributions.map(({ id, claim }) => [id, claim!] as const)
  ])
  const missing = statements.map(({ id }) => id).filter((id) => !words.has(id))
  return new Map([...words, ...(await publishedWords(db, missing))])
}

/** The words of published quotes and claims. */
export async function publishedWords(db: Reader, ids: string[]): Promise<Map<string, string>> {
  const words = new Map<string, string>()
  const [quoted, claimed] = [ids.filter(isQuote), ids.filter((id) => !isQuote(id))]
  for (const { id, card } of await published.cards(db, 'quote', quoted))
    words.set(id, (JSON.parse(card.toString()) as Quote).text)
  for (const { id, card } of await published.cards(db, 'attribution', claimed))
    words.set(id, (JSON.parse(card.toString()) as Attribution).claim!)
  return words
}

const isQuote = (id: string) => id.startsWith('quo_')
