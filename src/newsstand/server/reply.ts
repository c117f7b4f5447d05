// Answering from the newsstand: stored bytes, the same for every caller.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { tagOf } from '../../http/etag.ts'
import { isId } from '../../http/ids.ts'
import { HttpProblem, notFound } from '../../http/problems.ts'
import type { Database, Reader } from '../../storage/database.ts'
import { surrogateKeys } from '../documents/keys.ts'
import { type Kind, kinds } from '../documents/kinds.ts'
import * as published from '../documents/published.ts'
import { included } from '../lists/including.ts'
import type { Answer } from './cache.ts'
import { json, send, standing, type Wanted, written } from './conditional.ts'

/** Why it is not there: a 410 for what was withdrawn, a 404 for everything else. */
export async function absent(db: Reader, kind: Kind, id: string): Promise<HttpProblem> {
  const at = await published.withdrawnAt(db, kind, id)
  return at === undefined
    ? notFound(kinds[kind].noun)
    : new HttpProblem('gone', `This ${kinds[kind].noun} was withdrawn at ${at}.`)
}

const formOf = ({ head, gzip }: Wanted) => (head ? 'head' : gzip ? 'gzip' : 'document')

type Row = NonNullable<Awaited<ReturnType<typeof published.byId>>>

/** The names of a document: its own, its article's, and for what articles share that of its list. */
const keysOf = (kind: Kind, row: Row) => [...new Set([row.id, ...surrogateKeys([], [{ kind, ...row }])])]

const about = (kind: Kind, row: Row) => ({ etag: row.etag, modified: row.modified, keys: keysOf(kind, row) })

/** Sends the published document of this id. Throws 404, or 410. */
export function sendDocument(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  kind: Kind,
  id: string
) {
  return send(db, request, reply, async (wanted) => {
    const row = await published.byId(db.read, kind, id, formOf(wanted))
    if (row === undefined) throw await absent(db.read, kind, id)
    return json(db, { ...row, gzipped: row.gzipped && wanted.gzip }, about(kind, row))
  })
}

/** How an article is asked for, beside its name. */
export interface ArticleForm {
  include?: string[]
  /** What the stored document is made into before it is sent. */
  rewrite?: ((document: Buffer) => Promise<Buffer>) | undefined
}

/** Sends the published article of this id or slug; a former slug is answered 308 to the one it has now. */
export function sendArticle(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  { rewrite, include = [] }: ArticleForm
) {
  const asStored = rewrite === undefined && include.length === 0
  return send(db, request, reply, async (wanted) => {
    const form = asStored ? formOf(wanted) : 'document'
    const row = isId('art', name)
      ? await published.byId(db.read, 'article', name, form)
      : await published.bySlug(db.read, name, form)
    if (row === undefined) return moved(db, request, name)
    if (asStored) return json(db, { ...row, gzipped: row.gzipped && wanted.gzip }, about('article', row))
    const document = rewrite ? await rewrite(row.bytes!) : row.bytes!
    const { items, beside } = await included(db.read, 'article', [{ id: row.id, card: document }], include)
    const bytes = items[0]!.card
    // What is included has changes of its own, so only the tag tells whether anything has.
    const modified = include.length === 0 ? { modified: row.modified } : {}
    return json(db, await written(bytes, wanted), {
      etag: tagOf(bytes),
      keys: surrogateKeys([], [{ kind: 'article', ...row }, ...beside]),
      ...modified
    })
  })
}

/** Answers 308 at a former slug, with the address that what was asked for has now. Throws 404, or 410. */
export const sendMoved = (db: Database, request: FastifyRequest, reply: FastifyReply, name: string) =>
  send(db, request, reply, () => moved(db, request, name))

/** The address of a request at or below an article, with this slug in the place of the one it has. */
export function addressOf(request: FastifyRequest, slug: string): string {
  const { pathname, search } = new URL(request.url, 'http://localhost')
  const [below = ''] = /(?<=^\/v1\/articles\/[^/]+)\/.*/.exec(pathname) ?? []
  return `/v1/articles/${encodeURIComponent(slug)}${below}${search}`
}

/** The way from a former slug to the article. Throws 404, or 410. */
async function moved(db: Database, request: FastifyRequest, name: string): Promise<Answer> {
  const id = isId('art', name) ? name : await published.formerly(db.read, name)
  const row = id === undefined ? undefined : await published.byId(db.read, 'article', id, 'head')
  if (row === undefined) throw await absent(db.read, 'article', id ?? name)
  return {
    status: 308,
    bytes: Buffer.alloc(0),
    headers: {
      ...standing(db),
      location: addressOf(request, String(row.slug)),
      'surrogate-key': row.id
    }
  }
}
