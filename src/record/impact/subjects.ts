// What dependents are asked of, in both editions: the record itself, and the words that it stands for.
import * as articles from '../../content/articles/store.ts'
import type { Attribution } from '../../content/attributions/schema.ts'
import * as attributions from '../../content/attributions/store.ts'
import type { Quote } from '../../content/quotes/schema.ts'
import * as quotes from '../../content/quotes/store.ts'
import * as sources from '../../content/sources/store.ts'
import { found } from '../../http/problems.ts'
import * as published from '../../newsstand/documents/published.ts'
import { notFoundOrGone } from '../../newsstand/server/reply.ts'
import type { Reader } from '../../storage/database.ts'
import type { Subject } from './walk.ts'

export type SubjectKind = 'article' | 'quote' | 'attribution' | 'source'

type Said = Pick<Quote, 'id' | 'articleId'> & Partial<Pick<Attribution, 'quoteId'>>

const ofWords = ({ id, articleId, quoteId }: Said): Subject => ({
  id,
  statement: { id: quoteId ?? id, articleId }
})

/** What is asked of, if it is published. Throws 404, or 410. */
export async function publishedSubject(db: Reader, kind: SubjectKind, id: string): Promise<Subject> {
  if (kind === 'article' || kind === 'source') {
    if (await published.isPublished(db, kind, id)) return { id }
    throw await notFoundOrGone(db, kind, id)
  }
  const document = await published.documentOf(db, kind, id)
  if (document === undefined) throw await notFoundOrGone(db, kind, id)
  return ofWords(JSON.parse(document.toString()) as Said)
}

/** What is asked of, if the desk has it. Throws 404. */
export async function draftSubject(db: Reader, kind: SubjectKind, id: string): Promise<Subject> {
  if (kind === 'source') return { id: found(await sources.byId(db, id), kind).id }
  if (kind === 'article') return { id: found(await articles.byIdOrSlug(db, id), kind).id }
  if (kind === 'quote') return ofWords(found(await quotes.byId(db, id), kind))
  return ofWords(found(await attributions.byId(db, id), kind))
}
