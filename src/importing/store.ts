import * as stories from '../articles/story.ts'
import { HttpProblem } from '../problems.ts'
import type { Writer } from '../storage/database.ts'
import type { Proposal } from './page.ts'
import type { Imported } from './schema.ts'

/** The story that a saved news page tells. Throws 422 when there is none in it. */
export async function propose(content: string, mediaType: 'text/plain' | 'text/html'): Promise<Proposal> {
  // Most processes never see a page: what reads them is loaded for the first.
  const { readPage, Unreadable } = await import('./page.ts')
  try {
    return readPage(content, mediaType)
  } catch (error) {
    if (error instanceof Unreadable) throw new HttpProblem('unprocessable', error.message)
    throw error
  }
}

/** The draft that a proposal becomes. */
export async function create(tx: Writer, { story, warnings }: Proposal): Promise<Imported> {
  const article = await stories.create(tx, story)
  const { sources, media, quotes } = article
  const attributions = [...quotes.flatMap(({ attributions }) => attributions), ...article.attributions]
  return { article, sources, media, quotes, attributions, warnings }
}
