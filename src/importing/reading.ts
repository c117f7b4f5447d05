// Reading a saved news page, for whoever asks over HTTP or on the command line.
import { HttpProblem } from '../problems.ts'
import type { Proposal } from './page.ts'

/** A saved page, and what it is. */
export interface SavedFile {
  content: string
  mediaType: 'text/plain' | 'text/html'
}

/** The story that a saved news page tells. Throws 422 when there is none in it. */
export async function propose({ content, mediaType }: SavedFile): Promise<Proposal> {
  // Most processes never see a page: what reads them is loaded for the first.
  const { readPage, Unreadable } = await import('./page.ts')
  try {
    return readPage(content, mediaType)
  } catch (error) {
    if (error instanceof Unreadable) throw new HttpProblem('unprocessable', error.message)
    throw error
  }
}
