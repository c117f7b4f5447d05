import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { checkEdition, sendCreated, sendDraft } from '../../changes/drafts.ts'
import { changeable } from '../../changes/records.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { notAcceptable } from '../../http/input/negotiation.ts'
import { found, HttpProblem, mayFail } from '../../http/problems.ts'
import { id, ref, strict, Warning } from '../../http/schemas.ts'
import { includedWith } from '../../newsstand/lists/parameters.ts'
import { type ArticleFormName, articleTypes } from '../../newsstand/schema.ts'
import { acceptsJson, chosenForm } from '../../newsstand/server/article-forms.ts'
import { sendArticle, sendElsewhere } from '../../newsstand/server/reply.ts'
import type { Database } from '../../storage/database.ts'
import { type Body, type BodyForm, bodySchemas } from '../body/schema.ts'
import { write } from '../body/write.ts'
import { listRoute } from '../desk/collections.ts'
import type { DeskMarks } from '../desk/marks/reading.ts'
import { routes as externalRoutes } from '../external/routes.ts'
import { reanchor } from './anchoring.ts'
import { draftArticle, draftCards } from './assemble.ts'
import { withConvertedBody } from './body-conversion.ts'
import { conflictDetails } from './conflict-details.ts'
import { facetsOf } from './list/facets.ts'
import { countAll, keyOf, list } from './list/list.ts'
import {
  Article,
  ArticleCard,
  ArticleFilters,
  ArticleQuery,
  articleName,
  DraftArticle,
  DraftArticleCard,
  formAnswer,
  movedAnswer,
  NewArticle,
  NewStory,
  WriteQuery,
  WrittenArticle
} from './schema.ts'
import * as articles from './store.ts'
import * as stories from './story.ts'
import { Translation } from './translations/schema.ts'

const tag = 'articles'

const ArticleAnswer = strict(
  { ...Article.properties, included: Type.Optional(includedWith('article', ['comments'])) },
  { $id: 'ArticleAnswer', description: 'A story; with `include=comments` the first of its thread too.' }
)

export function routes(app: FastifyInstance, db: Database, { deskMarks }: { deskMarks: DeskMarks }) {
  const schemas = [
    ...bodySchemas,
    Article,
    ArticleAnswer,
    DraftArticle,
    WrittenArticle,
    ArticleCard,
    DraftArticleCard,
    formAnswer,
    Translation,
    NewArticle,
    NewStory,
    Warning
  ]
  for (const schema of schemas) app.addSchema(schema)

  listRoute(app, db, {
    operationId: 'listArticles',
    summary: 'Articles, newest first.',
    url: '/articles',
    tag,
    kind: 'article',
    card: ArticleCard,
    filters: ArticleFilters,
    draft: ref(DraftArticleCard),
    only: { draft: ['status', 'externalId'] },
    facets: facetsOf,
    list: async (db, query, limit, after) => draftCards(db, await list(db, query, limit, after)),
    desk: { sorts: ['-updatedAt', 'updatedAt'], count: countAll, keyOf }
  })
  readingRoutes(app, db, deskMarks)
  externalRoutes(app, db)

  app.post<{ Body: NewStory; Querystring: WriteQuery }>(
    '/articles',
    {
      schema: {
        operationId: 'createArticle',
        tags: [tag],
        summary: 'Create the draft of an article, with the records it rests on: all or nothing.',
        querystring: WriteQuery,
        body: ref(NewStory),
        response: { 201: ref(WrittenArticle) }
      },
      ...mayFail('slug-taken', 'unprocessable', 'busy')
    },
    async (request, reply) => {
      const { input, warnings } = await withConvertedBody(request.body, request.query)
      const article = await db.write(actorOf(request), (tx) => stories.create(tx, input))
      return sendCreated(request, reply, 'articles', article, warningsOf(warnings))
    }
  )

  changeable(app, db, {
    name: 'Article',
    phrase: 'an article',
    collection: 'articles',
    id: id('art'),
    input: NewArticle,
    meaningfulNulls: ['slug'],
    output: ref(WrittenArticle),
    errors: ['slug-taken', 'unprocessable', 'conflict', 'busy'],
    query: WriteQuery,
    async prepare(sent, query) {
      const { input, warnings } = await withConvertedBody(sent, query)
      return { input, more: warningsOf(warnings) }
    },
    checked: ['body'],
    deleteErrors: ['conflict'],
    current: conflictDetails,
    async change(tx, id, versions, edit) {
      return draftArticle(
        tx,
        await articles.change(tx, id, versions, edit, (body, old) => reanchor(tx, id, body, old))
      )
    },
    remove: articles.remove
  })
}

/** A published article with its body in another form. */
async function withBodyIn(document: Buffer, form: BodyForm) {
  const article = JSON.parse(document.toString()) as Article
  const body = await write(article.body as Body, form, article.media)
  return Buffer.from(JSON.stringify({ ...article, body }))
}

/** Warnings about losses, in the answer to a write. */
const warningsOf = (warnings: Warning[]) => (warnings.length > 0 ? { warnings } : undefined)

interface ArticleRead {
  Params: { id: string }
  Querystring: { edition?: string; as?: ArticleFormName; body?: BodyForm; include?: string[] }
}

/** The form that is asked for. Throws 400, or 406, where a parameter is of JSON alone. */
function formOf({ query, headers: { accept } }: FastifyRequest<ArticleRead>): ArticleFormName {
  const form = query.as ?? chosenForm(accept)
  const hasBody = query.body !== undefined && query.body !== 'portable-text'
  const misplaced = hasBody ? 'body' : query.include && 'include'
  if (form === 'json' || misplaced === undefined) return form
  if (query.as === undefined) throw notAcceptable([articleTypes.json])
  const detail = 'is for `as=json`: other forms are complete as they are.'
  throw new HttpProblem('invalid-input', `The query: /${misplaced}: ${detail}`, [
    { in: 'query', pointer: `/${misplaced}`, detail }
  ])
}

const otherTypes = Object.values(articleTypes).filter((type) => type !== articleTypes.json)

function readingRoutes(app: FastifyInstance, db: Database, deskMarks: DeskMarks) {
  app.get<ArticleRead>(
    '/articles/:id',
    {
      schema: {
        operationId: 'getArticle',
        tags: [tag],
        summary: 'One article, by id or slug. A former slug is answered 308 with the address it has now.',
        description: `Another form, by \`as\` or by \`Accept\` (${otherTypes.join(', ')}), is at an address of its own (303); a page, only where \`Accept\` excludes JSON. Drafts are JSON.`,
        params: strict({ id: articleName }),
        querystring: ArticleQuery,
        response: {
          200: Type.Union([ref(ArticleAnswer), ref(DraftArticle)]),
          303: formAnswer,
          308: movedAnswer
        }
      },
      config: { alternatives: Object.values(articleTypes) } as object
    },
    async (request, reply) => {
      const { edition, as, body: form = 'portable-text', include = [] } = request.query
      checkEdition(request.query, { published: ['include', 'as'] })
      if (edition !== 'draft') {
        const name = formOf(request)
        if (name === 'json')
          return sendArticle(db, request, reply, request.params.id, {
            negotiated: as === undefined,
            include,
            rewrite: form === 'portable-text' ? undefined : (document) => withBodyIn(document, form)
          })
        return sendElsewhere(db, reply, `/v1/articles/${encodeURIComponent(request.params.id)}/${name}`)
      }
      if (!acceptsJson(request.headers.accept)) throw notAcceptable([articleTypes.json])
      const row = found(await articles.byIdOrSlug(db.read, request.params.id), 'article')
      const whole = await draftArticle(db.read, row)
      const body = await write(whole.body as Body, form, whole.media)
      return sendDraft(request, reply, { ...whole, body, ...(await deskMarks(db.read, { id: row.id })) })
    }
  )
}
