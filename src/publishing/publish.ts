// Publishing: the checks, the compile step and the newsstand, in one transaction.
import type { DraftArticle } from '../articles/schema.ts'
import * as articles from '../articles/store.ts'
import { draft, draftOf, whole } from '../articles/whole.ts'
import * as changes from '../changes/store.ts'
import * as comments from '../comments/showing.ts'
import * as corrections from '../corrections/store.ts'
import { type Expected, guarded } from '../etag.ts'
import { place } from '../newsstand/placing.ts'
import * as newsstand from '../newsstand/published.ts'
import { HttpProblem } from '../problems.ts'
import type { Writer } from '../storage/database.ts'
import { failures } from './checks.ts'
import { compile } from './compile.ts'

/** Makes the draft the public edition. Throws 404, 412, and 409 with every failed check. */
export async function publish(tx: Writer, id: string, versions: Expected): Promise<DraftArticle> {
  const before = guarded(await articles.byName(tx, id), versions, 'article')
  await checkDraft(tx, before)
  const row = await articles.write(tx, before, {
    status: 'published',
    publishedAt: before.publishedAt ?? before.firstPublishedAt ?? tx.now,
    firstPublishedAt: before.firstPublishedAt ?? tx.now
  })
  await corrections.date(tx, id)
  const { article, made } = await whole(tx, row)
  await place(tx, id, compile(article, made))
  if (before.status !== 'published') await comments.placeAll(tx, id)
  await changes.append(tx, { action: 'publish', kind: 'article', id, articleId: id, version: row.version })
  return draftOf(article, row)
}

async function checkDraft(tx: Writer, row: articles.Working) {
  const { article } = await whole(tx, row)
  const errors = failures({ article, embargoUntil: row.embargoUntil, now: tx.now })
  const rival = await newsstand.bySlug(tx, row.slug)
  if (rival && rival.id !== row.id) {
    errors.push({
      code: 'slug-taken',
      pointer: '/slug',
      detail: `Another published article still stands at ${row.slug}.`
    })
  }
  if (errors.length === 0) return
  const count = errors.length === 1 ? 'A check fails' : `${errors.length} checks fail`
  throw new HttpProblem('checks-failed', `${count}: ${errors.map(({ detail }) => detail).join(' ')}`, errors)
}

/** Takes a published article from the public, which is answered 410 from now on. Throws 404, 412, 409. */
export async function withdraw(tx: Writer, id: string, versions: Expected): Promise<DraftArticle> {
  const before = guarded(await articles.byName(tx, id), versions, 'article')
  if (before.status !== 'published')
    throw new HttpProblem('conflict', 'Only a published article can be withdrawn.')
  const row = await articles.write(tx, before, { status: 'withdrawn' })
  await place(tx, id, [])
  await comments.withdrawAll(tx, id)
  await changes.append(tx, { action: 'withdraw', kind: 'article', id, articleId: id, version: row.version })
  return draft(tx, row)
}
