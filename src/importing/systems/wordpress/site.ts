// What a live site tells beside its posts.
import type { Author, ImportedMedia } from '../item.ts'

export interface SiteFile extends ImportedMedia {
  /** The post that it was uploaded to. */
  parent: number
  place: string
}

/** What posts refer to, by the ids that they have there. */
export interface Site {
  url?: string
  /** The site that the answers are of, by their own addresses. */
  from?: string | undefined
  language?: string
  authors: Map<number, Author>
  categories: Map<number, string>
  tags: Map<number, string>
  media: Map<number, SiteFile>
  /** The files that were uploaded to a post. */
  uploads: Map<number, number[]>
  /** The files that an article has. */
  used: Set<number>
  /** Attachments by their addresses without sizes. */
  files: Map<string, number>
}
