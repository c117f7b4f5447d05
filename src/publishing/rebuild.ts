// Rebuilding the newsstand: what was published, compiled again as this release compiles it.
import type { Article } from '../articles/schema.ts'
import { isRetracted } from '../articles/whole.ts'
import * as comments from '../comments/showing.ts'
import { place } from '../newsstand/placing.ts'
import * as newsstand from '../newsstand/published.ts'
import type { Database, Writer } from '../storage/database.ts'
import { compile } from './compile.ts'

/** Articles to a transaction: others may write in between. */
const atOnce = 50

/**
 * Compiles every published article anew from its own document, so that what readers are shown stays as it was
 * published and is found by all that this release knows. Answers how many articles there are.
 */
export async function rebuild(db: Database): Promise<number> {
  let articles = 0
  for (let after: string | undefined = ''; after !== undefined; ) {
    const from: string = after
    const ids = await db.write('rebuild', async (tx) => {
      const some = await newsstand.idsAfter(tx, 'article', from, atOnce)
      for (const id of some) await recompile(tx, id)
      return some
    })
    articles += ids.length
    after = ids.at(-1)
  }
  return articles
}

async function recompile(tx: Writer, id: string) {
  const document = (await newsstand.documentOf(tx, 'article', id))!
  const published = JSON.parse(document.toString()) as Article
  const article = { ...published, retracted: isRetracted(published.corrections) }
  const made = new Map([
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
  await place(tx, id, compile(article, made))
  await comments.placeAll(tx, id)
}
