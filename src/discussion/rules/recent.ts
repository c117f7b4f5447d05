// What was said on the site of late, kept in memory to compare what comes in with.
import { desc, gt, sql } from 'drizzle-orm'
import { prepared, type Reader } from '../../storage/database.ts'
import { type Fingerprint, ones, readFingerprint } from './fingerprint.ts'

/** How many comments are kept. */
const most = 1000
const day = 86_400_000

/** In how many of the 64 bits near repeats differ at most; those of unrelated texts differ in about half. */
const nearest = 8

interface Said {
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
    .limit(most)
    .prepare('comments_since')
)

/** The latest comments, each in the place of the one that came so many before it. */
export class Recent {
  readonly #said: Said[] = []
  readonly #fingerprints = new Int32Array(2 * most)
  #count = 0
  #lastId = ''
  #version: number | undefined

  /** Reads those that came in since it was read last. */
  async read(db: Reader) {
    const version = db.version?.()
    if (version !== undefined && version === this.#version) return
    const rows = await sinceQuery(db).execute({ after: this.#lastId })
    // Two may have read at once.
    const fresh = rows.reverse().filter(({ id }) => id > this.#lastId)
    this.#lastId = fresh.at(-1)?.id ?? this.#lastId
    this.#version = version
    for (const { fingerprint, createdAt, ...row } of fresh.filter((row) => row.fingerprint !== null)) {
      const place = this.#count++ % most
      this.#said[place] = { ...row, at: Date.parse(createdAt) }
      this.#fingerprints.set(readFingerprint(fingerprint!), 2 * place)
    }
  }

  /**
   * The id of the last comment that says nearly the same, and whether the same was said by this author or from this
   * network within a day.
   */
  compare(one: Fingerprint, { author, network }: { author: string; network: string }, now: number) {
    const isTheirs = (said: Said) =>
      (said.network === network || said.author === author) && now - said.at < day
    const resembled = this.#last(one, nearest, () => true)?.id
    // What says the same says nearly the same: mostly nothing does.
    const repeated = resembled !== undefined && this.#last(one, 0, isTheirs) !== undefined
    return { repeated, resembled }
  }

  /** The last one that suits of those whose fingerprint differs in no more than so many bits: looked for among all. */
  #last([high, low]: Fingerprint, bits: number, suits: (said: Said) => boolean): Said | undefined {
    const first = Math.max(0, this.#count - most)
    for (let number = this.#count - 1; number >= first; number--) {
      const place = number % most
      const differing = ones(this.#fingerprints[2 * place]! ^ high)
      // Half of the bits tells of nearly all.
      if (differing > bits || differing + ones(this.#fingerprints[2 * place + 1]! ^ low) > bits) continue
      if (suits(this.#said[place]!)) return this.#said[place]
    }
    return undefined
  }
}
