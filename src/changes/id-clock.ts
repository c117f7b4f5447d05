// New ids stand after those that are stored, so that what was made last is first in lists.
import { desc } from 'drizzle-orm'
import { continueAfter } from '../http/ids.ts'
import type { Reader } from '../storage/database.ts'

/** Continues after the highest ids: while the clock was ahead, they were given times that are to come. */
export async function continueIds({ q, t }: Reader) {
  for (const table of [t.articles, t.sources, t.quotes, t.media, t.comments]) {
    const [last] = await q.select({ id: table.id }).from(table).orderBy(desc(table.id)).limit(1)
    if (last) continueAfter(last.id)
  }
}
