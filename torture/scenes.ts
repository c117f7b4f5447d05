// Newsrooms to be damaged, as they were left when their program was killed, or closed.
import { copyFileSync, cpSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import * as tokens from '../src/access/tokens/store.ts'
import { loadSample } from '../src/operations/sample.ts'
import { type Opened, open } from '../src/storage/sqlite/open.ts'

/** Newsrooms as they were left: killed, with what was written last in the log only; or closed, without a log. */
export interface Scenes {
  killed: string
  closed: string
  /** Another newsroom, killed. */
  other: string
  /** The log of the first one before it was begun anew. */
  staleLog: string
  /** The database of the first one as a backup would have kept it, before the last changes. */
  backup: string
}

export const name = 'news.db'

/** Makes them in a folder. */
export async function scenes(home: string): Promise<Scenes> {
  const at = (place: string) => join(home, place)
  const copy = (from: string, to: string) => cpSync(at(from), at(to), { recursive: true })
  const first = open(`file:${join(at('first'), name)}`)
  await loadSample(first)
  await token(first, 'before')
  copyFileSync(join(at('first'), `${name}-wal`), at('stale-wal'))
  // Begins the log anew.
  new Sqlite(first.file).exec('pragma wal_checkpoint(restart)').close()
  await token(first, 'after')
  copyFileSync(first.file, at('backup.db'))
  await loadMore(first)
  copy('first', 'killed')
  await first.close()
  copy('first', 'closed')
  const other = open(`file:${join(at('second'), name)}`)
  await loadSample(other)
  for (let i = 0; i < 5; i++) await token(other, `other ${i}`)
  copy('second', 'other')
  await other.close()
  return {
    killed: at('killed'),
    closed: at('closed'),
    other: at('other'),
    staleLog: at('stale-wal'),
    backup: at('backup.db')
  }
}

const token = (db: Opened, name: string) =>
  db.write('torture', (tx) => tokens.create(tx, { role: 'editor', name }))

const loadMore = async (db: Opened) => {
  for (let i = 0; i < 40; i++) await token(db, `more ${i}`)
}
