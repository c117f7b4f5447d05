// The articles of a sitemap, read one by one: a thousand of them are megabytes.
import type { Article } from '../../content/articles/schema.ts'
import * as documents from '../../newsstand/documents/published.ts'
import { idsInMonth } from '../../newsstand/lists/months.ts'
import { findDocuments } from '../../newsstand/lists/query.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import type { Reader } from '../../storage/database.ts'
import { type Pages, withWholeAddresses } from '../publisher/addresses.ts'
import { type SitemapEntry, sitemapEntry } from './sitemap.ts'

/**
 * How many articles a sitemap has at most. A news sitemap may have no more (Google, news sitemaps); others might have
 * 50,000, which would take seconds to make and be made anew for each change.
 */
export const maxArticles = 1000

const twoDays = 48 * 60 * 60 * 1000

/** The published articles of these ids that belong in a sitemap. */
export async function entriesOf(db: Reader, ids: string[], pages: Pages): Promise<SitemapEntry[]> {
  const entries: SitemapEntry[] = []
  for (const id of ids) {
    const document = await documents.documentOf(db, 'article', id)
    // Something may have been published between two turns of the event loop.
    const article = document && (JSON.parse(String(document)) as Article)
    const entry = article && sitemapEntry(withWholeAddresses(article, pages), pages)
    if (entry) entries.push(entry)
    await yieldIfDue()
  }
  return entries
}

/** The entries of a page of a month; undefined where it has no such page. */
export async function entriesOfMonth(db: Reader, month: string, page: number, pages: Pages) {
  const ids = await idsInMonth(db, month, maxArticles, (page - 1) * maxArticles)
  return ids.length === 0 ? undefined : await entriesOf(db, ids, pages)
}

/** The entries of the last two days, newest first, and when the next of them will be older. */
export async function newsEntries(db: Reader, now: Date, pages: Pages) {
  const from = new Date(now.getTime() - twoDays).toISOString()
  const found = await findDocuments(db, {
    kind: 'article',
    facets: {},
    position: { from },
    limit: maxArticles
  })
  const oldest = found.at(-1)?.position
  return {
    entries: await entriesOf(
      db,
      found.map(({ id }) => id),
      pages
    ),
    until: oldest === undefined ? undefined : Date.parse(oldest) + twoDays + 1
  }
}
