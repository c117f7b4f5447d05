import type { FastifyInstance } from 'fastify'
import { sendCreatedAt, sendDraft } from '../../changes/drafts.ts'
import { changeable, currentBy } from '../../changes/records.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import { uncachedList } from '../../http/server/uncached-list.ts'
import type { Database } from '../../storage/database.ts'
import { hintsOf } from './hints.ts'
import { check, matcher } from './matching.ts'
import { BlockedTerm, BlockedTermQuery, NewBlockedTerm, Trial, TrialResult } from './schema.ts'
import * as terms from './store.ts'

const collection = 'blocked-terms'
const tags = [collection]

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [BlockedTerm, NewBlockedTerm, Trial, TrialResult]) app.addSchema(schema)
  creating(app, db)
  reading(app, db)
  changeable(app, db, {
    name: 'BlockedTerm',
    phrase: 'a blocked term',
    collection,
    id: id('blk'),
    input: NewBlockedTerm,
    output: ref(BlockedTerm),
    errors: ['unprocessable', 'conflict'],
    current: currentBy(terms.byId),
    change: terms.change,
    remove: terms.remove
  })
}

function reading(app: FastifyInstance, db: Database) {
  uncachedList(app, db, {
    url: '/blocked-terms',
    operationId: 'listBlockedTerms',
    tags,
    summary: 'Words and patterns that no comment gets past, newest first.',
    querystring: BlockedTermQuery,
    item: ref(BlockedTerm),
    list: terms.list
  })

  app.get<{ Params: { id: string } }>(
    '/blocked-terms/:id',
    {
      schema: {
        operationId: 'getBlockedTerm',
        tags,
        summary: 'One blocked term.',
        params: strict({ id: id('blk') }),
        response: { 200: ref(BlockedTerm) }
      }
    },
    async (request, reply) =>
      sendDraft(request, reply, found(await terms.byId(db.read, request.params.id), 'blocked term'))
  )
}

function creating(app: FastifyInstance, db: Database) {
  app.post<{ Body: NewBlockedTerm }>(
    '/blocked-terms',
    {
      schema: {
        operationId: 'createBlockedTerm',
        tags,
        summary: 'Block a word or a pattern from now on.',
        body: ref(NewBlockedTerm),
        response: { 201: ref(BlockedTerm) }
      },
      ...mayFail('unprocessable', 'conflict')
    },
    async (request, reply) => {
      const made = await db.write(actorOf(request), (tx) => terms.create(tx, request.body))
      return sendCreatedAt(request, reply, `/v1/${collection}/${made.id}`, made)
    }
  )

  app.post<{ Body: Trial }>(
    '/blocked-terms/trial',
    {
      schema: {
        operationId: 'tryBlockedTerm',
        tags,
        summary: 'What a word or pattern would find in these texts. Nothing is kept.',
        body: ref(Trial),
        response: { 200: ref(TrialResult) }
      },
      ...mayFail('unprocessable')
    },
    async ({ body: { kind, term, texts } }, reply) => {
      check({ kind, term })
      const find = matcher([{ kind, term }])
      reply.headers(uncached)
      return { matches: texts.map((text) => find(text)[0]?.matched ?? null), hints: hintsOf({ kind, term }) }
    }
  )
}
