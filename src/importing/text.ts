// A news page saved as plain text.
import { startsComments } from './furniture.ts'
import { type Page, plainLine } from './lines.ts'

/** The page, one line a paragraph; its headline is found among the lines. */
export function readText(content: string): Page {
  const chunks = content.replace(/\r\n?/g, '\n').split(/\n[^\S\n]*\n/)
  const paragraphs = chunks.flatMap((chunk) => unwrapped(chunk.split('\n').map((line) => line.trim())))
  const lines = paragraphs.filter((text) => text !== '').map(plainLine)
  const end = lines.findIndex(({ text }) => startsComments(text))
  const [story, comments] = end < 0 ? [lines, []] : [lines.slice(0, end), lines.slice(end)]
  return { authors: [], lines: story, comments }
}

/** Lines of about one length, cut in mid-sentence, are one paragraph that was wrapped by a mail program. */
function unwrapped(lines: string[]): string[] {
  const wrapped = lines.slice(0, -1)
  const even = wrapped.length > 0 && wrapped.every(({ length }) => length >= 50 && length <= 90)
  return even && wrapped.some((line) => /[\p{L},]$/u.test(line)) ? [lines.join(' ')] : lines
}
