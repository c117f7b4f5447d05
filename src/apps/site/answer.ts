// Pages over HTTP: kept, compressed, validated and purged like the answers of the API.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Alternate, alternateTags } from '../../formats/markup/alternates.ts'
import { type Html, html } from '../../formats/markup/html.ts'
import type { Publisher } from '../../formats/publisher/schema.ts'
import { publisher } from '../../formats/publisher/store.ts'
import { tagOf } from '../../http/etag.ts'
import { ofPublisher } from '../../newsstand/documents/cache-tags.ts'
import type { Kind } from '../../newsstand/documents/kinds.ts'
import { type ShownRecord, surrogateKeys } from '../../newsstand/documents/surrogate-keys.ts'
import { compressible, publicAnswer, send } from '../../newsstand/server/conditional.ts'
import { redirectTo } from '../../newsstand/server/reply.ts'
import type { Database } from '../../storage/database.ts'
import { layout } from './layout.ts'
import { ofSections, sections } from './read.ts'

/** Scripts and styles are files of this site; nothing stands in a page that could run. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    'img-src http: https:',
    'media-src http: https:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'"
  ].join('; ')
}

export interface Page {
  title: string
  main: Html
  /** What was searched for. */
  query?: string
  /** Tags for the head of the document. */
  head?: Html
  /** Its feeds, or how it is embedded. */
  alternates?: (publisher: Publisher) => Alternate[]
  /** What it shows, and the cache tags it depends on. */
  lists?: Kind[]
  records: ShownRecord[]
  tags: number[]
}

/** An address that has moved. */
export interface Moved {
  location: string
  id: string
  tags: number[]
  /** 308 unless it is an address of another system, whose clients may know 301 alone. */
  status?: 301
}

/** Sends a page through the response cache. */
export const sendPage = (
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  siteUrl: string | undefined,
  make: () => Promise<Page | Moved>
) =>
  send(
    db,
    request,
    reply,
    async (wanted) => {
      const page = await make()
      if ('location' in page) return redirectTo(db, page.location, { ...page, keys: [page.id] })
      const others = page.alternates?.(await publisher(db.read, siteUrl)) ?? []
      const head = html`${page.head}${alternateTags(others)}`
      const bytes = Buffer.from(layout({ ...page, head, sections: await sections(db.read) }).toString())
      const answer = publicAnswer(db, await compressible(bytes, wanted), {
        etag: tagOf(bytes),
        keys: surrogateKeys(['article', ...(page.lists ?? [])], page.records),
        tags: [...page.tags, ofSections, ofPublisher]
      })
      return { ...answer, headers: { ...answer.headers, ...pageHeaders } }
    },
    'site'
  )
