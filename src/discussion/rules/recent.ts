// Fingerprints of recent comments, in memory, for finding duplicates.
import { desc, gt, sql } from 'drizzle-orm'
import { firstId } from '../../http/ids.ts'
import { prepared, type Reader } from '../../storage/database.ts'
import { decodeFingerprint, type Fingerprint, popCount } from './fingerprint.ts'

/** How many comments are kept. */
const capacity = 1000
const day = 86_400_000

/** The Hamming distance up to which comments are near-duplicates; unrelated texts differ in about half of 64 bits. */
const maxDistance = 8

interface RecentComment {
  id: string
  author: string | null
  network: string | null
  at: number
}

const sinceQuery = prepared(({ q, t: { comments: c } }) =>
  q
    .select({
      id: c.id,
      fingerprint: c.fingerprint,
      author: c.author,
      network: c.network,
      createdAt: c.createdAt
    })
    .from(c)
    .where(gt(c.id, sql.placeholder('after')))
    .orderBy(desc(c.id))
    .limit(capacity)
    .prepare('comments_since')
)

/** A ring buffer of the latest comments. */
export class RecentComments {
  readonly #said: RecentComment[] = []
  readonly #fingerprints = new Int32Array(2 * capacity)
  /** Their ids, by place and to look them up. */
  readonly #ids = new Array<string>(capacity).fill('')
  readonly #known = new Set<string>()
  #count = 0
  /** Comments with lower ids have been read; of the others, some. */
  #after = ''
  #version: number | undefined

  /** Reads the comments since the last call. */
  async read(db: Reader) {
    const version = db.version?.()
    if (version !== undefined && version === this.#version) return
    const now = firstId('com', new Date(Date.now()).toISOString())
    const rows = await sinceQuery(db).execute({ after: this.#after })
    const fresh = rows.reverse().filter(({ id }) => !this.#known.has(id))
    const last = rows.at(-1)?.id ?? this.#after
    // After the clock was set back, comments of another process, or of this one before it was restarted, have higher
    // ids than those to come.
    this.#after = last < now ? last : now
    this.#version = version
    for (const { fingerprint, createdAt, ...row } of fresh.filter((row) => row.fingerprint !== null)) {
      const place = this.#count++ % capacity
      this.#known.delete(this.#ids[place]!)
      this.#known.add(row.id)
      this.#ids[place] = row.id
      this.#said[place] = { ...row, at: Date.parse(createdAt) }
      this.#fingerprints.set(decodeFingerprint(fingerprint!), 2 * place)
    }
  }

  /**
   * The id of the latest near-duplicate, and whether this author or this network posted an exact duplicate within a
   * day.
   */
  compare(one: Fingerprint, { author, network }: { author: string; network: string }, now: number) {
    const isTheirs = (said: RecentComment) =>
      (said.network === network || said.author === author) && now - said.at < day
    const resembled = this.#last(one, maxDistance, () => true)?.id
    // Exact duplicates are near-duplicates too: mostly there are none.
    const repeated = resembled !== undefined && this.#last(one, 0, isTheirs) !== undefined
    return { repeated, resembled }
  }

  /** The latest comment within this Hamming distance that satisfies the predicate: a linear scan. */
  #last(
    [high, low]: Fingerprint,
    bits: number,
    suits: (said: RecentComment) => boolean
  ): RecentComment | undefined {
    const first = Math.max(0, this.#count - capacity)
    for (let number = this.#count - 1; number >= first; number--) {
      const place = number % capacity
      const differing = popCount(this.#fingerprints[2 * place]! ^ high)
      // Half of the bits excludes nearly all.
      if (differing > bits || differing + popCount(this.#fingerprints[2 * place + 1]! ^ low) > bits) continue
      if (suits(this.#said[place]!)) return this.#said[place]
    }
    return undefined
  }
}
