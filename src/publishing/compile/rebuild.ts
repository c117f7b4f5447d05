// Rebuilding the newsstand after an upgrade: all published articles are compiled again by this release.

import { isRetracted } from '../../content/articles/assemble.ts'
import type { Article } from '../../content/articles/schema.ts'
import * as comments from '../../discussion/comments/publication.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import { leaveEdition } from '../../storage/columns/edition-bytes.ts'
import { storeAnew } from '../../storage/columns/rows.ts'
import { allTags, type Database, type Writer } from '../../storage/database.ts'
import type { FormOf } from './compile.ts'
import { placeArticle } from './replace.ts'

/** Articles per transaction: other writes go in between. */
const batchSize = 50

/**
 * Recompiles every published article from its own document, and shared records from theirs, so that all of it stays as it
 * was published and gets the facets and search entries of this release. Continues where an earlier run ended. Answers the number of articles.
 */
export async function rebuild(db: Database): Promise<number> {
  let articles = 0
  for (let done = false; !done; ) {
    const some = await db.write('rebuild', recompileSome)
    articles += some
    done = some === 0
  }
  return articles
}

/** Recompiles the next articles, and records the progress. */
async function recompileSome(tx: Writer): Promise<number> {
  const { rebuilds } = tx.t
  const [row] = await tx.q.select({ after: rebuilds.after }).from(rebuilds)
  const from = row!.after
  if (from === null) return 0
  const ids = await newsstand.idsAfter(tx, 'article', from, batchSize)
  for (const id of ids) await recompile(tx, id)
  // This release may make cards and facets otherwise, of documents that are the same.
  tx.invalidated.add(allTags)
  await tx.q.update(rebuilds).set({ after: ids.at(-1) ?? null })
  return ids.length
}

async function recompile(tx: Writer, id: string) {
  const document = (await newsstand.documentOf(tx, 'article', id))!
  const published = JSON.parse(document.toString()) as Article
  const article = {
    ...published,
    retracted: isRetracted(published.corrections),
    // Older releases knew no translations.
    translationOf: published.translationOf ?? null,
    translations: published.translations ?? []
  }
  const creationTimes = new Map([
    ...(await newsstand.positions(
      tx,
      'source',
      article.sources.map(({ id }) => id)
    )),
    ...(await newsstand.positions(
      tx,
      'media',
      article.media.map(({ id }) => id)
    ))
  ])
  await placeArticle(tx, article, creationTimes, { formOf: await publishedForms(tx, article) })
  // What older releases stored twice, or at full length.
  await leaveEdition(tx, id)
  await storeAnew(tx, tx.t.articles, { id }, 'body')
  await storeAnew(tx, tx.t.searchable, { kind: 'article', id }, 'text')
  await comments.publishAll(tx, id)
}

/**
 * The forms in which the shared records of an article are published by themselves. The article may hold former ones, which
 * must not come in their places.
 */
async function publishedForms(tx: Writer, { sources, media }: Article): Promise<FormOf> {
  const credits = media.flatMap((file) => file.credits)
  const forms = new Map<string, object>(
    [...sources, ...media, ...credits].map((record) => [record.id, record])
  )
  for (const [kind, records] of [
    ['source', sources],
    ['media', media],
    ['credit', credits]
  ] as const)
    for (const { id, card } of await newsstand.cards(
      tx,
      kind,
      records.map(({ id }) => id)
    ))
      forms.set(id, JSON.parse(card.toString()))
  // A document is of the kind that the prefix of its id says.
  return <Shared extends { id: string }>({ id }: Shared) => forms.get(id) as Shared
}
