// Addresses that articles had in other systems, and where they are now. Only published articles are led to.
import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Article } from '../../content/articles/schema.ts'
import { unpacked } from '../../newsstand/documents/packing.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import type { Reader } from '../../storage/database.ts'
import { addressOf } from '../publisher/addresses.ts'
import type { Publisher } from '../publisher/schema.ts'
import type { Redirect } from './schema.ts'

/** The path and the query of an address, percent-encoded as URLs are; undefined for what is none. */
export function pathOf(address: string): string | undefined {
  const url = URL.parse(address, 'http://site.invalid')
  return url === null ? undefined : url.pathname + url.search
}

/** The digits of percent-encoding mean the same in capitals and small letters (RFC 3986, 6.2.2.1). */
const sameDigits = (path: string) => path.replace(/%[\da-f]{2}/gi, (one) => one.toUpperCase())

/** What an address may be kept as, best first: as it is, with a slash more or less, and without its query. */
function candidates(path: string): string[] {
  const [, bare = '', query = ''] = /^([^?]*)(.*)$/.exec(path)!
  const other = bare.endsWith('/') ? bare.slice(0, -1) : `${bare}/`
  const found = [bare + query, other + query, bare, other].filter((one) => one !== '/' && one !== '')
  const small = (one: string) => one.replace(/%[\dA-F]{2}/g, (digits) => digits.toLowerCase())
  return [...new Set(found.flatMap((one) => [one, sameDigits(one), small(one)]))]
}

/** The old addresses of published articles, with their documents. */
function addresses({ q, t: { oldAddresses: a, published: p } }: Reader) {
  return q
    .select({ from: a.path, id: a.articleId, slug: p.slug, document: p.document })
    .from(a)
    .innerJoin(p, and(eq(p.kind, 'article'), eq(p.id, a.articleId)))
    .$dynamic()
}
type Row = Awaited<ReturnType<typeof addresses>>[number]

/** The published article that this old address leads to, and the address as it is kept. */
export async function articleAt(db: Reader, address: string) {
  const path = pathOf(address)
  if (path === undefined) return undefined
  const wanted = candidates(path)
  const rows = await addresses(db).where(inArray(db.t.oldAddresses.path, wanted))
  const [first] = rows.sort((one, other) => wanted.indexOf(one.from) - wanted.indexOf(other.from))
  return first && { ...first, slug: first.slug! }
}

/** How many documents are in memory at once. */
const chunk = 50

/** Up to `limit` old addresses, after this one or this many, with where each leads; and the last, where more follow. */
export async function list(
  db: Reader,
  publisher: Publisher,
  { after = '', skip = 0, limit }: { after?: string | undefined; skip?: number; limit: number }
): Promise<{ data: Redirect[]; next?: string }> {
  const { path } = db.t.oldAddresses
  const data: Redirect[] = []
  let last = after
  for (let read = 0; ; ) {
    const wanted = Math.min(chunk, limit - read)
    const rows = await addresses(db)
      .where(gt(path, last))
      .orderBy(asc(path))
      .limit(wanted + 1)
      .offset(read === 0 ? skip : 0)
    const shown = rows.slice(0, wanted)
    data.push(...shown.flatMap((row) => redirectOf(publisher, row)))
    read += wanted
    if (rows.length <= wanted) return { data }
    last = shown.at(-1)!.from
    if (read === limit) return { data, next: last }
    await yieldIfDue()
  }
}

/** What this address leads to. One that leads to itself leads nowhere. */
export async function lookUp(db: Reader, publisher: Publisher, address: string): Promise<Redirect[]> {
  const row = await articleAt(db, address)
  const found = row ? redirectOf(publisher, row) : []
  return found.filter(({ to }) => !isSame(to, address))
}

const isSame = (to: string, from: string) => sameDigits(pathOf(to)!) === sameDigits(pathOf(from)!)

/** The redirect of an old address; none where the article has that path still, which would lead in a circle. */
function redirectOf({ url, articleUrl }: Publisher, { from, id, document }: Row): Redirect[] {
  // As: the documents of articles are written by publishing alone.
  const article = JSON.parse(unpacked(document)) as Article
  const to = addressOf(article, { url: url ?? '', articleUrl })
  return isSame(to, from) ? [] : [{ from, to, status: 301, articleId: id }]
}
