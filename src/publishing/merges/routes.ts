// Merging sources, and taking that back.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../../http/callers/caller.ts'
import { mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import type { Database, Reader, Writer } from '../../storage/database.ts'
import { begin } from './begin.ts'
import { advance } from './run.ts'
import { MergeTarget, mergeSchemas, SourceMerge } from './schema.ts'
import * as merges from './store.ts'
import { articlesNaming, articlesToRestore } from './touched.ts'
import { beginUndo } from './undo.ts'

/** How many articles under a legal hold are counted. */
const maxWaiting = 1000

/** A merge in wire form. */
async function formOf(db: Reader, id: string): Promise<SourceMerge> {
  const merge = merges.found(await merges.byId(db, id))
  const held = { legalHold: true, limit: maxWaiting }
  const { into, state, at, actor, articles, left } = merge
  const waiting =
    state === 'moving'
      ? await articlesNaming(db, id, held)
      : state === 'undoing'
        ? await articlesToRestore(db, id, held)
        : []
  return {
    ...{ id, into, state, at, actor, until: merges.endOf(at), articles, waiting: waiting.length },
    // As: sends and editions are never left.
    left: left as SourceMerge['left']
  }
}

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of mergeSchemas) app.addSchema(schema)
  const shared = { tags: ['sources'], params: strict({ id: id('src') }) }
  const url = '/sources/:id/merge'

  /** Begins it and does the first slice; 202 where more is to be done. */
  const started = async (
    request: FastifyRequest,
    reply: FastifyReply,
    work: (tx: Writer, id: string) => Promise<void>
  ) => {
    const { id } = request.params as { id: string }
    const merge = await db.write(actorOf(request), async (tx) => {
      await work(tx, id)
      // The sources that belong to it, its articles, and the end.
      for (let slices = 0; slices < 3 && (await advance(tx, id)); slices++);
      return formOf(tx, id)
    })
    const isOver = merge.state === 'done' || merge.state === 'undone'
    return reply
      .code(isOver ? 200 : 202)
      .headers(uncached)
      .send(merge)
  }

  app.post<{ Body: MergeTarget }>(
    url,
    {
      schema: {
        ...shared,
        operationId: 'mergeSource',
        summary: 'Merge a source into another: everything that named the one names the other.',
        description:
          'Chains, bylines and affiliations name the other source from now on, in drafts and in published editions, which are renewed (other edits of a draft are not published). The other source gets the names of the one as aliases, its addresses as `sameAs`, and is found by its external id. The id of the one is answered 308. 202 where articles are still to be moved: the service goes on by itself, and `GET` of the same address tells how far it is. It can be taken back for 30 days (`unmerge`). 409 while an article that names it is under a legal hold.',
        body: ref(MergeTarget),
        response: { 200: ref(SourceMerge), 202: ref(SourceMerge) }
      },
      ...mayFail('conflict', 'unprocessable')
    },
    (request, reply) => started(request, reply, (tx, id) => begin(tx, id, request.body.into))
  )

  app.get<{ Params: { id: string } }>(
    url,
    {
      schema: {
        ...shared,
        operationId: 'lookUpSourceMerge',
        summary: 'The merge of a source into another: how far it is, and until when it can be taken back.',
        response: { 200: ref(SourceMerge) }
      }
    },
    async (request, reply) => reply.headers(uncached).send(await formOf(db.read, request.params.id))
  )

  app.post(
    '/sources/:id/unmerge',
    {
      schema: {
        ...shared,
        operationId: 'unmergeSource',
        summary: 'Take a merge back: exactly what it moved names the source again.',
        description:
          'What was changed since stays as it is, and is told in `left`; what was written since names the other source. 202 as for a merge.',
        response: { 200: ref(SourceMerge), 202: ref(SourceMerge) }
      },
      ...mayFail('conflict')
    },
    (request, reply) => started(request, reply, beginUndo)
  )
}
