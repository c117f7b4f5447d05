// A news page saved as plain text.
import { plainLine } from '../../content/body/pieces.ts'
import { isHardWrapped, paragraphsOf } from '../../content/body/plain-text.ts'
import { startsComments } from './boilerplate.ts'
import type { Page } from './lines.ts'

/** The page, one line a paragraph; its headline is found among the lines. */
export function readText(content: string): Page {
  const paragraphs = paragraphsOf(content).flatMap((lines) =>
    isHardWrapped(lines) ? [lines.join(' ')] : lines
  )
  const lines = paragraphs.map(plainLine)
  const end = lines.findIndex(({ text }) => startsComments(text))
  const [story, comments] = end < 0 ? [lines, []] : [lines.slice(0, end), lines.slice(end)]
  return { authors: [], lines: story, comments, losses: [] }
}
