// Markdown as the HTML that it means: CommonMark, with the tables and the strikethrough of GitHub.
import { createRequire } from 'node:module'
import type { Env, MarkdownIt, StateBlock, Token } from 'markdown-it'
import { unprocessable } from '../../http/problems.ts'
import { truncate } from './pieces.ts'

const require = createRequire(import.meta.url)

/** What Markdown holds beside its words, and what becomes of it. */
export interface NonBody {
  code: 'definition-dropped' | 'footnote-as-text' | 'code-info-dropped'
  detail: string
  words: string
}

/** A definition of an address, `[name]: address`, by its normalized name; none where it was defined before. */
interface Definition {
  words: string
  name?: string
}

interface Environment extends Env {
  references: NonNullable<Env['references']>
  definitions: Definition[]
  footnotes: string[]
  names: Set<string>
}

let parser: MarkdownIt | undefined

/** The parser is large: it is loaded for the first text. */
function loaded(): MarkdownIt {
  if (parser) return parser
  const make = require('markdown-it') as typeof import('markdown-it').default
  const made = make({ html: true })
  // Blocks nested deeper would be left out without a word: the depth of HTML is what is bounded. Of brackets within
  // brackets the parser takes as much time a bracket as they may nest, and leaves what is deeper as words.
  made.core.ruler.before('block', 'block-depth', ({ md }) => void md.set({ maxNesting: 1000 }))
  made.core.ruler.before('inline', 'inline-depth', ({ md }) => void md.set({ maxNesting: 20 }))
  made.validateLink = () => true
  made.normalizeLink = made.normalizeLinkText = (address) => address
  // Spaces within a line stay as they are (CommonMark 0.31.2, 6.9); a line break in the source is a space.
  const { renderer } = made
  const inline = renderer.renderInline.bind(renderer)
  renderer.renderInline = (...line) => `<span style="white-space:pre-wrap">${inline(...line)}</span>`
  renderer.rules.softbreak = () => ' '
  renderer.rules.hardbreak = () => '<br>'
  // A paragraph in a tight list has no tag that would part its words from the HTML after it.
  renderer.rules.html_block = (tokens, at) => `${tokens[at - 1]?.hidden ? '\n' : ''}${tokens[at]!.content}`
  const all = made.block.ruler.getRules('')
  made.disable('reference')
  const others = new Set(made.block.ruler.getRules(''))
  const original = all.find((rule) => !others.has(rule))!
  made.block.ruler.at('reference', (state, start, end, silent) =>
    defines(original, state, start, end, silent)
  )
  made.enable('reference')
  parser = made
  return made
}

type Rule = ReturnType<MarkdownIt['block']['ruler']['getRules']>[number]

/** `[name]: address` is a definition, and no words. `[^1]: The note` is a footnote to most who write Markdown. */
function defines(original: Rule, state: StateBlock, start: number, end: number, silent: boolean) {
  // It is the one that `htmlOf` hands to the parser.
  const env = state.env as Environment
  const line = state.src.slice(state.bMarks[start]! + state.tShift[start]!, state.eMarks[start])
  if (/^\[\^[^\]\s]+\]:/.test(line)) {
    env.footnotes.push(line)
    return false
  }
  if (!original(state, start, end, silent)) return false
  // Without the marks of the lists and quotations that it stands in, as the parser itself reads it.
  const words = state.getLines(start, state.line, state.blkIndent, false)
  const label = /^\s*\[((?:[^[\]\\]|\\[\s\S])+)\]:/.exec(words)![1]!
  const name = state.md.utils.normalizeReference(label)
  env.definitions.push(env.names.has(name) ? { words } : { words, name })
  env.names.add(name)
  return true
}

const frontMatter =
  /^\uFEFF?(?:---[^\S\n]*\n(?:[\w-]+[^\S\n]*:.*\n|[^\S\n].*\n|-\s.*\n|#.*\n)+(?:---|\.\.\.)|\+\+\+[^\S\n]*\n[\s\S]*?\n\+\+\+)[^\S\n]*(?:\n|$)/

/** The HTML of a Markdown text, and what is beside it. Throws 422 for one with front matter. */
export function htmlOf(markdown: string): { html: string; asides: NonBody[] } {
  const text = markdown.replace(/\r\n?/g, '\n')
  if (frontMatter.test(text))
    throw unprocessable(
      '/body/markdown',
      'The Markdown begins with front matter, which is no part of a story: send its title, tags and so on as properties of the article, and the text that follows it as its body.'
    )
  const env: Environment = { references: {}, definitions: [], footnotes: [], names: new Set() }
  const md = loaded()
  const tokens = md.parse(text, env)
  // What was written as a reference: in HTML the character itself would be read as a line feed.
  const html = md.renderer.render(tokens, md.options, env).replaceAll('\r', '&#13;')
  return { html, asides: nonBodyOf(env, tokens) }
}

function nonBodyOf({ definitions, footnotes, references }: Environment, tokens: Token[]): NonBody[] {
  const used = new Set(
    tokens
      .flatMap(({ children }) => children ?? [])
      .flatMap((token) => token.attrGet('href') ?? token.attrGet('src') ?? [])
  )
  const isUsed = ({ name }: Definition) => name !== undefined && used.has(references[name]!.href)
  const dropped = definitions.filter((definition) => !isUsed(definition))
  const infos = tokens.flatMap(({ type, info }) =>
    type === 'fence' ? info.trim().split(/\s+(.*)/s)[1] || [] : []
  )
  return [
    ...infos.map((words) => ({
      code: 'code-info-dropped' as const,
      detail: 'Of what is written beside the fence of code, the first word is kept: its language.',
      words: truncate(words, 300)
    })),
    ...dropped.map(({ words }) => ({
      code: 'definition-dropped' as const,
      detail: 'In Markdown this defines the address of a link, and no link has its name.',
      words: truncate(words, 300)
    })),
    ...footnotes.map((words) => ({
      code: 'footnote-as-text' as const,
      detail: 'A body has no footnotes: this one was kept as a paragraph, where it stands.',
      words: truncate(words, 300)
    }))
  ]
}
