// The words of a block as Markdown, with the marks it knows; the others as tags of HTML.
import type { TextBlock } from '../schema.ts'
import { delimitersOf, markOf, trimEmphasis } from './emphasis.ts'
import { escapedText, type Place, targetOf } from './escapes.ts'
import { endsWithBreak, oneLink } from './html-inline.ts'
import { type Mark, type Token, tokensOf } from './marks.ts'

/** What kind of line the words stand in. */
export type Line = Pick<Place, 'oneLine' | 'inTable' | 'inHeading'>

const tags = { underline: 'u', sup: 'sup', sub: 'sub' } as const

/** Quotes and claims are found again by their words: Markdown has nothing for them. */
const written = (marks: Mark[]) =>
  oneLink(marks.filter(({ type }) => type !== 'quote' && type !== 'attribution'))

/** The words of a block. A break at its end is a tag: a backslash there would be one. */
export function inline(block: TextBlock, line: Line): string {
  const tokens = trimEmphasis(tokensOf(block, written))
  const breaks = takeBreaks(tokens)
  const delimiters = delimitersOf(tokens)
  const parts: string[] = []
  let inLink = false
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    if ('text' in token) {
      const place = { ...line, inLink, isFirst: i === 0, isLast: i === tokens.length - 1 }
      parts.push(wordsOf(token.text, place, tokens[i + 1]))
      continue
    }
    const mark = markOf(token)
    if (isLink(mark)) inLink = 'open' in token
    const code = isCode(mark) ? codeOf(tokens, i, line) : undefined
    parts.push(code ?? delimiters[i] ?? tagOf(token))
    if (code !== undefined) i += 2
  }
  return `${parts.join('')}${'<br />'.repeat(breaks)}${endsWithBreak(block) ? '<br />' : ''}`
}

/** Takes the line breaks from the end of the words. */
function takeBreaks(tokens: Token[]): number {
  const last = tokens.at(-1)
  if (!last || !('text' in last)) return 0
  let end = last.text.length
  while (last.text[end - 1] === '\n') end--
  tokens.splice(-1, 1, ...(end === 0 ? [] : [{ text: last.text.slice(0, end) }]))
  return last.text.length - end
}

const isLink = ({ type }: Mark) => type === 'link'
const isCode = ({ type }: Mark) => type === 'code'

/** An exclamation mark before a link would make a picture of it. */
function wordsOf(text: string, place: Place, next: Token | undefined): string {
  const words = escapedText(text, place)
  return text.endsWith('!') && next && 'open' in next && isLink(next.open)
    ? `${words.slice(0, -1)}\\!`
    : words
}

function tagOf(token: { open: Mark } | { close: Mark }): string {
  const mark = markOf(token)
  if ('def' in mark && mark.def._type === 'link') return 'open' in token ? '[' : `](${targetOf(mark.def)})`
  const tag = isCode(mark) ? 'code' : tags[mark.type as keyof typeof tags]
  return 'open' in token ? `<${tag}>` : `</${tag}>`
}

/** The code that opens here between back quotes, where they can hold it (CommonMark 0.31.2, 6.1). */
function codeOf(tokens: Token[], place: number, { inTable }: Line): string | undefined {
  if ('close' in tokens[place]!) return undefined
  const { text } = tokens[place + 1] as { text: string }
  if (/[\r\n]/.test(text) || text.trim() === '' || (inTable && text.includes('|'))) return undefined
  const quotes = '`'.repeat(longestRun(text, '`') + 1)
  const padding = /^`|`$|^ [\s\S]* $/.test(text) ? ' ' : ''
  return `${quotes}${padding}${text}${padding}${quotes}`
}

/** How long the longest run of this sign is. */
export function longestRun(text: string, sign: string): number {
  let [longest, run] = [0, 0]
  for (const letter of text) {
    run = letter === sign ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}
