// Answering from the newsstand: stored bytes, the same for every caller.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Article } from '../articles/schema.ts'
import type { BodyForm } from '../body/schema.ts'
import { write } from '../body/write.ts'
import { decode, encode, linkNext } from '../cursor.ts'
import { isKnown } from '../etag.ts'
import { isId } from '../ids.ts'
import { HttpProblem, notFound } from '../problems.ts'
import { utc } from '../schemas.ts'
import type { Reader } from '../storage/database.ts'
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

/** Sends the published document of this id. Throws 404, or 410. */
export async function sendDocument(
  db: Reader,
  request: FastifyRequest,
  reply: FastifyReply,
  kind: published.Kind,
  id: string
) {
  const row = await published.byId(db, kind, id)
  if (row === undefined) throw await absent(db, kind, id)
  return sendBytes(request, reply, row.document, row.etag)
}

/** Sends the published article of this id or slug; a former slug is answered 308 to the one it has now. */
export async function sendArticle(
  db: Reader,
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  form: BodyForm
) {
  const row = isId('art', name) ? await published.byId(db, 'article', name) : await published.bySlug(db, name)
  if (row === undefined) return redirect(db, request, reply, name)
  if (form === 'portable-text') return sendBytes(request, reply, row.document, row.etag)
  const article = JSON.parse(row.document.toString()) as Article
  const rewritten = { ...article, body: write(article.body as never, form, article.media) }
  return sendBytes(
    request,
    reply,
    Buffer.from(JSON.stringify(rewritten)),
    row.etag.replace(/"$/, `-${form}"`)
  )
}

async function redirect(db: Reader, request: FastifyRequest, reply: FastifyReply, name: string) {
  const id = isId('art', name) ? name : await published.formerly(db, name)
  const row = id === undefined ? undefined : await published.byId(db, 'article', id)
  if (row === undefined) throw await absent(db, 'article', id ?? name)
  const url = new URL(request.url, 'http://localhost')
  return reply.redirect(`/v1/articles/${row.slug}${url.search}`, 308)
}

function sendBytes(request: FastifyRequest, reply: FastifyReply, bytes: Buffer, etag: string) {
  reply.header('etag', etag).header('cache-control', caching)
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
  return reply.type('application/json; charset=utf-8').send(bytes)
}

export interface Page {
  limit?: number
  cursor?: string
  'publishedAt.gte'?: string
  'publishedAt.lt'?: string
}

/** Sends one page of published cards, joined as they are stored. */
export async function sendPage(
  db: Reader,
  request: FastifyRequest,
  reply: FastifyReply,
  list: { kind: published.Kind; query: Page; facets: Record<string, string | undefined> }
) {
  const { limit = 20, cursor, 'publishedAt.gte': from, 'publishedAt.lt': before } = list.query
  const rows = await published.page(db, {
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
  linkNext(request, reply, next)
  const cards = shown.flatMap(({ card }, i) => (i === 0 ? [card] : [comma, card]))
  const bytes = Buffer.concat([opening, ...cards, Buffer.from(`],"next":${JSON.stringify(next)}}`)])
  reply.header('cache-control', caching)
  return reply.type('application/json; charset=utf-8').send(bytes)
}

const opening = Buffer.from('{"data":[')
const comma = Buffer.from(',')
