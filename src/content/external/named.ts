// Hops of a story that have nothing but an address: they name the article or the source that has it, as in storage.
import { prefixPointers } from '../../http/problems.ts'
import type { Reader } from '../../storage/database.ts'
import { recognised } from '../attributions/cited.ts'
import type { NewHop } from '../attributions/schema.ts'
import type { Given, Item } from './keys.ts'

const isNamed = ({ sourceId, articleId, unnamed }: NewHop) => Boolean(sourceId ?? articleId ?? unnamed)

const chain = async (db: Reader, pointer: string, hops: NewHop[]) =>
  hops.every(isNamed) ? hops : prefixPointers(pointer, () => recognised(db, hops))

/** Quotes, each hop of which names somebody. Throws 422 for an address that nobody has. */
export async function withNamedHops<T extends Given<Item<'quotes'>>>(db: Reader, quoted: T[]): Promise<T[]> {
  const all: T[] = []
  for (const one of quoted) {
    if (one.record.attributions === undefined) {
      all.push(one)
      continue
    }
    const attributions: { hops: NewHop[] }[] = []
    for (const [i, { hops, ...rest }] of one.record.attributions.entries())
      attributions.push({ ...rest, hops: await chain(db, `${one.pointer}/attributions/${i}`, hops) })
    all.push({ ...one, record: { ...one.record, attributions } })
  }
  return all
}

/** Claims likewise. */
export async function withNamedClaims<T extends Given<Item<'attributions'>>>(
  db: Reader,
  claims: T[]
): Promise<T[]> {
  const all: T[] = []
  for (const one of claims)
    all.push({ ...one, record: { ...one.record, hops: await chain(db, one.pointer, one.record.hops) } })
  return all
}
