import * as stories from '../content/articles/story.ts'
import type { Writer } from '../storage/database.ts'
import type { Reading } from './reading.ts'
import type { Imported } from './schema.ts'

/** The draft that a proposal becomes. */
export async function create(tx: Writer, { story, warnings }: Reading): Promise<Imported> {
  const article = await stories.create(tx, story)
  const { sources, media, quotes } = article
  const attributions = [...quotes.flatMap(({ attributions }) => attributions), ...article.attributions]
  return { article, sources, media, quotes, attributions, warnings }
}
