// Serving the newsstand over HTTP: response cache, Cache-Control, conditional requests, compression.
import type { IncomingHttpHeaders } from 'node:http'
import { promisify } from 'node:util'
import { gzip as compress, gzipSync } from 'node:zlib'
import { negotiate } from '@fastify/accept-negotiator'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../config/config.ts'
import { matchesIfNoneMatch } from '../../http/etag.ts'
import { accepting, memoized } from '../../http/input/negotiation.ts'
import type { Database } from '../../storage/database.ts'
import { type Answer, bytesOf, unchangedHeaders } from './answer.ts'
import { cache } from './cache.ts'
import { normalUrl } from './normal-url.ts'
import { rightEnds } from './right-ends.ts'
import { silenceOf } from './silence.ts'
import { type Ended, withholding } from './withheld.ts'

export type CacheConfig = Pick<
  Config,
  | 'ONRECORD_CACHE_MB'
  | 'ONRECORD_MAX_AGE'
  | 'ONRECORD_STALE_WHILE_REVALIDATE'
  | 'ONRECORD_STALE_IF_ERROR'
  | 'ONRECORD_CORS_ORIGINS'
>

interface CacheState {
  kept: ReturnType<typeof cache>
  ends: ReturnType<typeof rightEnds>
  silence: ReturnType<typeof silenceOf>
  withheld: ReturnType<typeof withholding>
  /** Vary. */
  vary: string
  clock: () => Date
}

const states = new WeakMap<Database, CacheState>()

/** What the cache needs of a request, of Node or of Fastify. */
interface CacheRequest {
  method?: string | undefined
  url?: string | undefined
  headers: IncomingHttpHeaders
}

/**
 * Answers cached responses in the first hook, before anything else is done with a request. Answers what is cached for a
 * request, and what the cache measures. Once a right to show a picture has ended, `endRights` is awaited first. Where that
 * fails, answers that name one of `endedAddresses` are withheld.
 */
export function serveFromCache(
  app: FastifyInstance,
  db: Database,
  config: CacheConfig,
  {
    clock,
    endRights,
    endedAddresses
  }: {
    clock: () => Date
    endRights: (db: Database, now: () => Date) => Promise<unknown>
    endedAddresses: (db: Database, now: () => Date) => Promise<Ended>
  }
) {
  const ends = rightEnds(db, config, clock)
  const kept = cache(db, config.ONRECORD_CACHE_MB * 1024 * 1024, clock, ends.refresh)
  const withheld = withholding(() => endedAddresses(db, clock), clock)
  const silence = silenceOf(db, config)
  const { awaitFresh } = silence
  states.set(db, { kept, ends, silence, withheld, vary: varyOf(config), clock })

  /** The cached answer, if it is complete, or all that a 304 needs. */
  function find(request: CacheRequest): Answer | undefined {
    if (!isRead(request) || !acceptsJson(request.headers.accept)) return undefined
    const answer = kept.get(keyOf(request))
    if (answer === undefined || ends.isDue() || silence.isTooLong()) return undefined
    if (answer.isFor && !answer.isFor(request.headers.accept)) return undefined
    return answer.bytes || isNotModified(request, answer) ? answer : undefined
  }

  if (awaitFresh) app.addHook('onRequest', ({ raw }, _, done) => void awaitFresh(raw).then(() => done()))
  app.addHook('onRequest', (request, reply, done) => {
    const answer = find(request)
    if (answer) return void sendAnswer(db, request, reply, answer)
    kept.refresh()
    if (ends.isDue()) carryOut().then(() => done(), done)
    else {
      withheld.forget()
      done()
    }
  })
  async function carryOut() {
    await ends.carryOut(() => endRights(db, clock))
    kept.refresh()
    if (ends.isDue()) await withheld.learn()
    else withheld.forget()
  }
  const headersNow = () => silence.headersNow(ends.bounded())
  return { find, awaitFresh, measured: kept.measured, headersNow }
}

/** Whether the client accepts JSON. (If not, the route answers 406.) */
export const acceptsJson = accepting(['application/json'])

export const isRead = ({ method }: CacheRequest) => method === 'GET' || method === 'HEAD'

/** Vary: by the coding, and by the origin where CORS allows only some. */
const varyOf = ({ ONRECORD_CORS_ORIGINS: origins = '*' }: CacheConfig) =>
  origins === '*' ? 'accept-encoding' : 'accept-encoding, origin'

/** Whether a value of Accept-Encoding allows gzip (RFC 9110, 12.5.3). */
const allowsGzip = memoized((accepted) => negotiate(accepted.toLowerCase(), ['gzip']) === 'gzip')

const acceptsGzip = ({ headers }: CacheRequest) => {
  const accepted = headers['accept-encoding']
  return accepted !== undefined && allowsGzip(String(accepted))
}

const keyOf = (request: CacheRequest) =>
  acceptsGzip(request) ? `gzip ${normalUrl(request.url!)}` : normalUrl(request.url!)

const isConditional = ({ headers }: CacheRequest) =>
  headers['if-none-match'] !== undefined || headers['if-modified-since'] !== undefined

/** Whether 304 is the answer, by If-None-Match, or else by If-Modified-Since (RFC 9110, 13.2.2). */
export function isNotModified({ headers }: CacheRequest, { headers: { etag }, modified }: Answer) {
  if (headers['if-none-match'] !== undefined)
    return etag !== undefined && matchesIfNoneMatch(headers['if-none-match'], etag)
  // Every HTTP-date ends in GMT (RFC 9110, 5.6.7); an invalid one is ignored.
  const date = headers['if-modified-since'] ?? ''
  const since = date.endsWith('GMT') ? Date.parse(date) : Number.NaN
  return modified !== undefined && modified <= since
}

/** What to read of a document: its bytes or only its metadata, compressed or not. */
export interface Representation {
  head: boolean
  gzip: boolean
}

/**
 * Sends what `make` reads from the newsstand, through the cache. For a conditional request only the metadata are read
 * first, which suffice for a 304. Where one address has several representations, `variant` names the one that Accept
 * chose.
 */
export async function send(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  make: (wanted: Representation) => Promise<Answer>,
  variant?: string
) {
  const { kept, withheld } = states.get(db)!
  const gzip = acceptsGzip(request)
  const key = variant === undefined ? keyOf(request) : `${variant} ${keyOf(request)}`
  const known = variant === undefined ? undefined : kept.get(key)
  if (known?.bytes) return sendAnswer(db, request, reply, known)
  // Who has the former answer must not be told to show it again.
  if (isConditional(request) && !withheld.isOn()) {
    const head = await kept.fill(key, () => make({ head: true, gzip }), 'head')
    if (head.bytes || isNotModified(request, head)) return sendAnswer(db, request, reply, head)
  }
  return sendAnswer(db, request, reply, await kept.fill(key, () => make({ head: false, gzip })))
}

function sendAnswer(db: Database, request: FastifyRequest, reply: FastifyReply, answer: Answer) {
  const { status } = answer
  const { ends, silence, withheld } = states.get(db)!
  if (withheld.isOn()) withheld.check(answer)
  const headers = { ...answer.headers, ...silence.headersNow(ends.bounded()) }
  if (withheld.isOn() || !isNotModified(request, answer)) {
    const bytes = bytesOf(answer)
    // Fastify gives an empty buffer a content type.
    return reply
      .code(status)
      .headers(headers)
      .send(bytes?.length === 0 ? undefined : bytes)
  }
  return reply.code(304).headers(unchangedHeaders(headers)).send()
}

/** Metadata of a response, for its headers. */
export interface ResponseInfo {
  etag: string
  /** Last-Modified. */
  modified?: string
  /** Surrogate keys, by which a CDN may purge the response. */
  keys: string[]
  link?: Record<string, string>
  /** The media type, where it is not JSON. */
  type?: string | undefined
  /** The cache tags it depends on (documents/cache-tags.ts). */
  tags: number[]
}

/** The headers of every public response. */
export function publicHeaders(db: Database) {
  const { ends, vary } = states.get(db)!
  return { 'cache-control': ends.whole, vary }
}

/** The answer to everybody, in JSON unless `type` says otherwise; without bytes, only its headers. */
export function publicAnswer(
  db: Database,
  { bytes, gzipped }: { bytes: Buffer | null; gzipped: boolean },
  { etag, modified, keys, link, type, tags }: ResponseInfo
): Answer {
  const changed = modified === undefined ? undefined : Date.parse(modified)
  const now = states.get(db)!.clock().getTime()
  return {
    status: 200,
    tags,
    ...(bytes && { bytes }),
    ...(changed && { modified: changed }),
    ...(changed && changed > now && { isShortLived: true }),
    headers: {
      ...publicHeaders(db),
      'content-type': type ?? 'application/json; charset=utf-8',
      // Each content coding needs a strong tag of its own (RFC 9110, 8.8.3.3).
      etag: gzipped ? etag.replace(/"$/, '-gzip"') : etag,
      ...(changed && { 'last-modified': new Date(Math.min(changed, now)).toUTCString() }),
      ...(gzipped && { 'content-encoding': 'gzip' }),
      'surrogate-key': keys.join(' '),
      ...link
    }
  }
}

/** Smaller responses are not compressed. */
const minCompressed = 1024

/** Larger ones are compressed in libuv's thread pool: it takes milliseconds. */
const asyncThreshold = 100_000

/** A composed response, compressed if the client accepts that. */
export async function compressible(document: Buffer, { gzip }: Representation) {
  if (!gzip || document.length <= minCompressed) return { bytes: document, gzipped: false }
  const compressed = document.length > asyncThreshold ? await gzipAsync(document) : gzipSync(document)
  return { bytes: compressed, gzipped: true }
}

const gzipAsync = promisify<Buffer, Buffer>(compress)
