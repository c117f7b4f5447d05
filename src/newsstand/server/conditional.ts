// The newsstand as a server: what is kept in memory, for how long others may keep it, and who has it already.
import { promisify } from 'node:util'
import { gzip as compress, gzipSync } from 'node:zlib'
import { negotiate } from '@fastify/accept-negotiator'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../config.ts'
import { matchesIfNoneMatch } from '../../http/etag.ts'
import { accepting } from '../../http/input/negotiation.ts'
import type { Database } from '../../storage/database.ts'
import { addressOf } from '../search/spelling.ts'
import { type Answer, cache } from './cache.ts'

export type CacheConfig = Pick<
  Config,
  | 'ONRECORD_CACHE_MB'
  | 'ONRECORD_MAX_AGE'
  | 'ONRECORD_STALE_WHILE_REVALIDATE'
  | 'ONRECORD_STALE_IF_ERROR'
  | 'ONRECORD_CORS_ORIGINS'
>

interface Stand {
  kept: ReturnType<typeof cache>
  /** Cache-Control of every public answer. */
  caching: string
  /** What the answer depends on beside its address. */
  vary: string
  clock: () => Date
}

const stands = new WeakMap<Database, Stand>()

/** Opens the newsstand: from now on what was answered before is answered before anything else is done. */
export function serveFromCache(app: FastifyInstance, db: Database, config: CacheConfig, clock: () => Date) {
  const kept = cache(db.version, config.ONRECORD_CACHE_MB * 1024 * 1024)
  stands.set(db, { kept, caching: cacheControl(config), vary: varyOf(config), clock })
  app.addHook('onRequest', (request, reply, done) => {
    const answer = isRead(request) && takesJson(request.headers.accept) ? kept.get(keyOf(request)) : undefined
    if (answer && (answer.bytes || isUnchanged(request, answer))) sendAnswer(request, reply, answer)
    else done()
  })
}

/** Who does not is refused by the operation. */
export const takesJson = accepting(['application/json'])

export const isRead = ({ method }: FastifyRequest) => method === 'GET' || method === 'HEAD'

/** RFC 9111 and RFC 5861. */
const cacheControl = (config: CacheConfig) =>
  [
    'public',
    `max-age=${config.ONRECORD_MAX_AGE}`,
    `stale-while-revalidate=${config.ONRECORD_STALE_WHILE_REVALIDATE}`,
    `stale-if-error=${config.ONRECORD_STALE_IF_ERROR}`
  ].join(', ')

/** Answers are in a coding, and may name the origin of a page that may read them; what `*` allows names none. */
const varyOf = ({ ONRECORD_CORS_ORIGINS: origins = '*' }: CacheConfig) =>
  origins === '*' ? 'accept-encoding' : 'accept-encoding, origin'

/** Whether the client takes gzip (RFC 9110, 12.5.3). */
const takesGzip = ({ headers }: FastifyRequest) => {
  const accepted = headers['accept-encoding']
  return accepted !== undefined && negotiate(String(accepted).toLowerCase(), ['gzip']) === 'gzip'
}

const keyOf = (request: FastifyRequest) =>
  takesGzip(request) ? `gzip ${addressOf(request)}` : addressOf(request)

const isConditional = ({ headers }: FastifyRequest) =>
  headers['if-none-match'] !== undefined || headers['if-modified-since'] !== undefined

/** Whether the client has this already: by its tag, or else by its date (RFC 9110, 13.2.2). */
function isUnchanged({ headers }: FastifyRequest, { headers: { etag }, modified }: Answer) {
  if (headers['if-none-match'] !== undefined)
    return etag !== undefined && matchesIfNoneMatch(headers['if-none-match'], etag)
  // Every HTTP-date ends so (RFC 9110, 5.6.7); what is none is as if it were not sent.
  const date = headers['if-modified-since'] ?? ''
  const since = date.endsWith('GMT') ? Date.parse(date) : Number.NaN
  return modified !== undefined && modified <= since
}

/** What is needed of a document: its bytes, or only its head; compressed or not. */
export interface Wanted {
  head: boolean
  gzip: boolean
}

/**
 * Sends what `make` reads from the newsstand, and keeps it for the next who asks. A client that may have it already
 * is first told so from the head alone.
 */
export async function send(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  make: (wanted: Wanted) => Promise<Answer>
) {
  const { kept } = stands.get(db)!
  const gzip = takesGzip(request)
  if (isConditional(request)) {
    const head = await kept.fill(keyOf(request), () => make({ head: true, gzip }))
    if (head.bytes || isUnchanged(request, head)) return sendAnswer(request, reply, head)
  }
  return sendAnswer(request, reply, await kept.fill(keyOf(request), () => make({ head: false, gzip })))
}

function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: Answer) {
  const { status, headers, bytes } = answer
  if (!isUnchanged(request, answer)) return reply.code(status).headers(headers).send(bytes)
  // What is said of the bytes is not said where there are none (RFC 9110, 15.4.5).
  for (const name in headers) if (!name.startsWith('content-')) reply.header(name, headers[name])
  return reply.code(304).send()
}

/** What an answer of the newsstand says of itself. */
export interface About {
  etag: string
  /** When it was last changed. */
  modified?: string
  /** The ids, and lists, that the answer depends on: a CDN may drop it by any of them. */
  keys: string[]
  link?: Record<string, string>
}

/** The headers every answer of the newsstand has. */
export function standing(db: Database) {
  const { caching, vary } = stands.get(db)!
  return { 'cache-control': caching, vary }
}

/** An answer in JSON; without bytes, its head. */
export function json(
  db: Database,
  { bytes, gzipped }: { bytes: Buffer | null; gzipped: boolean },
  { etag, modified, keys, link }: About
): Answer {
  const changed = modified === undefined ? undefined : Date.parse(modified)
  const now = stands.get(db)!.clock().getTime()
  return {
    status: 200,
    ...(bytes && { bytes }),
    ...(changed && { modified: changed }),
    ...(changed && changed > now && { brief: true }),
    headers: {
      ...standing(db),
      'content-type': 'application/json; charset=utf-8',
      // Each coding is a representation of its own, so it has a strong tag of its own (RFC 9110, 8.8.3.3).
      etag: gzipped ? etag.replace(/"$/, '-gzip"') : etag,
      ...(changed && { 'last-modified': new Date(Math.min(changed, now)).toUTCString() }),
      ...(gzipped && { 'content-encoding': 'gzip' }),
      'surrogate-key': keys.join(' '),
      ...link
    }
  }
}

/** What is smaller is sent as it is. */
const worthCompressing = 1024

/** What is larger is compressed in another thread: it takes milliseconds. */
const largeToCompress = 100_000

/** Bytes that were put together just now, compressed where the client takes that. */
export async function written(document: Buffer, { gzip }: Wanted) {
  if (!gzip || document.length <= worthCompressing) return { bytes: document, gzipped: false }
  const compressed = document.length > largeToCompress ? await gzipAside(document) : gzipSync(document)
  return { bytes: compressed, gzipped: true }
}

const gzipAside = promisify<Buffer, Buffer>(compress)
