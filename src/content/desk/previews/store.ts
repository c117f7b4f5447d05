// Preview links: one draft, read without a token, for some days.
import { and, desc, eq, gt, lt, lte, sql } from 'drizzle-orm'
import * as changes from '../../../changes/log/store.ts'
import { afterDays } from '../../../changes/retention.ts'
import { newPreviewKey } from '../../../http/callers/token-text.ts'
import { newId } from '../../../http/ids.ts'
import { found, HttpProblem, unprocessable } from '../../../http/problems.ts'
import { utc } from '../../../http/schemas.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../../storage/database.ts'
import { hashed } from '../../../storage/secrets.ts'
import * as articles from '../../articles/store.ts'
import { type IssuedPreview, maxDays, type NewPreview, type Preview } from './schema.ts'

type Row = Tables['previews']['$inferSelect']

/** How many links of one article hold at a time. */
const maxPreviews = 50

const previewOf = ({ hash: _, ...row }: Row): Preview => row

/** Makes a link to the draft of an article; its key is only in this answer. Throws 404, 409 and 422. */
export async function create(tx: Writer, articleId: string, input: NewPreview): Promise<IssuedPreview> {
  const { q, t, now, actor } = tx
  found(await articles.byIdOrSlug(tx, articleId), 'article')
  const last = afterDays(now, maxDays)
  const expiresAt = input.expiresAt ? utc(input.expiresAt) : last
  if (expiresAt <= now || expiresAt > last)
    throw unprocessable(
      '/expiresAt',
      `A preview ends after now and within ${maxDays} days: until ${last}, or leave it out.`
    )
  await q.delete(t.previews).where(lte(t.previews.expiresAt, now))
  if ((await list(tx, articleId, now, maxPreviews)).length === maxPreviews)
    throw new HttpProblem('conflict', `The article has ${maxPreviews} previews: revoke some first.`)
  const key = newPreviewKey()
  const row = {
    ...{ id: newId('prv'), articleId, note: input.note ?? null },
    ...{ createdAt: now, createdBy: actor.name, expiresAt }
  }
  await q.insert(t.previews).values({ ...row, hash: hashed(key) })
  await changes.append(tx, {
    action: 'create',
    kind: 'preview',
    id: row.id,
    articleId,
    detail: { expiresAt }
  })
  return { ...row, key }
}

/** The links of an article that hold, newest first. */
export async function list({ q, t }: Reader, articleId: string, now: string, limit: number, after?: string) {
  const { previews: p } = t
  const older = after === undefined ? undefined : lt(p.id, after)
  const rows = await q
    .select()
    .from(p)
    .where(and(eq(p.articleId, articleId), gt(p.expiresAt, now), older))
    .orderBy(desc(p.id))
    .limit(limit)
  return rows.map(previewOf)
}

/** Revokes a link at once. Throws 404, and 403 for one of somebody else unless an editor does it. */
export async function revoke(tx: Writer, id: string) {
  const { q, t, actor } = tx
  const [row] = await q.select().from(t.previews).where(eq(t.previews.id, id))
  const { articleId, createdBy } = found(row, 'preview')
  const isEditor = actor.role === 'editor' || actor.role === 'admin'
  if (createdBy !== actor.name && !isEditor)
    throw new HttpProblem('forbidden', `${createdBy} made this preview: they may revoke it, or an editor.`)
  await q.delete(t.previews).where(eq(t.previews.id, id))
  await changes.append(tx, { action: 'revoke', kind: 'preview', id, articleId })
}

const byHashQuery = prepared(({ q, t: { previews: p } }) =>
  q
    .select({ articleId: p.articleId })
    .from(p)
    .where(and(eq(p.hash, sql.placeholder('hash')), gt(p.expiresAt, sql.placeholder('now'))))
    .prepare('preview_by_hash')
)

/** The draft that a key opens; undefined where it has ended, and where the article is deleted or in the trash. */
export async function articleOf(db: Reader, key: string, now: string) {
  const [row] = await byHashQuery(db).execute({ hash: hashed(key), now })
  return row && articles.byIdOrSlug(db, row.articleId)
}
