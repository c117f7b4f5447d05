// `move FROM TO`: a newsroom moves from a file of SQLite to PostgreSQL, or back, with all its tables and files. All of it is one
// transaction of the new database, which holds each table against the old one before it is committed.
import { existsSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../../../config/config.ts'
import { folderBlobs } from '../../../files/blobs/folder.ts'
import { folderOf } from '../../../files/blobs/open.ts'
import { sync } from '../../../files/blobs/sync.ts'
import {
  digesting,
  insertRows,
  movedTables,
  pagesOf,
  type Row
} from '../../../storage/backups/moving/rows.ts'
import type { Side } from '../../../storage/backups/moving/side.ts'
import { sqliteSide } from '../../../storage/backups/moving/sqlite.ts'
import type { Tables } from '../../../storage/database.ts'
import { Refusal } from '../../../storage/opening/refusal.ts'
import { isPostgres } from '../../../storage/postgres/connections/address.ts'
import { withCount } from '../../../storage/text/with-count.ts'
import { indexDesk, indexSearch } from './indexes.ts'

type Print = (line: string) => void

interface Progress {
  say: Print
  every: number
  /** Whether files of media lie in folders, and not in a bucket. */
  hasFiles: boolean
}

/** `move FROM TO`. Of a large table it is told after so many rows. */
export async function move(
  args: string[],
  settings: Pick<Config, 'ONRECORD_FILES'>,
  say: Print,
  every = 50_000
) {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} })
  const [from, to] = positionals
  if (from === undefined || to === undefined || positionals.length > 2)
    throw new Refusal('npm run move -- FROM TO, each file:PATH or postgres://HOST/NAME')
  const files = folderOf(settings)
  const source = await opened(from, true, files)
  try {
    const target = await opened(to, false, files)
    await moveAll(source, target, {
      say,
      every,
      hasFiles: !settings.ONRECORD_FILES?.startsWith('s3:')
    }).finally(target.close)
    say(
      `${source.where} is in ${target.where} now, as it was. Have the service use that (DATABASE_URL), with the same secret (ONRECORD_SECRET; beside a file of SQLite, the text of the file .secret), and nobody write to the old one.`
    )
  } finally {
    await source.close()
  }
}

async function opened(url: string, isSource: boolean, files: string | undefined): Promise<Side> {
  if (!isPostgres(url)) {
    const side = await sqliteSide(url, isSource)
    return { ...side, filesFolder: files ?? side.filesFolder }
  }
  const { postgresSide } = await import('../../../storage/backups/moving/postgres.ts')
  return postgresSide(url, isSource, files)
}

async function moveAll(source: Side, target: Side, progress: Progress) {
  const { say } = progress
  await checkEmpty(target)
  const expected = new Map<keyof Tables, { rows: number; sha256: string }>()
  for (const name of movedTables) expected.set(name, await moveTable(source, target, name, progress))
  say('The words of drafts and sources are indexed.')
  await indexDesk(target.tx)
  for (const [name, { rows, sha256 }] of expected) {
    const all = digesting()
    for await (const some of pagesOf(target.tx, name)) all.add(some)
    const found = all.result()
    if (found.rows !== rows || found.sha256 !== sha256)
      throw new Refusal(
        `${name}: ${withCount(rows, 'row')} with the digest ${sha256} became ${found.rows} with ${found.sha256}. Nothing was moved.`
      )
  }
  say(`${expected.size} tables were held against the old ones, by numbers of rows and SHA-256 digests.`)
  await target.setNumbers(await source.numbers())
  if (progress.hasFiles) await moveFiles(source, target, say)
  await target.commit()
}

/** Throws a Refusal where something is there already. */
async function checkEmpty({ tx, where }: Side) {
  for (const name of movedTables)
    for await (const _ of pagesOf(tx, name))
      throw new Refusal(`${where} is not empty: a newsroom moves into a database of its own`)
}

async function moveTable(source: Side, target: Side, name: keyof Tables, { say, every }: Progress) {
  const all = digesting()
  let next = every
  for await (const some of pagesOf(source.tx, name)) {
    all.add(some)
    await insertRows(target.tx, name, some).catch((error) => Promise.reject(refused(name, some, error)))
    if (name === 'searchable') await indexSearch(target.tx, some)
    const { rows } = all.result()
    if (rows < next) continue
    say(`${name}: ${withCount(rows, 'row')} so far`)
    next = rows + every
  }
  const moved = all.result()
  if (moved.rows > 0) say(`${name}: ${withCount(moved.rows, 'row')}`)
  return moved
}

const refused = (name: string, [first]: Row[], error: Error) =>
  new Refusal(
    `${name}: of the rows from ${JSON.stringify(Object.values(first!)[0])} on, one cannot be stored there (${error.message}). Nothing was moved.`,
    { cause: error }
  )

/** Copies the files that the other folder lacks, each complete and synced before it has its name. */
async function moveFiles(source: Side, target: Side, say: Print) {
  if (existsSync(source.importsFolder))
    await cp(source.importsFolder, target.importsFolder, { recursive: true, force: false })
  if (source.filesFolder === target.filesFolder)
    return say(`The files of media stay in ${source.filesFolder}.`)
  const [from, to] = [await folderBlobs(source.filesFolder), await folderBlobs(target.filesFolder)]
  let copied = 0
  for await (const some of from.list())
    for (const { digest, bytes } of some) {
      if ((await to.find(digest))?.bytes === bytes) continue
      const path = join(to.incoming, digest)
      await from.withFile(digest, (file) => cp(file, path))
      await sync(path)
      await to.put(digest, path, '')
      copied++
    }
  say(`Copied to ${target.filesFolder}: ${withCount(copied, 'file of media', 'files of media')}.`)
}
