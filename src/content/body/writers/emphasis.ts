// How emphasis is written in Markdown, so that every reader sees where it begins and ends (CommonMark 0.31.2, 6.2).
import type { Mark, Token } from './marks.ts'

/** What is written where each mark opens and closes, by the place of its token. */
type Delimiters = (string | undefined)[]

const html = { strong: 'strong', em: 'em', strike: 'del' } as const
type Emphasis = keyof typeof html

/** Whether a mark is written with delimiters that must touch the words. */
const isEmphasis = (mark: Mark): mark is { type: Emphasis } => mark.type in html

/**
 * The tokens with white space moved out of emphasis: a delimiter beside it is read as an asterisk. Emphasis of nothing
 * is dropped.
 */
export function trimEmphasis(tokens: Token[]): Token[] {
  // Most blocks are words without a mark.
  if (tokens.length < 3) return tokens
  return moveSpace(moveSpace(tokens, 'open').reverse(), 'close').reverse()
}

type Edge = 'open' | 'close'

/** White space moved to before the marks that open at it; seen from the other end, to after those that close. */
function moveSpace(tokens: Token[], edge: Edge): Token[] {
  const out: Token[] = []
  for (const token of tokens) {
    const last = out.at(-1)
    if ('text' in token) pushText(out, token.text, edge)
    else if (edge in token || !(last && isEmphasisEdge(last, edge) && isEmphasis(markOf(token))))
      out.push(token)
    else out.pop()
  }
  return out
}

/** The text, its white space before the emphasis that opened just now. */
function pushText(out: Token[], text: string, edge: Edge) {
  const words = edge === 'open' ? text.trimStart() : text.trimEnd()
  const opened: Token[] = []
  if (words !== text) while (out.length > 0 && isEmphasisEdge(out.at(-1)!, edge)) opened.unshift(out.pop()!)
  if (opened.length === 0) return joinText(out, text, edge)
  joinText(out, edge === 'open' ? text.slice(0, -words.length || undefined) : text.slice(words.length), edge)
  out.push(...opened)
  if (words !== '') out.push({ text: words })
}

function joinText(out: Token[], text: string, edge: Edge) {
  const last = out.at(-1)
  if (last === undefined || !('text' in last)) out.push({ text })
  else out[out.length - 1] = { text: edge === 'open' ? last.text + text : text + last.text }
}

export const markOf = (token: Exclude<Token, { text: string }>) =>
  'open' in token ? token.open : token.close

const isEmphasisEdge = (token: Token, edge: Edge) =>
  edge in token && !('text' in token) && isEmphasis(markOf(token))

/** The delimiters of every emphasis: `**`, `_` or `*`, `~~`; tags of HTML where no reader would take these. */
export function delimitersOf(tokens: Token[]): Delimiters {
  const chosen: Delimiters = []
  const pairs = pairsOf(tokens)
  // An emphasis may touch a strong one, whose stars it must not run into.
  for (const type of ['strong', 'strike', 'em'] as const) {
    for (const [open, close] of pairs) {
      const mark = markOf(tokens[open] as { open: Mark })
      if (mark.type !== type) continue
      const delimiter = candidates[type].find((one) => isReadableAs(tokens, chosen, one, open, close))
      chosen[open] = delimiter ?? `<${html[type]}>`
      chosen[close] = delimiter ?? `</${html[type]}>`
    }
  }
  return chosen
}

const candidates = { strong: ['**'], em: ['_', '*'], strike: ['~~'] }

/** The places where each emphasis opens and closes. */
function pairsOf(tokens: Token[]): [open: number, close: number][] {
  const open: number[] = []
  const pairs: [number, number][] = []
  tokens.forEach((token, place) => {
    if ('open' in token) open.push(place)
    else if ('close' in token) {
      const from = open.pop()!
      if (isEmphasis(token.close)) pairs.push([from, place])
    }
  })
  return pairs
}

function isReadableAs(tokens: Token[], chosen: Delimiters, delimiter: string, open: number, close: number) {
  const star = delimiter.at(0)
  for (const beside of [open - 1, open + 1, close - 1, close + 1])
    if (chosen[beside]?.startsWith(star!)) return false
  const isWord = delimiter === '_'
  return (
    canDelimit(firstOf(tokens[open + 1]), lastOf(tokens[open - 1]), isWord) &&
    canDelimit(lastOf(tokens[close - 1]), firstOf(tokens[close + 1]), isWord)
  )
}

/** The character a token begins with: of a mark, some punctuation; of none, the end of the line. */
const firstOf = (token: Token | undefined) =>
  token === undefined ? '\n' : 'text' in token ? String.fromCodePoint(token.text.codePointAt(0)!) : '<'

function lastOf(token: Token | undefined): string {
  if (token === undefined) return '\n'
  if (!('text' in token)) return '>'
  const last = token.text.slice(-2)
  return last.codePointAt(0)! > 0xffff ? last : last.slice(-1)
}

// Symbols are punctuation since CommonMark 0.31, and readers differ: what may be punctuation for one, and is for all.
const maybePunctuation = /[\p{P}\p{S}]/u
const punctuation = /[\p{P}$+<=>^`|~]/u
const space = /[\p{Zs}\t\n\f\r]/u

/** Whether a delimiter between these two opens (or, the other way round, closes) emphasis for every reader. No emphasis has spaces at its ends here. */
function canDelimit(inside: string, outside: string, isWord: boolean) {
  const isApart = space.test(outside) || punctuation.test(outside)
  return isApart || !(isWord || maybePunctuation.test(inside))
}
