// What an export tells beside its posts.
import type { Author } from '../item.ts'
import type { PlacedAttachment } from './attachments.ts'

/** What the posts of an export refer to. */
export interface Site {
  authors: Map<string, Author>
  attachments: Map<string, PlacedAttachment>
  /** The ids of attachments by the post they were uploaded to. */
  uploads: Map<string, string[]>
  reusable: Map<string, string>
  /** The names of categories by their ids. */
  categories: Map<string, string>
  /** The attachments that an article has. */
  used: Set<string>
  /** Attachments by their addresses without sizes. */
  files: Map<string, string>
  language?: string
  url?: string
}
