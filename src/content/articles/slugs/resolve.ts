// Ids and slugs in the URLs of articles: reads accept both, writes only ids.
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import type { TObject } from 'typebox'
import { permissions } from '../../../access/permissions.ts'
import { actorOf } from '../../../http/callers/caller.ts'
import { isId } from '../../../http/ids.ts'
import { found, HttpProblem } from '../../../http/problems.ts'
import { strict } from '../../../http/schemas.ts'
import { uncached } from '../../../http/server/headers.ts'
import * as published from '../../../newsstand/documents/published.ts'
import { addressOf, sendMoved } from '../../../newsstand/server/reply.ts'
import type { Database } from '../../../storage/database.ts'
import { articleName, movedAnswer } from '../schema.ts'
import * as articles from '../store.ts'

const article = '/v1/articles/:id'

/** Makes reads below an article accept its slug, and writes refuse it. */
export function resolveSlugs(app: FastifyInstance, db: Database) {
  app.addHook('onRoute', (route) => {
    const { schema, url, method } = route
    if (schema?.operationId === undefined || !`${url}/`.startsWith(`${article}/`)) return
    const isRead = method === 'GET' || method === 'HEAD'
    // The article's own route looks it up by either, in one query.
    if (isRead && url === article) return
    if (isRead) route.schema = withIdOrSlug(schema)
    const isOpen = permissions[schema.operationId]!.open === true
    const check = isRead ? (isOpen ? resolvePublished : resolveDraft) : refuseSlug
    route.preValidation = [
      async (request: FastifyRequest, reply: FastifyReply) => {
        if (!isId('art', paramsOf(request).id)) return check(db, request, reply)
      },
      route.preValidation ?? []
    ].flat()
  })
}

const paramsOf = (request: FastifyRequest) => request.params as { id: string }

/** The schema of a read whose path takes an id or a slug. */
const withIdOrSlug = (schema: FastifySchema): FastifySchema => ({
  ...schema,
  params: strict({ ...(schema.params as TObject).properties, id: articleName }),
  response: { ...(schema.response as object), 308: movedAnswer }
})

/** Resolves the slug of a published article to its id; redirects a former slug (308). Throws 404, or 410. */
async function resolvePublished(db: Database, request: FastifyRequest, reply: FastifyReply) {
  const params = paramsOf(request)
  const row = await published.bySlug(db.read, params.id, 'head')
  if (row === undefined) return sendMoved(db, request, reply, params.id)
  params.id = row.id
}

/** The same for a draft. Throws 404. */
async function resolveDraft(db: Database, request: FastifyRequest, reply: FastifyReply) {
  const params = paramsOf(request)
  const row = await articles.byIdOrSlug(db.read, params.id)
  if (row === undefined) {
    const id = found(await published.articleAtFormerSlug(db.read, params.id), 'article')
    const { slug } = found(await articles.byIdOrSlug(db.read, id), 'article')
    return reply.headers(uncached).redirect(addressOf(request, slug), 308)
  }
  params.id = row.id
}

/** Throws 400, which names the id if the caller may read the article. */
async function refuseSlug(db: Database, request: FastifyRequest) {
  const id = await idOf(db, request)
  const now = id === undefined ? '' : ` The article at this slug has the id ${id}.`
  const detail = `must be the id of the article (art_...): writes take no slug, since slugs change.${now}`
  throw new HttpProblem('invalid-input', `The path: /id: ${detail}`, [{ in: 'path', pointer: '/id', detail }])
}

/** The id of the article with a slug: a draft's only for callers who may read drafts. */
async function idOf(db: Database, request: FastifyRequest): Promise<string | undefined> {
  const { id: slug } = paramsOf(request)
  const { role } = actorOf(request)
  const draft = permissions.getArticle!.roles.some((one) => one === role)
    ? await articles.byIdOrSlug(db.read, slug)
    : undefined
  return (draft ?? (await published.bySlug(db.read, slug, 'head')))?.id
}
