import type { FastifyInstance } from 'fastify'
import { sendCreated } from '../../changes/drafts.ts'
import { changeable, currentBy } from '../../changes/records.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { canonical } from '../../http/input/language-tags.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import type { Database } from '../../storage/database.ts'
import * as articles from '../articles/store.ts'
import { listRoute, readRoute } from '../desk/collections.ts'
import type { DeskMarks } from '../desk/marks/reading.ts'
import { DraftQuote, NewArticleQuote, NewQuote, Quote, QuoteFilters } from './schema.ts'
import * as quotes from './store.ts'

export function routes(app: FastifyInstance, db: Database, { deskMarks }: { deskMarks: DeskMarks }) {
  for (const schema of [Quote, DraftQuote, NewQuote, NewArticleQuote]) app.addSchema(schema)
  const forms = { published: ref(Quote), draft: ref(DraftQuote) }
  const tag = 'quotes'

  listRoute(app, db, {
    operationId: 'listQuotes',
    summary: 'Quotes, of the newest article first, and of each in the order of its text.',
    url: '/quotes',
    tag,
    kind: 'quote',
    card: Quote,
    filters: QuoteFilters,
    draft: forms.draft,
    facets: ({ article, source, kind, language }) => ({
      source,
      article,
      kind,
      language: language?.map(canonical)
    }),
    list: quotes.list
  })
  readRoute(app, db, {
    operationId: 'getQuote',
    tag,
    kind: 'quote',
    id: id('quo'),
    ...forms,
    byId: quotes.byId,
    deskMarks
  })

  app.post<{ Body: NewArticleQuote; Params: { id: string } }>(
    '/articles/:id/quotes',
    {
      schema: {
        operationId: 'createQuote',
        tags: [tag],
        summary: 'Add a quote to the draft of an article; it is anchored at its words in the body.',
        params: strict({ id: id('art') }),
        body: ref(NewArticleQuote),
        response: { 201: ref(DraftQuote) }
      },
      ...mayFail('unprocessable', 'conflict')
    },
    async (request, reply) => {
      const quote = await db.write(actorOf(request), async (tx) => {
        const article = found(await articles.byIdOrSlug(tx, request.params.id), 'article')
        return quotes.create(tx, article, request.body)
      })
      return sendCreated(request, reply, 'quotes', quote)
    }
  )

  changeable(app, db, {
    name: 'Quote',
    phrase: 'a quote',
    collection: 'quotes',
    id: id('quo'),
    input: NewQuote,
    errors: ['unprocessable', 'conflict'],
    deleteErrors: ['conflict'],
    output: ref(DraftQuote),
    current: currentBy(quotes.byId),
    change: quotes.change,
    remove: quotes.remove
  })
}
