// Plain text: paragraphs, and lines that a mail program wrapped.

/** The paragraphs of a text, each as its lines. Line breaks may be those of any system. */
export const paragraphsOf = (text: string): string[][] =>
  text
    .replace(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n\s*/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => paragraph.split('\n').map((line) => line.trim()))

/** Lines of about one length, cut in mid-sentence, are one paragraph that was wrapped by a mail program. */
export function isHardWrapped(lines: string[]): boolean {
  const wrapped = lines.slice(0, -1)
  const even = wrapped.length > 0 && wrapped.every(({ length }) => length >= 50 && length <= 90)
  return even && wrapped.some((line) => /[\p{L},]$/u.test(line))
}
