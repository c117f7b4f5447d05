// The one form every format is read into: what a page says about itself, and its lines.
import type { Piece } from '../../content/body/pieces.ts'
import type { NewMediaCredit } from '../../content/credits/schema.ts'
import type { Warning } from '../../http/schemas.ts'

export interface Picture {
  kind: 'image' | 'video' | 'audio' | 'document'
  url?: string
  alt?: string
  caption?: string
  /** The credit where the page keeps it apart from the caption. */
  credit?: string
  /** The credit as an export gives it in fields of its own: names that it does not tell apart are read from its line. */
  stated?: NewMediaCredit
  /** What the page says of it in its structured data. */
  terms?: StatedTerms
}

/** Who made a picture, and under which rights, in the structured data of its page. */
export interface StatedTerms
  extends Pick<NewMediaCredit, 'copyrightNotice' | 'copyrightHolder' | 'licence' | 'acquireLicensePage'> {
  creditText?: string
  creators: string[]
  suppliers: string[]
}

export type Line = Piece<Picture>

/** What of a story could not be kept: in, or before, which of its lines; none where it is told of the whole. */
export interface Loss extends Omit<Warning, 'pointer'> {
  line?: number
}

export interface Page {
  title?: string
  published?: string
  language?: string
  authors: string[]
  publisher?: string
  dek?: string
  section?: string
  tags?: string[]
  /** The address the page gives as its own. */
  canonical?: string
  lines: Line[]
  losses: Loss[]
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

/** The text without what no document may hold: U+0000 and lone surrogates. */
export const storable = (text: string) => text.replaceAll('\0', '').toWellFormed()
