// Which files readers must not get any more, where that could not be carried out yet.
import { and, eq, gt, lte, min } from 'drizzle-orm'
import type { Article } from '../../content/articles/schema.ts'
import { hasEnded } from '../../content/media/ended-rights.ts'
import { digestIn } from '../../files/serving/addresses.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import type { Ended } from '../../newsstand/server/withheld.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import type { Database } from '../../storage/database.ts'
import { escapeText } from '../../storage/text/xml-text.ts'

/** The addresses of all files that are still published though a right to show them has ended, as documents have them. */
export async function endedAddresses({ read }: Database, now: () => Date): Promise<Ended> {
  const at = now().toISOString()
  const { facetValues: v, facetDocuments: f } = read.t
  const ends = and(eq(v.kind, 'article'), eq(v.name, 'ends'))
  const due = await read.q
    .selectDistinct({ id: f.id })
    .from(v)
    .innerJoin(f, eq(f.facet, v.number))
    .where(and(ends, lte(v.value, at)))
  const addresses = new Set<string>()
  for (const { id } of due) {
    await yieldIfDue()
    const { media } = JSON.parse((await newsstand.documentOf(read, 'article', id))!.toString()) as Article
    // A file of ours has one digest in all its addresses; another address is escaped in markup.
    for (const file of media.filter((one) => hasEnded(one, at)))
      for (const url of [file.url, ...(file.renditions ?? []).map((one) => one.url)].filter(
        (one) => one !== null
      ))
        for (const form of [digestIn(url) ?? url, escapeText(url)]) addresses.add(form)
  }
  const [next] = await read.q
    .select({ end: min(v.value) })
    .from(v)
    .where(and(ends, gt(v.value, at)))
  return { addresses: [...addresses], until: Date.parse(String(next!.end)) }
}
