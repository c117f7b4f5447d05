// What an export tells beside its posts.
import type { Author } from '../item.ts'
import type { Attachment } from './attachments.ts'

/** What the posts of an export refer to. */
export interface Site {
  authors: Map<string, Author>
  attachments: Map<string, Attachment>
  /** The ids of attachments by the post they were uploaded to. */
  uploads: Map<string, string[]>
  reusable: Map<string, string>
  language?: string
  url?: string
}
