// Responses from the newsstand: stored bytes, the same for every caller.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { tagOf } from '../../http/etag.ts'
import { isId } from '../../http/ids.ts'
import { HttpProblem } from '../../http/problems.ts'
import type { Database, Reader } from '../../storage/database.ts'
import { ofDocument, ofSeen, ofSlug } from '../documents/cache-tags.ts'
import { type Kind, kinds } from '../documents/kinds.ts'
import { movedTo } from '../documents/moved.ts'
import { seen } from '../documents/naming.ts'
import * as published from '../documents/published.ts'
import { surrogateKeys } from '../documents/surrogate-keys.ts'
import { bytesOf } from '../lists/card-json.ts'
import { withInclusions } from '../lists/inclusions.ts'
import { withAddedHeaders } from './added-headers.ts'
import type { Answer } from './answer.ts'
import { choosesJson } from './article-forms.ts'
import { compressible, publicAnswer, publicHeaders, type Representation, send } from './conditional.ts'

/** The problem for a missing document: 410 if it was withdrawn, 404 otherwise. */
export async function notFoundOrGone(db: Reader, kind: Kind, id: string): Promise<HttpProblem> {
  const at = await published.withdrawnAt(db, kind, id)
  return at === undefined
    ? notPublished(kind, id)
    : new HttpProblem('gone', `This ${kinds[kind].noun} was withdrawn at ${at}.`)
}

/** The same for what there is not and for what is not published, for everybody. Where slugs are taken, so is any id. */
const notPublished = (kind: Kind, id: string) =>
  new HttpProblem(
    'not-found',
    kind === 'article' && anyId.test(id) && !isId('art', id)
      ? `There is no such article: ${id} is the id of something else, for those of articles begin with art_.`
      : `There is no such ${kinds[kind].noun}. A draft is read with \`edition=draft\` and a token.`
  )

const anyId = /^[a-z]{3}_[0-7][0-9a-z]{25}$/

const formOf = ({ head, gzip }: Representation) => (head ? 'head' : gzip ? 'gzip' : 'document')

type Row = NonNullable<Awaited<ReturnType<typeof published.byId>>>

/** The surrogate keys of a document: its own, its article's, and for shared records that of their list. */
const keysOf = (kind: Kind, row: Pick<Row, 'id' | 'articleId'>) => [
  ...new Set([row.id, ...surrogateKeys([], [{ kind, ...row }])])
]

const metadata = (kind: Kind, row: Row) => ({
  etag: row.etag,
  modified: row.modified,
  keys: keysOf(kind, row),
  tags: [ofDocument(kind, row.id)]
})

/** Sends the published document of this id. Throws 404, or 410. */
export function sendDocument(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  kind: Kind,
  id: string
) {
  return send(db, request, reply, async (wanted) => {
    const row = await published.byId(db.read, kind, id, kind === 'source' ? 'document' : formOf(wanted))
    if (row === undefined) return redirectMoved(db, kind, id)
    const answer =
      kind === 'source'
        ? await withSeen(db, wanted, row)
        : publicAnswer(db, { ...row, gzipped: row.gzipped && wanted.gzip }, metadata(kind, row))
    return withAddedHeaders(db, { kind, ...row }, answer)
  })
}

/** A source, and how often it is named: that changes on its own, so there is no Last-Modified, only an ETag. */
async function withSeen(db: Database, wanted: Representation, { bytes, ...row }: Row) {
  const seenNow = JSON.stringify(await seen(db.read, row.id))
  const whole = Buffer.concat([bytes!.subarray(0, -1), Buffer.from(`,"seen":${seenNow}}`)])
  return publicAnswer(db, await compressible(whole, wanted), {
    etag: tagOf(whole),
    keys: keysOf('source', row),
    tags: [ofDocument('source', row.id), ofSeen(row.id)]
  })
}

/** The redirect (308) from a record to the one it became. Throws 404, or 410, where that is not public. */
async function redirectMoved(db: Database, kind: Kind, id: string): Promise<Answer> {
  const to = await movedTo(db.read, kind, id)
  if (to === undefined || !(await published.isPublished(db.read, kind, to)))
    throw await notFoundOrGone(db.read, kind, id)
  return redirectTo(db, `/v1/${kinds[kind].collection}/${to}`, {
    tags: [ofDocument(kind, id), ofDocument(kind, to)],
    keys: [id, ...keysOf(kind, { id: to, articleId: null })]
  })
}

/** A redirect for good: 308 unless `status` says otherwise. */
export const redirectTo = (
  db: Database,
  location: string,
  { tags, keys, status = 308 }: { tags: number[]; keys: string[]; status?: 301 | 308 }
): Answer => ({
  status,
  bytes: Buffer.alloc(0),
  tags,
  headers: { ...publicHeaders(db), location, 'surrogate-key': keys.join(' '), 'content-length': '0' }
})

/** How an article is to be represented. */
export interface ArticleForm {
  include?: string[]
  /** Transforms the stored document before it is sent. */
  rewrite?: ((document: Buffer) => Promise<Buffer>) | undefined
  /** The media type of what `rewrite` makes, where it is not JSON. */
  type?: string
  /** The cache tags of what else `rewrite` reads. */
  tags?: number[]
  /** Headers of its own. */
  headers?: Record<string, string>
  /** Whether Accept could have chosen another form than JSON at this address. */
  negotiated?: boolean
}

/** An answer in JSON at an address where Accept may choose another form. */
const ofSeveral = (answer: Answer): Answer => ({
  ...answer,
  isFor: choosesJson,
  headers: { ...answer.headers, vary: variesByAccept(answer.headers.vary!) }
})

const variesByAccept = (vary: string) => `accept, ${vary}`

/** Leads to the address of the form that was asked for (RFC 9110, 15.4.4): it says whether there is such an article. */
export function sendElsewhere(db: Database, reply: FastifyReply, location: string) {
  const headers = publicHeaders(db)
  return reply
    .code(303)
    .headers({ ...headers, vary: variesByAccept(headers.vary), location })
    .send()
}

/** Sends the published article of this id or slug; a former slug redirects (308) to the current one. */
export function sendArticle(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  { rewrite, include = [], type, tags: more = [], headers, negotiated }: ArticleForm
) {
  const asStored = rewrite === undefined && include.length === 0
  return send(db, request, reply, async (wanted) => {
    const form = asStored ? formOf(wanted) : 'document'
    const row = isId('art', name)
      ? await published.byId(db.read, 'article', name, form)
      : await published.bySlug(db.read, name, form)
    if (row === undefined) return redirect(db, request, name)
    const record = { kind: 'article' as const, ...row }
    if (asStored) {
      const stored = publicAnswer(
        db,
        { ...row, gzipped: row.gzipped && wanted.gzip },
        metadata('article', row)
      )
      const answer = await withAddedHeaders(db, record, stored)
      return negotiated ? ofSeveral(answer) : answer
    }
    const document = rewrite ? await rewrite(row.bytes!) : row.bytes!
    const { items, beside, tags } = await withInclusions(
      db.read,
      'article',
      [{ id: row.id, card: document.toString() }],
      include
    )
    const bytes = bytesOf(items[0]!.card)
    // Included records, and what else was read, change on their own, so there is no Last-Modified, only an ETag.
    const modified = include.length === 0 && more.length === 0 ? { modified: row.modified } : {}
    const answer = publicAnswer(db, await compressible(bytes, wanted), {
      etag: tagOf(bytes),
      keys: surrogateKeys([], [{ kind: 'article', ...row }, ...beside]),
      type,
      tags: [ofDocument('article', row.id), ...tags, ...more],
      ...modified
    })
    const whole = { ...answer, headers: { ...answer.headers, ...headers } }
    const sent = await withAddedHeaders(db, record, whole)
    return negotiated ? ofSeveral(sent) : sent
  })
}

/** Redirects (308) from a former slug to the current URL. Throws 404, or 410. */
export const sendMoved = (db: Database, request: FastifyRequest, reply: FastifyReply, name: string) =>
  send(db, request, reply, () => redirect(db, request, name))

/** The URL of a request at or below an article, with its slug replaced. */
export function addressOf(request: FastifyRequest, slug: string): string {
  const { pathname, search } = new URL(request.url, 'http://localhost')
  const [below = ''] = /(?<=^\/v1\/articles\/[^/]+)\/.*/.exec(pathname) ?? []
  return `/v1/articles/${encodeURIComponent(slug)}${below}${search}`
}

/** The redirect from a former slug. Throws 404, or 410. */
async function redirect(db: Database, request: FastifyRequest, name: string): Promise<Answer> {
  const id = isId('art', name) ? name : await published.articleAtFormerSlug(db.read, name)
  const row = id === undefined ? undefined : await published.byId(db.read, 'article', id, 'head')
  if (row === undefined) throw await notFoundOrGone(db.read, 'article', id ?? name)
  return redirectTo(db, addressOf(request, String(row.slug)), {
    tags: [ofDocument('article', row.id), ofSlug(name.normalize('NFC'))],
    keys: [row.id]
  })
}
