// Proof that the bulk-filled data set is what the API would have stored: the same stories are created, published and
// commented on through the product's own functions, at the same instants, and every row is compared.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { assemble } from '../src/content/articles/assemble.ts'
import { withConvertedBody } from '../src/content/articles/body-conversion.ts'
import { byIdOrSlug } from '../src/content/articles/store.ts'
import { create } from '../src/content/articles/story.ts'
import { Keys } from '../src/content/external/keys.ts'
import { create as createSource } from '../src/content/sources/store.ts'
import * as adding from '../src/discussion/comments/insert.ts'
import { publishAll } from '../src/discussion/comments/publication.ts'
import { decide } from '../src/discussion/decisions/decide.ts'
import type { Prefix } from '../src/http/schemas.ts'
import { replaceDocuments } from '../src/newsstand/documents/replace.ts'
import { compile } from '../src/publishing/compile/compile.ts'
import { publish } from '../src/publishing/compile/publish.ts'
import type { Writer } from '../src/storage/database.ts'
import { type Opened, open } from '../src/storage/sqlite/open.ts'
import { wordIndexes } from './batches.ts'
import { differences, dump, withoutIds, withoutInstants } from './dump.ts'
import { fill } from './filling.ts'
import { sent } from './newsroom.ts'
import { sources } from './people.ts'
import { records } from './records.ts'
import { actor } from './rows.ts'

/** Compares so many stories, and prints what it found. Answers whether there was no difference. */
export async function check(articles: number): Promise<boolean> {
  const home = mkdtempSync(join(tmpdir(), 'onrecord-check-'))
  const [filled, replaced, replayed] = ['filled', 'replaced', 'replayed'].map((name) =>
    join(home, `${name}.db`)
  )
  try {
    await fill(filled!, articles, () => {})
    copyFileSync(filled!, replaced!)
    await replace(replaced!, articles)
    await replay(replayed!, articles)
    const broken = integrity(filled!)
    const differ = [
      ...broken,
      ...differences(
        'placed again',
        withoutInstants(dump(filled!, newsstand)),
        withoutInstants(dump(replaced!, newsstand))
      ),
      ...differences('replayed', withoutIds(dump(filled!)), withoutIds(dump(replayed!)))
    ]
    for (const line of differ) console.log(line)
    console.log(`${articles} stories, every table compared twice: ${differ.length} differences`)
    return differ.length === 0
  } finally {
    rmSync(home, { recursive: true })
  }
}

const newsstand = ['published', 'published_facets', 'facet_values', 'searchable', 'addresses', 'withdrawn']

/** The tables behind the view of facets. */
const numbered = ['facet_documents', 'document_facets']

/** A database whose clock shows what it is told, and a way to write in it at an instant. */
function clocked(file: string) {
  let now = 0
  const db: Opened = open(`file:${file}`, () => new Date(now))
  const at = <T>(instant: number, work: (tx: Writer) => Promise<T>) => {
    now = instant
    return db.write(actor, work)
  }
  return { at, close: db.close }
}

/** Empties the newsstand, and puts every article on it again from the desk. */
async function replace(file: string, articles: number) {
  const connection = new Sqlite(file)
  for (const table of [...newsstand, ...numbered])
    if (table !== 'published_facets') connection.exec(`delete from ${table}`)
  connection.close()
  const { at, close } = clocked(file)
  for (let n = 0; n < articles; n++) {
    const story = sent(n)
    const { id } = records(story).rows.articles![0]!
    await at(story.publishedAt, async (tx) => {
      const { article, creationTimes } = await assemble(tx, (await byIdOrSlug(tx, id))!)
      await replaceDocuments(tx, id, compile(article, creationTimes), [])
      await publishAll(tx, id)
    })
  }
  await close()
}

/** Does through the API's own functions what the stories say. */
async function replay(file: string, articles: number) {
  const { at, close } = clocked(file)
  for (const { id, at: when, notes: _, ...source } of sources)
    await at(when, (tx) => createSource(tx, source, id))
  for (let n = 0; n < articles; n++) {
    const { rows } = records(sent(n))
    const { story, createdAt, publishedAt, remarks } = sent(n)
    const ids = [...(rows.media ?? []), ...rows.quotes!].map(({ id }) => id)
    const { slug } = rows.articles![0]!
    const { input } = await withConvertedBody({ ...story, slug }, {})
    const { id } = await at(createdAt, (tx) => create(tx, input, new Given(ids)))
    await at(publishedAt, (tx) => publish(tx, id, '*'))
    const posted: string[] = []
    for (const { comment, parent, createdAt, approvedAt } of remarks) {
      const parentId = parent === null ? null : posted[parent]!
      const article = { id, commentPolicy: { mode: 'premoderated' as const } }
      const added = await at(createdAt, (tx) => adding.create(tx, article, { ...comment, parentId }))
      await at(approvedAt, (tx) => decide(tx, added.id, '*', 'approve', {}))
      posted.push(added.id)
    }
  }
  await close()
}

/** Keys that name records as they were named when the file was filled: the order of quotes is that of their ids. */
class Given extends Keys {
  readonly #ids: string[]
  readonly #known = new Map<string, string>()
  constructor(ids: string[]) {
    super()
    this.#ids = ids
  }
  override name(_: Prefix, key: string | undefined): string {
    const id = this.#ids.shift()!
    if (key) this.#known.set(key, id)
    return id
  }
  override id(_: Prefix, reference: string): string {
    return this.#known.get(reference) ?? reference
  }
}

/** What SQLite itself finds wrong with a file. */
function integrity(file: string): string[] {
  const db = new Sqlite(file)
  try {
    for (const index of Object.keys(wordIndexes))
      db.exec(`insert into ${index}(${index}) values ('integrity-check')`)
    const found = [
      db.pragma('integrity_check', { simple: true }),
      ...(db.pragma('foreign_key_check') as object[])
    ]
    return found.filter((one) => one !== 'ok').map((one) => JSON.stringify(one))
  } catch (error) {
    return [`the words: ${(error as Error).message}`]
  } finally {
    db.close()
  }
}
