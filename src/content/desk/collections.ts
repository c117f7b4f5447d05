// GET of collections and single records, in both editions.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, type TObject, type TSchema, Type } from 'typebox'
import { checkEdition, sendDraft } from '../../changes/drafts.ts'
import { pagedBy, pageRequest } from '../../http/input/cursor.ts'
import { found, mayFail } from '../../http/problems.ts'
import { edition, page, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import { type Kind, kinds } from '../../newsstand/documents/kinds.ts'
import { movedTo } from '../../newsstand/documents/moved.ts'
import { type PageQuery, sendPage } from '../../newsstand/lists/listing.ts'
import { itemOf, listParameters } from '../../newsstand/lists/parameters.ts'
import { sendDocument } from '../../newsstand/server/reply.ts'
import type { Database, Reader } from '../../storage/database.ts'
import type { DeskMarks } from './marks/reading.ts'

interface Collection<Filters extends TObject, Item extends { id: string }> {
  /** The operationId: `listQuotes`. */
  operationId: string
  summary: string
  url: string
  tag: string
  kind: Kind
  /** The form of an item in the published edition. */
  card: TObject
  filters: Filters
  /** The form of an item at the desk. */
  draft: TSchema
  /** The filters that only one edition has. */
  only?: { draft?: string[]; published?: string[] }
  /** Maps the filters to facets of the newsstand. */
  facets(query: Static<Filters>): Record<string, string[] | undefined>
  /** Lists drafts by the filters, newest first. */
  list(db: Reader, query: CollectionQuery<Filters>, limit: number, after?: string): Promise<Item[]>
  /** For drafts also full text (`q`), a count and these orders, if supported. */
  desk?: {
    sorts: string[]
    count(db: Reader, query: CollectionQuery<Filters>): Promise<number>
    keyOf(item: Item, sort?: string): string
  }
}

type CollectionQuery<Filters extends TObject> = Static<Filters> & PageQuery

/** GET of a collection: a page of it. */
export function listRoute<Filters extends TObject, Item extends { id: string }>(
  app: FastifyInstance,
  db: Database,
  list: Collection<Filters, Item>
) {
  const { operationId, summary, tag, kind, card, filters, desk } = list
  const offered = listParameters(kind, card, desk?.sorts)
  const shared = desk ? ['q', 'count', 'sort'] : []
  const published = Object.keys(offered).filter((name) => !shared.includes(name))
  const only = { ...list.only, published: [...published, ...(list.only?.published ?? [])] }
  app.get(
    list.url,
    {
      schema: {
        operationId,
        tags: [tag],
        summary,
        querystring: strict({ ...filters.properties, ...offered }),
        response: { 200: page(Type.Union([itemOf(kind, card), list.draft])) }
      },
      ...mayFail('invalid-cursor')
    },
    async (request, reply) => {
      const query = request.query as CollectionQuery<Filters> & { edition?: string }
      checkEdition(query, only)
      if (query.sort && desk) checkSort(query, desk.sorts)
      if (query.edition !== 'draft')
        return sendPage(db, request, reply, { kind, query, facets: list.facets(query) })
      const { limit, after } = pageRequest(request)
      const rows = await list.list(db.read, query, limit + 1, after)
      reply.headers(uncached)
      const keyOf = (item: Item) => (desk ? desk.keyOf(item, query.sort) : item.id)
      const page = pagedBy(request, reply, { rows, limit, keyOf })
      return desk && query.count ? { ...page, count: await desk.count(db.read, query) } : page
    }
  )
}

/** Throws 400 for an order that only the other edition has. */
const checkSort = ({ sort, edition }: { sort?: string; edition?: string }, sorts: string[]) =>
  checkEdition({ edition, sort } as object, {
    [sorts.includes(sort!) ? 'draft' : 'published']: ['sort']
  })

interface ReadRoute<Draft extends { id: string; articleId?: string; version: number }> {
  /** The operationId: `getQuote`. */
  operationId: string
  tag: string
  kind: Kind
  id: TSchema
  published: TSchema
  draft: TSchema
  byId(db: Reader, id: string): Promise<Draft | undefined>
  /** Whether such a record may become another, to which its address leads (308). */
  moves?: boolean
  /** Marks of the record, which its draft tells besides. */
  deskMarks?: DeskMarks
}

/** What the address of a record is answered that became another. */
const movedAnswer = (noun: string, collection: string) => ({
  description: `It became another ${noun}.`,
  headers: {
    Location: {
      type: 'string',
      description: 'Its address now.',
      examples: [`/v1/${collection}/src_01k9v3w8zhe5ra4gxm7y2bqd6c`]
    }
  },
  type: 'null'
})

/** GET of one record. */
export function readRoute<Draft extends { id: string; articleId?: string; version: number }>(
  app: FastifyInstance,
  db: Database,
  one: ReadRoute<Draft>
) {
  const { operationId, tag, kind } = one
  app.get(
    `/${tag}/:id`,
    {
      schema: {
        operationId,
        tags: [tag],
        summary: `One ${kinds[kind].noun}.`,
        params: strict({ id: one.id }),
        querystring: strict(edition),
        response: {
          200: Type.Union([one.published, one.draft]),
          ...(one.moves && { 308: movedAnswer(kinds[kind].noun, tag) })
        }
      }
    },
    async (request: FastifyRequest, reply: FastifyReply) => {
      const { id } = request.params as { id: string }
      if ((request.query as { edition?: string }).edition !== 'draft')
        return sendDocument(db, request, reply, kind, id)
      const to = one.moves ? await movedTo(db.read, kind, id) : undefined
      if (to)
        return reply
          .code(308)
          .headers({
            location: `/v1/${tag}/${to}?edition=draft`,
            ...uncached,
            'content-length': '0'
          })
          .send()
      const draft = found(await one.byId(db.read, id), kinds[kind].noun)
      return sendDraft(request, reply, { ...draft, ...(await one.deskMarks?.(db.read, draft)) })
    }
  )
}
