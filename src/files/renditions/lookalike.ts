// Pictures that look alike, by their perceptual hashes (perceptual-hash.ts).
import { eq, inArray, or } from 'drizzle-orm'
import type { Reader, Writer } from '../../storage/database.ts'

/** In how many bits the hashes of two pictures differ at most that look alike. */
const maxDistance = 7

/** How many pictures are compared at most: of flat ones, thousands may have the same hash. */
const maxCompared = 1000

/** The four parts of a hash, of 16 bits each. Of two hashes at most 7 bits apart, one part differs in one bit at most. */
function partsOf(hash: string) {
  const part = (at: number) => Number.parseInt(hash.slice(at, at + 4), 16)
  return { first: part(0), second: part(4), third: part(8), fourth: part(12) }
}

/** Keeps the hash of a picture. */
export async function keepHash({ q, t: { pictureHashes: p } }: Writer, file: string, hash: string) {
  const values = { hash, ...partsOf(hash) }
  await q
    .insert(p)
    .values({ file, ...values })
    .onConflictDoUpdate({ target: p.file, set: values })
}

/** A part, and those that differ from it in one bit. */
const near = (part: number) => [part, ...Array.from({ length: 16 }, (_, bit) => part ^ (1 << bit))]

function distance(one: string, other: string): number {
  let bits = BigInt(`0x${one}`) ^ BigInt(`0x${other}`)
  let count = 0
  for (; bits > 0n; bits &= bits - 1n) count++
  return count
}

/** The pictures that look like this one, itself among them; none where it was never made into renditions. */
export async function lookalikesOf({ q, t: { pictureHashes: p } }: Reader, file: string): Promise<string[]> {
  const [own] = await q.select().from(p).where(eq(p.file, file))
  if (own === undefined) return []
  const candidates = await q
    .select({ file: p.file, hash: p.hash })
    .from(p)
    .where(
      or(
        inArray(p.first, near(own.first)),
        inArray(p.second, near(own.second)),
        inArray(p.third, near(own.third)),
        inArray(p.fourth, near(own.fourth))
      )
    )
    .limit(maxCompared)
  return candidates.filter(({ hash }) => distance(hash, own.hash) <= maxDistance).map(({ file }) => file)
}
