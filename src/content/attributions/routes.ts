import type { FastifyInstance } from 'fastify'
import { sendCreated } from '../../changes/drafts.ts'
import { changeable, currentBy } from '../../changes/records.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import type { Database } from '../../storage/database.ts'
import * as articles from '../articles/store.ts'
import { anchorAll } from '../body/anchors/anchoring.ts'
import { claimAnchor } from '../body/anchors/anchors.ts'
import { tokenizeAhead } from '../body/anchors/tokens.ts'
import { listRoute, readRoute } from '../desk/collections.ts'
import type { DeskMarks } from '../desk/marks/reading.ts'
import { Attribution, AttributionFilters, DraftAttribution, Hop, NewAttribution, NewHop } from './schema.ts'
import * as attributions from './store.ts'

export function routes(app: FastifyInstance, db: Database, { deskMarks }: { deskMarks: DeskMarks }) {
  for (const schema of [Hop, NewHop, Attribution, DraftAttribution, NewAttribution]) app.addSchema(schema)
  const forms = { published: ref(Attribution), draft: ref(DraftAttribution) }
  const tag = 'attributions'

  listRoute(app, db, {
    operationId: 'listAttributions',
    summary:
      'Attributions of quotes and of claims, of the newest article first, and of each in the order of its text.',
    url: '/attributions',
    tag,
    kind: 'attribution',
    card: Attribution,
    filters: AttributionFilters,
    draft: forms.draft,
    facets: ({ article, quote, source, relation, unnamed }) => ({
      source,
      article,
      quote,
      relation,
      unnamed: unnamed === undefined ? undefined : [String(unnamed)]
    }),
    list: attributions.list
  })
  readRoute(app, db, {
    operationId: 'getAttribution',
    tag,
    kind: 'attribution',
    id: id('att'),
    ...forms,
    byId: attributions.byId,
    deskMarks
  })

  app.post<{ Body: NewAttribution; Params: { id: string } }>(
    '/articles/:id/attributions',
    {
      schema: {
        operationId: 'createAttribution',
        tags: [tag],
        summary: 'Say who a quote or a claim of an article rests on.',
        params: strict({ id: id('art') }),
        body: ref(NewAttribution),
        response: { 201: ref(DraftAttribution) }
      },
      ...mayFail('unprocessable', 'conflict')
    },
    async (request, reply) => {
      const attribution = await db.write(actorOf(request), async (tx) => {
        const article = found(await articles.byIdOrSlug(tx, request.params.id), 'article')
        const added = await attributions.create(tx, article.id, request.body)
        const { id, claim } = added
        await tokenizeAhead(article.body)
        const wanted = claim ? [{ to: claimAnchor(id), text: claim }] : []
        const { body } = await anchorAll(article.body, wanted)
        await articles.write(tx, article, { body })
        return added
      })
      return sendCreated(request, reply, 'attributions', attribution)
    }
  )

  changeable(app, db, {
    name: 'Attribution',
    phrase: 'an attribution',
    collection: 'attributions',
    id: id('att'),
    input: NewAttribution,
    errors: ['unprocessable', 'conflict'],
    deleteErrors: ['conflict'],
    output: ref(DraftAttribution),
    current: currentBy(attributions.byId),
    change: attributions.change,
    remove: attributions.remove
  })
}
