// What takes a line out of the story: it is the headline, a date, a byline, a caption, or nothing of the story at all.
import type { NewStory } from '../../content/articles/schema.ts'
import { type Piece, type TextLine, truncate } from '../../content/body/pieces.ts'
import { bylinesOf } from '../metadata/bylines.ts'
import { instantOf } from '../metadata/dates.ts'
import { embargoIn } from '../metadata/embargo.ts'
import { captionAndCredit, isVideoCredit } from '../pictures/credits.ts'
import { addPicture, type Media } from '../pictures/media.ts'
import { copyrightHolder, isBoilerplate, isReadMore } from './boilerplate.ts'
import type { Picture, Warn } from './lines.ts'

/** A line of the story and so on, or the key of the picture shown at its place. */
export type Item = Piece<string>

export interface Parts {
  title?: string
  dek?: string
  section?: string
  tags?: string[]
  canonicalUrl?: string
  publishedAt?: string
  embargoUntil?: string
  internalNotes?: string
  dateline?: string
  bylines: NonNullable<NewStory['bylines']>
  origin: NonNullable<NewStory['origin']>
  media: Media[]
  items: Item[]
}

type LineRule = (parts: Parts, line: TextLine, warn: Warn) => boolean

const lineRules: LineRule[] = [embargo, caption, copyright, byline, boilerplate, date, headline]

/** Whether the line is something else than a paragraph of the story; what it is, is put in its place. */
export const isClassified: LineRule = (parts, line, warn) =>
  lineRules.some((takes) => takes(parts, line, warn))

/** A headline of a length a story can have. */
export function titleOf(text: string, warn: Warn) {
  if (text.length > 500)
    warn({
      code: 'headline-cut',
      detail: 'The headline was cut to 500 characters.',
      words: truncate(text, 300),
      pointer: '/title'
    })
  return truncate(text, 500)
}

/** Dates the story, when this text is a date. */
export function setDate(parts: Parts, text: string, warn: Warn): boolean {
  const instant = instantOf(text)
  if (!instant) return false
  parts.publishedAt = instant.at
  if (instant.guessed) {
    warn({
      code: 'date-without-zone',
      detail: 'The page gives no time or time zone: the date was taken as midnight UTC.',
      words: truncate(text, 300),
      pointer: '/publishedAt'
    })
  }
  return true
}

const embargoDetails = {
  read: 'The draft is under the embargo that the page states.',
  guessed: 'The embargo has no time or no zone: it holds until that day is over everywhere.',
  unclear: 'The page states an embargo whose end cannot be read: it is a note on the draft, which has none.'
}

/** An embargo holds for the draft, the latest of several; one whose end cannot be read is a note to the desk. */
function embargo(parts: Parts, { text }: TextLine, warn: Warn) {
  const found = embargoIn(text)
  if (found === undefined) return false
  const { until, guessed } = found
  if (until === undefined) parts.internalNotes ??= `The page says: ${text}`
  else if (parts.embargoUntil === undefined || parts.embargoUntil < until) parts.embargoUntil = until
  const kind = until === undefined ? 'unclear' : guessed ? 'guessed' : 'read'
  const pointer = until === undefined ? '/internalNotes' : '/embargoUntil'
  warn({ code: `embargo-${kind}`, detail: embargoDetails[kind], words: text, pointer })
  return true
}

/** A date line before the story. */
function date(parts: Parts, { text }: TextLine, warn: Warn) {
  if (parts.items.length > 0) return false
  return parts.publishedAt === undefined ? setDate(parts, text, warn) : instantOf(text) !== undefined
}

/** The first line that is nothing else is the headline; the same words again are dropped. */
function headline(parts: Parts, { text }: TextLine, warn: Warn) {
  if (parts.title !== undefined) return parts.items.length === 0 && text === parts.title
  parts.title = titleOf(text, warn)
  warn({
    code: 'headline-guessed',
    detail: 'The first line was taken as the headline.',
    words: truncate(text, 300),
    pointer: '/title'
  })
  return true
}

function byline(parts: Parts, { text }: TextLine, warn: Warn) {
  const found = parts.items.length === 0 ? bylinesOf(text) : undefined
  if (found?.length === 0)
    warn({
      code: 'byline-without-name',
      detail: 'A byline that names nobody was left out.',
      words: truncate(text, 300),
      pointer: '/bylines'
    })
  if (found) parts.bylines.push(...found)
  return found !== undefined
}

function boilerplate({ origin }: Parts, { text, spans }: TextLine) {
  const href = isReadMore(text) ? firstHref(spans) : undefined
  if (href !== undefined) origin.url = href
  return isBoilerplate(text)
}

const firstHref = (spans: TextLine['spans']) =>
  spans
    .flatMap(({ annotations }) => annotations)
    .filter((one) => one._type === 'link')
    .map(({ href }) => href)
    .find((href) => href.startsWith('http'))

function copyright({ origin }: Parts, { text }: TextLine, warn: Warn) {
  const holder = copyrightHolder(text)
  if (holder === undefined) return false
  origin.copyrightNotice ??= text
  if (origin.publisher == null) {
    origin.publisher = truncate(holder, 300)
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
  placePicture(parts, { kind: isVideoCredit(found.credit) ? 'video' : 'image', ...found }, warn)
  return true
}

/** Shows a picture at its place in the story; the first one leads the story instead. */
export function placePicture({ media, items }: Parts, shown: Picture, warn: Warn) {
  const mediaId = addPicture(media, shown, warn)
  if (mediaId !== undefined && media.length > 1) items.push({ _type: 'image', picture: mediaId })
}
