// The log of what transactions changed for readers: response caches of all processes read what was appended to it.
import type Sqlite from 'better-sqlite3'
import { allTags, type Invalidations } from '../database.ts'

type Connection = InstanceType<typeof Sqlite>

/** How many transactions are kept at least; a process that has read none of these drops all that it caches. */
const kept = 1024

/** How often older ones are deleted, in transactions. */
const pruneInterval = 256

/** A transaction that invalidates more tags invalidates all. */
const maxTags = 4096

/** A row without tags stands for all of them. */
const all = Buffer.alloc(0)

export function invalidationLog(reader: Connection, writer: Connection) {
  const append = writer.prepare<[Buffer], number>('insert into invalidations (tags) values (?)')
  const prune = writer.prepare<[number]>('delete from invalidations where seq <= ?')
  const latest = reader.prepare<[], number>('select coalesce(max(seq), 0) from invalidations').pluck()
  const after = reader.prepare<[number], { seq: number; tags: Buffer }>(
    'select seq, tags from invalidations where seq > ? order by seq'
  )

  return {
    /** Appends what the open transaction invalidated. */
    append(tags: Set<number>) {
      if (tags.size === 0) return
      const isAll = tags.has(allTags) || tags.size > maxTags
      const bytes = isAll ? all : Buffer.from(Uint32Array.from(tags).buffer)
      const seq = Number(append.run(bytes).lastInsertRowid)
      if (seq % pruneInterval === 0) prune.run(seq - kept)
    },
    /** What was appended after this number. */
    since(seq: number | undefined): Invalidations {
      if (seq === undefined) return { seq: latest.get()!, tags: undefined }
      const rows = after.all(seq)
      const [first] = rows
      if (first === undefined) return { seq, tags: [] }
      const isComplete = first.seq === seq + 1 && rows.every(({ tags }) => tags.length > 0)
      return {
        seq: rows.at(-1)!.seq,
        // A blob of the driver need not be aligned for 32-bit words.
        tags: isComplete ? rows.map(({ tags }) => new Uint32Array(new Uint8Array(tags).buffer)) : undefined
      }
    }
  }
}
