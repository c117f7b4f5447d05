// The history of an article: editions, earlier revisions, their differences, and restoring them.
import type { FastifyInstance } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { draftAction } from '../../changes/records.ts'
import { conflictDetails } from '../../content/articles/conflict-details.ts'
import * as revisions from '../../content/articles/revisions.ts'
import { DraftArticle } from '../../content/articles/schema.ts'
import * as articles from '../../content/articles/store.ts'
import type { Expected } from '../../http/etag.ts'
import { pagedBy, pageRequestBelow } from '../../http/input/cursor.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, page, pageQuery, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import type { Database, Reader, Writer } from '../../storage/database.ts'
import { inThread } from '../../threads/run.ts'
import { differenceOf } from './difference.ts'
import { restoreEdition, restoreRevision, revisionName } from './restore.ts'
import { Difference, DifferenceQuery, Edition, EditionCard, Revision, RevisionCard } from './schema.ts'
import * as editions from './store.ts'

const tag = 'editions'

/** In characters of both editions: shorter ones are compared in this thread, within some milliseconds. */
const inlineLimit = 100_000

const compareInThread = inThread<typeof differenceOf>(
  new URL('./difference.ts', import.meta.url).href,
  'differenceOf'
)
const number = Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 })
const article = strict({ id: id('art') })
const numbered = strict({ id: id('art'), number })

interface NumberedParams {
  id: string
  number: number
}

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [EditionCard, Edition, RevisionCard, Revision, Difference]) app.addSchema(schema)
  listRoute(app, db, {
    url: '/articles/:id/editions',
    operationId: 'listEditions',
    summary: 'Every edition of an article that was published, the newest first.',
    item: ref(EditionCard),
    list: editions.list,
    numberOf: ({ number }: { number: number }) => number
  })
  listRoute(app, db, {
    url: '/articles/:id/revisions',
    operationId: 'listRevisions',
    summary: 'The last drafts of an article, the newest first: 50 are kept.',
    item: ref(RevisionCard),
    list: revisions.list,
    numberOf: ({ version }: { version: number }) => version
  })
  itemRoutes(app, db)
  differenceRoute(app, db)
  restoreRoute(app, db, 'edition', restoreEdition)
  restoreRoute(app, db, 'revision', restoreRevision)
}

interface ListRoute<T> {
  url: string
  operationId: string
  summary: string
  item: TSchema
  list(db: Reader, articleId: string, limit: number, before?: number): Promise<T[]>
  numberOf(item: T): number
}

/** A list in descending order of numbers. */
function listRoute<T>(
  app: FastifyInstance,
  db: Database,
  { item, list, numberOf, url, ...about }: ListRoute<T>
) {
  app.get<{ Params: { id: string }; Querystring: { limit?: number; cursor?: string } }>(
    url,
    {
      schema: {
        ...about,
        tags: [tag],
        params: article,
        querystring: pageQuery(),
        response: { 200: page(item) }
      },
      ...mayFail('invalid-cursor')
    },
    async (request, reply) => {
      const { limit, before } = pageRequestBelow(request)
      const { id } = found(await articles.byIdOrSlug(db.read, request.params.id), 'article')
      reply.headers(uncached)
      const rows = await list(db.read, id, limit + 1, before)
      return pagedBy(request, reply, { rows, limit, keyOf: numberOf })
    }
  )
}

function itemRoutes(app: FastifyInstance, db: Database) {
  app.get<{ Params: NumberedParams }>(
    '/articles/:id/editions/:number',
    {
      schema: {
        operationId: 'getEdition',
        tags: [tag],
        summary: 'An edition, as it was published.',
        params: numbered,
        response: { 200: ref(Edition) }
      }
    },
    async ({ params: { id, number } }, reply) => {
      found(await articles.byIdOrSlug(db.read, id), 'article')
      const row = await editions.byNumber(db.read, id, number)
      const {
        document: article,
        articleId: _,
        ...edition
      } = await editions.foundEdition(db.read, id, number, row)
      return reply.headers(uncached).send({ ...edition, article })
    }
  )

  app.get<{ Params: NumberedParams }>(
    '/articles/:id/revisions/:number',
    {
      schema: {
        operationId: 'getRevision',
        tags: [tag],
        summary: "A draft, as it was at this version: the article's own part of it.",
        params: numbered,
        response: { 200: ref(Revision) }
      }
    },
    async ({ params: { id, number } }, reply) => {
      found(await articles.byIdOrSlug(db.read, id), 'article')
      const { articleId: _, ...revision } = found(
        await revisions.byVersion(db.read, id, number),
        revisionName
      )
      return reply.headers(uncached).send(revision)
    }
  )
}

function differenceRoute(app: FastifyInstance, db: Database) {
  app.get<{ Params: NumberedParams; Querystring: { against?: number } }>(
    '/articles/:id/editions/:number/diff',
    {
      schema: {
        operationId: 'compareEditions',
        tags: [tag],
        summary: 'What an edition changed, for a person to read.',
        params: numbered,
        querystring: DifferenceQuery,
        response: { 200: ref(Difference) }
      },
      ...mayFail('busy')
    },
    async ({ params: { id, number: to }, query: { against } }, reply) => {
      found(await articles.byIdOrSlug(db.read, id), 'article')
      const from = against ?? to - 1
      const documentOf = async (number: number) =>
        editions.foundEdition(db.read, id, number, await editions.documentOf(db.read, id, number))
      const now = await documentOf(to)
      const was = await documentOf(from)
      const compare = was.length + now.length > inlineLimit ? compareInThread : differenceOf
      return reply.headers(uncached).send({ from, to, changes: await compare({ was, now }, 'busy') })
    }
  )
}

function restoreRoute(
  app: FastifyInstance,
  db: Database,
  kind: 'edition' | 'revision',
  restore: (tx: Writer, id: string, number: number, versions: Expected) => Promise<DraftArticle>
) {
  app.post(
    `/articles/:id/${kind}s/:number/restore`,
    {
      schema: {
        operationId: kind === 'edition' ? 'restoreEdition' : 'restoreRevision',
        tags: [tag],
        summary: `Make an earlier ${kind} the draft. What is published is not touched.`,
        description:
          'Its content is restored. Slug, dates, embargo, legal hold, comment policy, assignee and notes of the draft stay as they are.',
        params: numbered,
        response: { 200: ref(DraftArticle) }
      },
      ...mayFail('conflict', 'slug-taken', 'unprocessable', 'stale')
    },
    draftAction(
      db,
      conflictDetails
    )((tx, id, versions, { params }) => restore(tx, id, (params as NumberedParams).number, versions))
  )
}
