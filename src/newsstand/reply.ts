// Answering from the newsstand: stored bytes, the same for every caller.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Article } from '../articles/schema.ts'
import type { Body, BodyForm } from '../body/schema.ts'
import { write } from '../body/write.ts'
import { decode, encode, nextLink } from '../cursor.ts'
import { isKnown, tagOf } from '../etag.ts'
import { isId } from '../ids.ts'
import { HttpProblem, notFound } from '../problems.ts'
import { utc } from '../schemas.ts'
import type { Database, Reader } from '../storage/database.ts'
import { type Answer, cache } from './cache.ts'
import * as published from './published.ts'

const caching = 'public, max-age=0, must-revalidate'

/** The name of each kind in sentences. */
export const nouns: Record<published.Kind, string> = {
  article: 'article',
  quote: 'quote',
  attribution: 'attribution',
  source: 'source',
  media: 'media',
  credit: 'media credit',
  correction: 'correction',
  comment: 'comment'
}

/** Why it is not there: a 410 for what was withdrawn, a 404 for everything else. */
export async function absent(db: Reader, kind: published.Kind, id: string): Promise<HttpProblem> {
  if (await published.wasWithdrawn(db, kind, id))
    return new HttpProblem('gone', `This ${nouns[kind]} has been withdrawn.`)
  return notFound(nouns[kind])
}

const json = (bytes: Buffer, etag: string, more: Record<string, string> = {}): Answer => ({
  status: 200,
  bytes,
  headers: { etag, 'cache-control': caching, 'content-type': 'application/json; charset=utf-8', ...more }
})

const caches = new WeakMap<Database, ReturnType<typeof cache>>()

/** Sends what `make` reads from the newsstand, or has read since the database last changed. */
function send(db: Database, request: FastifyRequest, reply: FastifyReply, make: () => Promise<Answer>) {
  const kept = caches.get(db) ?? cache(db.version)
  caches.set(db, kept)
  const known = kept.get(request.url)
  if (known) return sendAnswer(request, reply, known)
  return kept.fill(request.url, make).then((answer) => sendAnswer(request, reply, answer))
}

function sendAnswer(request: FastifyRequest, reply: FastifyReply, { status, bytes, headers }: Answer) {
  const { etag, 'content-type': _, ...unchanged } = headers
  if (etag && isKnown(request.headers['if-none-match'], etag)) {
    return reply
      .code(304)
      .headers({ etag, ...unchanged })
      .send()
  }
  return reply.code(status).headers(headers).send(bytes)
}

/** Sends the published document of this id. Throws 404, or 410. */
export function sendDocument(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  kind: published.Kind,
  id: string
) {
  return send(db, request, reply, async () => {
    const row = await published.byId(db.read, kind, id)
    if (row === undefined) throw await absent(db.read, kind, id)
    return json(row.document, row.etag)
  })
}

/** Sends the published article of this id or slug; a former slug is answered 308 to the one it has now. */
export function sendArticle(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  form: BodyForm
) {
  return send(db, request, reply, async () => {
    const row = isId('art', name)
      ? await published.byId(db.read, 'article', name)
      : await published.bySlug(db.read, name)
    if (row === undefined) return moved(db.read, request, name)
    if (form === 'portable-text') return json(row.document, row.etag)
    const article = JSON.parse(row.document.toString()) as Article
    const rewritten = { ...article, body: write(article.body as Body, form, article.media) }
    return json(Buffer.from(JSON.stringify(rewritten)), row.etag.replace(/"$/, `-${form}"`))
  })
}

/** The way from a former slug to the article. Throws 404, or 410. */
async function moved(db: Reader, request: FastifyRequest, name: string): Promise<Answer> {
  const id = isId('art', name) ? name : await published.formerly(db, name)
  const row = id === undefined ? undefined : await published.byId(db, 'article', id)
  if (row === undefined) throw await absent(db, 'article', id ?? name)
  const { search } = new URL(request.url, 'http://localhost')
  const headers = { location: `/v1/articles/${row.slug}${search}`, 'cache-control': caching }
  return { status: 308, bytes: Buffer.alloc(0), headers }
}

export interface Page {
  limit?: number
  cursor?: string
  'publishedAt.gte'?: string
  'publishedAt.lt'?: string
}

/** Sends one page of published cards, joined as they are stored. */
export function sendPage(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  list: { kind: published.Kind; query: Page; facets: Record<string, string | undefined> }
) {
  const { limit = 20, cursor, 'publishedAt.gte': from, 'publishedAt.lt': before } = list.query
  return send(db, request, reply, async () => {
    const rows = await published.page(db.read, {
      kind: list.kind,
      facets: list.facets,
      from: from && utc(from),
      before: before && utc(before),
      after: cursor === undefined ? undefined : (decode(cursor, 2) as [string, string]),
      limit: limit + 1
    })
    const shown = rows.slice(0, limit)
    const last = rows.length > limit ? shown.at(-1) : undefined
    const next = last ? encode(last.position, last.id) : null
    const cards = shown.flatMap(({ card }, i) => (i === 0 ? [card] : [comma, card]))
    const bytes = Buffer.concat([opening, ...cards, Buffer.from(`],"next":${JSON.stringify(next)}}`)])
    return json(bytes, tagOf(bytes), nextLink(request, next))
  })
}

const opening = Buffer.from('{"data":[')
const comma = Buffer.from(',')
