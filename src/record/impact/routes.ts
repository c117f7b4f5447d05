import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { articleName } from '../../content/articles/schema.ts'
import { tagOf } from '../../http/etag.ts'
import { decodeCursor, encodeCursor, invalidCursor, nextLink } from '../../http/input/cursor.ts'
import { mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import { ofDocument } from '../../newsstand/documents/cache-tags.ts'
import * as published from '../../newsstand/documents/published.ts'
import { surrogateKeys } from '../../newsstand/documents/surrogate-keys.ts'
import { compressible, publicAnswer, send } from '../../newsstand/server/conditional.ts'
import type { Database, Reader } from '../../storage/database.ts'
import { ofDependents } from '../edges/store.ts'
import { kindOf } from '../provenance/graph.ts'
import { publishedWords } from '../provenance/store.ts'
import { type Item, type Place, pathOf } from './items.ts'
import { Dependent, DependentPage, DependentQuery } from './schema.ts'
import { itemsAfter } from './store.ts'
import { draftSubject, publishedSubject, type SubjectKind } from './subjects.ts'
import type { Subject } from './walk.ts'

type Request = FastifyRequest<{ Params: { id: string }; Querystring: DependentQuery }>

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [Dependent, DependentPage]) app.addSchema(schema)
  const one = (kind: SubjectKind, collection: string, operationId: string, id: TSchema) =>
    dependentsRoute(app, db, { kind, url: `/${collection}/:id/dependents`, operationId, id })
  one('source', 'sources', 'listSourceDependents', id('src'))
  one('article', 'articles', 'listArticleDependents', articleName)
  one('quote', 'quotes', 'listQuoteDependents', id('quo'))
  one('attribution', 'attributions', 'listAttributionDependents', id('att'))
}

function dependentsRoute(
  app: FastifyInstance,
  db: Database,
  { kind, url, operationId, id }: { kind: SubjectKind; url: string; operationId: string; id: TSchema }
) {
  app.get<{ Params: { id: string }; Querystring: DependentQuery }>(
    url,
    {
      schema: {
        operationId,
        tags: ['provenance'],
        summary: `Everything published that rests on this ${kind}, by itself or through others.`,
        params: strict({ id }),
        querystring: DependentQuery,
        response: { 200: ref(DependentPage) }
      },
      ...mayFail('invalid-cursor')
    },
    async (request, reply) => {
      if (request.query.edition === 'draft') {
        const subject = await draftSubject(db.read, kind, request.params.id)
        const { page } = await pageOf(db.read, subject, request)
        reply.headers({ ...uncached, ...nextLink(request, page.next) })
        return page
      }
      return send(db, request, reply, async (wanted) => {
        const subject = await publishedSubject(db.read, kind, request.params.id)
        const { page, looked } = await pageOf(db.read, subject, request)
        const bytes = Buffer.from(JSON.stringify(page))
        const articles = [...new Set(page.data.map(({ articleId }) => articleId))]
        return publicAnswer(db, await compressible(bytes, wanted), {
          etag: tagOf(bytes),
          tags: [
            ofDocument(kind, subject.id),
            ...looked.map(ofDependents),
            ...articles.map((id) => ofDocument('article', id))
          ],
          // Any article that is published may be a new one.
          keys: surrogateKeys(
            ['article'],
            articles.map((id) => ({ kind: 'article' as const, id, articleId: id }))
          ),
          link: nextLink(request, page.next)
        })
      })
    }
  )
}

/** The page that was asked for, and the sources and articles whose dependents were looked for. */
async function pageOf(db: Reader, subject: Subject, request: Request) {
  const { limit = 20, cursor } = request.query
  const after = cursor === undefined ? undefined : placeOf(decodeCursor(request, cursor, 3))
  const { items, looked, cut } = await itemsAfter(db, subject, limit + 1, after)
  const shown = items.slice(0, limit)
  const last = items.length > limit ? shown.at(-1) : undefined
  const next = last ? encodeCursor(request, String(last.level), last.articleId, last.id) : null
  return { page: { data: await describe(db, shown, subject), next, cut }, looked }
}

function placeOf([level, articleId, id]: string[]): Place {
  if (!/^[1-9]\d?$/.test(level!)) throw invalidCursor()
  return { level: Number(level), articleId: articleId!, id: id! }
}

const isArticle = ({ id, articleId }: Item) => id === articleId

/** Items with their words and ways. */
async function describe(db: Reader, items: Item[], subject: Subject): Promise<Dependent[]> {
  const [articles, statements] = [items.filter(isArticle), items.filter((item) => !isArticle(item))]
  const labels = await publishedWords(
    db,
    statements.map(({ id }) => id)
  )
  const ids = articles.map(({ id }) => id)
  for (const { id, card } of await published.cards(db, 'article', ids))
    labels.set(id, (JSON.parse(card.toString()) as { title: string }).title)
  // What has no words was withdrawn after the edges were read.
  const shown = items.filter(({ id }) => labels.has(id))
  return shown.map((item) => {
    const kind = isArticle(item) ? 'article' : kindOf(item.id)
    return {
      ...{ id: item.id, kind, label: labels.get(item.id)!, articleId: item.articleId },
      path: pathOf(item, subject)
    }
  })
}
