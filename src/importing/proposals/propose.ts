// Reading a saved news page, for whoever asks over HTTP or on the command line.
import type { ConvertedStory } from '../../content/articles/schema.ts'
import { read } from '../../content/body/read.ts'
import { HttpProblem } from '../../http/problems.ts'
import type { Warning } from '../../http/schemas.ts'
import type { Evidence } from '../evidence/evidence.ts'

/** A saved page, and what it is. */
export interface SavedFile {
  content: string
  mediaType: 'text/plain' | 'text/html'
}

/** The story of a page, ready to be written, and what an editor should look at. */
export interface ProposedStory {
  story: ConvertedStory
  warnings: Warning[]
  /** From which words, and by which rule, each record of the story was read. */
  evidence: Evidence[]
}

/** The story that a saved news page tells. Throws 422 when there is none in it. */
export async function propose({ content, mediaType }: SavedFile): Promise<ProposedStory> {
  // Most processes never see a page: what reads them is loaded for the first.
  const { readPage, Unreadable } = await import('./page.ts')
  try {
    const { story, warnings, evidence } = readPage(content, mediaType)
    const converted = read(story.body!)
    return {
      story: { ...story, body: converted.body },
      warnings: [...warnings, ...converted.warnings],
      evidence
    }
  } catch (error) {
    if (error instanceof Unreadable) throw new HttpProblem('unprocessable', error.message)
    throw error
  }
}
