// Headers that a higher wing adds to the answers of published records: what machines may do with them.
import type { Database } from '../../storage/database.ts'
import { ofDocument } from '../documents/cache-tags.ts'
import type { Kind } from '../documents/kinds.ts'
import type { Answer } from './answer.ts'

/** A record that is answered. */
export interface AnsweredRecord {
  kind: Kind
  id: string
  /** The article it belongs to; null for records that several may share. */
  articleId: string | null
}

type MakeHeaders = (record: AnsweredRecord) => Promise<Record<string, string> | undefined>

const makers = new WeakMap<Database, MakeHeaders>()

/** Adds these headers to all published records. Whatever changes them has to invalidate all answers. */
export const addHeaders = (db: Database, make: MakeHeaders) => void makers.set(db, make)

/** The link that a list of this address has besides that to its next page: where its feed is. */
type MakeLink = (address: string) => Promise<string | undefined>

const linkMakers = new WeakMap<Database, MakeLink>()

/** Adds a link to the lists of published articles. Whatever changes it has to invalidate all answers. */
export const addListLink = (db: Database, make: MakeLink) => void linkMakers.set(db, make)

/** The Link header of a list of articles at this address, with the link that is added to it. */
export async function withAddedLink(
  db: Database,
  address: string,
  { link }: { link?: string }
): Promise<Record<string, string>> {
  const links = [link, await linkMakers.get(db)?.(address)].filter((one) => one !== undefined)
  return links.length > 0 ? { link: links.join(', ') } : {}
}

/** An answer with the headers that are added to this record. */
export async function withAddedHeaders(
  db: Database,
  record: AnsweredRecord,
  answer: Answer
): Promise<Answer> {
  const more = await makers.get(db)?.(record)
  if (!more) return answer
  // What is said of a part of an article depends on the article.
  const { articleId } = record
  const tags = articleId ? [...answer.tags, ofDocument('article', articleId)] : answer.tags
  return { ...answer, tags, headers: { ...answer.headers, ...more } }
}
