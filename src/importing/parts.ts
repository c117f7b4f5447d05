// The parts of a page: which lines are its headline, date, bylines and pictures, which are its story, which neither.
import type { NewStory } from '../articles/schema.ts'
import { bylinesOf, datelineOf } from './bylines.ts'
import { captionAndCredit, isVideoCredit } from './credits.ts'
import { instantOf } from './dates.ts'
import { copyrightHolder, isFurniture, isReadMore, startsComments } from './furniture.ts'
import { cut, isWords, type Line, type Page, type Picture, part, type TextLine, type Warn } from './lines.ts'
import { addPicture, type Media } from './media.ts'

/** A line of the story, or the key of the picture shown at its place. */
export type Item = TextLine | { mediaId: string }

export interface Parts {
  title?: string
  publishedAt?: string
  dateline?: string
  bylines: NonNullable<NewStory['bylines']>
  origin: NonNullable<NewStory['origin']>
  media: Media[]
  items: Item[]
}

type Taker = (parts: Parts, line: TextLine, warn: Warn) => boolean

const longestLine = 20_000
const takers: Taker[] = [caption, copyright, furniture, date, byline, headline]

/** Every line of the page put where it belongs. */
export function partsOf(page: Page, warn: Warn): Parts {
  const parts: Parts = { bylines: [], origin: {}, media: [], items: [] }
  if (page.title !== undefined) parts.title = titleOf(page.title, warn)
  if (page.published !== undefined) dated(parts, page.published, warn)
  if (page.publisher !== undefined) parts.origin.publisher = cut(page.publisher, 300)
  for (const line of page.lines) {
    if (!isWords(line)) picture(parts, line.picture, warn)
    else if (!takers.some((takes) => takes(parts, line, warn))) parts.items.push(...pieces(line))
  }
  withoutComments(page.comments, warn)
  parts.bylines = (
    parts.bylines.length > 0 ? parts.bylines : page.authors.map((name) => ({ name: cut(name, 300) }))
  ).slice(0, 50)
  placed(parts)
  return parts
}

/** Tells the editor when readers' comments were left out. */
function withoutComments(comments: Line[], warn: Warn) {
  const first = comments.filter(isWords).find(({ text }) => !isFurniture(text) && !startsComments(text))
  if (!first) return
  warn({
    code: 'comments-left-out',
    detail: 'What readers wrote below the story was left out.',
    words: cut(first.text, 300)
  })
}

function titleOf(text: string, warn: Warn) {
  if (text.length > 500)
    warn({
      code: 'headline-cut',
      detail: 'The headline was cut to 500 characters.',
      words: cut(text, 300),
      pointer: '/title'
    })
  return cut(text, 500)
}

function dated(parts: Parts, text: string, warn: Warn): boolean {
  const instant = instantOf(text)
  if (!instant) return false
  parts.publishedAt = instant.at
  if (instant.guessed) {
    warn({
      code: 'date-without-zone',
      detail: 'The page gives no time or time zone: the date was taken as midnight UTC.',
      words: cut(text, 300),
      pointer: '/publishedAt'
    })
  }
  return true
}

/** A date line before the story. */
function date(parts: Parts, { text }: TextLine, warn: Warn) {
  if (parts.items.length > 0) return false
  return parts.publishedAt === undefined ? dated(parts, text, warn) : instantOf(text) !== undefined
}

/** The first line that is nothing else is the headline; the same words again are dropped. */
function headline(parts: Parts, { text }: TextLine, warn: Warn) {
  if (parts.title !== undefined) return parts.items.length === 0 && text === parts.title
  parts.title = titleOf(text, warn)
  warn({
    code: 'headline-guessed',
    detail: 'The first line was taken as the headline.',
    words: cut(text, 300),
    pointer: '/title'
  })
  return true
}

function byline(parts: Parts, { text }: TextLine) {
  const found = parts.items.length === 0 ? bylinesOf(text) : undefined
  if (found)
    parts.bylines.push(...found.map(({ name, role }) => ({ name: cut(name, 300), ...(role && { role }) })))
  return found !== undefined
}

function furniture({ origin }: Parts, { text, links }: TextLine) {
  const href = isReadMore(text) ? links[0]?.href : undefined
  if (href !== undefined && URL.canParse(href) && /^https?:/.test(href)) origin.url ??= href
  return isFurniture(text)
}

function copyright({ origin }: Parts, { text }: TextLine, warn: Warn) {
  const holder = copyrightHolder(text)
  if (holder === undefined) return false
  origin.copyrightNotice ??= text
  if (origin.publisher == null) {
    origin.publisher = cut(holder, 300)
    warn({
      code: 'publisher-guessed',
      detail: 'The copyright holder was taken as the publisher.',
      words: text,
      pointer: '/origin/publisher'
    })
  }
  return true
}

/** A paragraph that ends with a credit is the caption of a picture that plain text cannot show. */
function caption(parts: Parts, { text }: TextLine, warn: Warn) {
  const found = captionAndCredit(text)
  if (!found) return false
  picture(parts, { kind: isVideoCredit(found.credit) ? 'video' : 'image', ...found }, warn)
  return true
}

/** Shows a picture at its place in the story; the first one leads the story instead. */
function picture({ media, items }: Parts, shown: Picture, warn: Warn) {
  const mediaId = addPicture(media, shown, warn)
  if (mediaId !== undefined && media.length > 1) items.push({ mediaId })
}

/** A line as one block of the story, or as several where it is longer than any prose. */
function pieces(line: TextLine): TextLine[] {
  const found: TextLine[] = []
  for (let at = 0; at < line.text.length; ) {
    const length = cut(line.text.slice(at, at + longestLine), longestLine).length
    found.push(part(line, at, at + length))
    at += length
  }
  return found
}

/** Takes the dateline off the first paragraph. */
function placed(parts: Parts) {
  const [first] = parts.items
  const found = first && 'text' in first ? datelineOf(first.text) : undefined
  if (!found) return
  parts.dateline = found.place
  parts.items[0] = part(first as TextLine, found.length)
}
