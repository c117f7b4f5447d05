// The one form every format is read into: what a page says about itself, and its lines.
import type { styles, TextBlock } from '../body/schema.ts'
import type { Warning } from '../schemas.ts'

export interface Span {
  text: string
  marks: string[]
}

export interface Link {
  start: number
  end: number
  href: string
}

export interface TextLine {
  text: string
  style: (typeof styles)[number]
  listItem?: TextBlock['listItem']
  level?: number
  /** The same text, cut where its decorators change. */
  spans: Span[]
  links: Link[]
}

export interface Picture {
  kind: 'image' | 'video' | 'audio'
  url?: string
  alt?: string
  caption?: string
  /** The credit where the page keeps it apart from the caption. */
  credit?: string
}

export type Line = TextLine | { picture: Picture }

export interface Page {
  title?: string
  published?: string
  language?: string
  authors: string[]
  publisher?: string
  lines: Line[]
  /** What stands below the story: what readers wrote, and the furniture around it. */
  comments: Line[]
}

export type Warn = (warning: Warning) => void

/** Why nothing could be read from a page. */
export class Unreadable extends Error {
  readonly kind: 'no_headline' | 'no_text' | 'too_deep' | 'too_large'

  constructor(kind: Unreadable['kind'], message: string) {
    super(message)
    this.name = 'Unreadable'
    this.kind = kind
  }
}

export const isWords = (line: Line): line is TextLine => 'text' in line

export const plainLine = (text: string): TextLine => ({
  text,
  style: 'normal',
  spans: [{ text, marks: [] }],
  links: []
})

/** At most this many characters, none cut in two. */
export const cut = (text: string, length: number) =>
  text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/u, '')

/** The text without what no document may hold: U+0000 and lone surrogates. */
export const storable = (text: string) => text.replaceAll('\0', '').toWellFormed()

/** The part of a line from one place to another, with its decorators and links. */
export function part(line: TextLine, start: number, end = line.text.length): TextLine {
  let at = 0
  const spans = line.spans.flatMap((span) => {
    const text = span.text.slice(Math.max(0, start - at), Math.max(0, end - at))
    at += span.text.length
    return text === '' ? [] : [{ ...span, text }]
  })
  const links = line.links
    .map((link) => ({
      ...link,
      start: Math.max(link.start, start) - start,
      end: Math.min(link.end, end) - start
    }))
    .filter((link) => link.start < link.end)
  return { ...line, text: line.text.slice(start, end), spans, links }
}
