// What a reader of another system's export yields: typed items, which the writer puts into the newsroom.
import type { NewMediaCredit } from '../../content/credits/schema.ts'
import type { SystemKind } from './kinds.ts'

/** Where something stands in an export, for people: "export.xml: post 13". */
export type Place = string

export interface Author {
  /** Its id there; authors of the same id are one source. */
  id?: string
  name: string
  role?: string
  /** Its own pages. */
  addresses?: string[]
}

/** A picture, video or sound, with what is known of it beside the body. */
export interface ImportedMedia {
  /** Its id there. In the body `data-picture` of an `img` names it. */
  id: string
  kind: 'image' | 'video' | 'audio' | 'document'
  url: string
  /** Other addresses of the same file, such as those of smaller forms. */
  otherUrls?: string[]
  caption?: string
  alt?: string
  width?: number
  height?: number
  credit?: NewMediaCredit
}

export interface ArticleItem {
  kind: 'article'
  place: Place
  /** Its id there; the system is the writer's. */
  id: string
  /** What it is called here: `page` for what is no story. */
  type: 'story' | 'page'
  title: string
  dek?: string
  /** The body as HTML. */
  html: string
  authors: Author[]
  /** RFC 3339, with an offset. */
  publishedAt?: string
  updatedAt?: string
  /** Until when nobody may publish it. */
  embargoUntil?: string
  /** `killed`: its agency withdrew it, and nobody may use it. */
  status: 'draft' | 'scheduled' | 'published' | 'private' | 'trash' | 'killed'
  section?: string
  tags: string[]
  /** As BCP 47; undefined where the export does not say. */
  language?: string
  slug?: string
  /** Its own address there, against which relative ones are resolved. */
  url?: string
  /** The file of the export that it is, where others lie beside it that it names by relative addresses. */
  file?: string
  /** Where it was published first, as it says itself. */
  canonicalUrl?: string
  /** Whose story it is, where that is another publisher. */
  publisher?: string
  /** Who has its rights, in the words that are to be printed. */
  copyrightNotice?: string
  /** Where it was written. */
  dateline?: string
  /** Its version there: an older one does not replace a newer one. */
  version?: number
  /** Former addresses, absolute or paths from the root. */
  addresses: string[]
  /** What it shows: what is neither in the body nor the main picture is put after the body. */
  media: ImportedMedia[]
  /** What belongs to it and is not shown, such as files that were uploaded for it: they become records without a place. */
  library?: ImportedMedia[]
  /** The id of the main picture among them. */
  featured?: string
  /** Whether readers may comment there. */
  comments: 'open' | 'closed'
  /** What the desk should know of it. */
  note?: string
}

/** The site that the ids of what follows are of: those of another site may be the same. */
export interface SiteItem {
  kind: 'site'
  place: Place
  /** Its address, or what else tells it from others. */
  id: string
  /** What it is called in sentences; the id, if left out. */
  name?: string
}

/** A file that belongs to no article: it becomes a record of media. */
export interface MediaItem {
  kind: 'media'
  place: Place
  media: ImportedMedia
}

export interface CommentItem {
  kind: 'comment'
  place: Place
  id: string
  /** The id of its article, which comes before it. */
  articleId: string
  /** The id of the comment that it answers. */
  parentId?: string
  author: string
  state: 'approved' | 'pending' | 'spam' | 'trash'
  at: string
  /** Plain text. */
  text: string
}

/** Something of the export that could not be kept, or not as it was. */
export interface Loss {
  kind: 'loss'
  place: Place
  code: string
  reason: string
  /** The words that it is about, shortened. */
  words?: string
}

export type Item = ArticleItem | CommentItem | MediaItem | SiteItem | Loss

/** A file of an export, which may be read more than once. */
export interface ExportFile {
  name: string
  /**
   * Its path from the folder or zip that was named, with the name of that: the same wherever the folder lies, and for a
   * zip of it.
   */
  inside?: string
  /** How many bytes it has. */
  size: number
  chunks(): AsyncIterable<Buffer>
}

/** A reader of the exports of one system. */
export interface SystemReader {
  /** What `--as` calls it. */
  name: SystemKind
  /** Whether a file that begins so, and is called so, is one of its exports. */
  recognises(head: string, name: string): boolean
  /** Whether its exports are folders: it is given all files, and tells which it leaves out. */
  isFolder?: true
  /** All items, articles before their comments; the files are parts of one export. */
  read(files: ExportFile[]): AsyncIterable<Item>
}

/** An export that is refused as a whole: it is broken, or made to do harm. */
export class RefusedExport extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** What of an article could not be kept. */
export const lossOf = (
  { place, title }: Pick<ArticleItem, 'place' | 'title'>,
  code: string,
  reason: string
): Loss => ({
  ...{ kind: 'loss', place, code, reason },
  ...(title && { words: title.slice(0, 300) })
})
