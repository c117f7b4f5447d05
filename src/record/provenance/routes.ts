import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { articleName } from '../../content/articles/schema.ts'
import { matchesIfNoneMatch, tagOf } from '../../http/etag.ts'
import { preferred } from '../../http/input/negotiation.ts'
import { mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import { ofDocument } from '../../newsstand/documents/cache-tags.ts'
import { surrogateKeys } from '../../newsstand/documents/surrogate-keys.ts'
import { compressible, publicAnswer, send } from '../../newsstand/server/conditional.ts'
import type { Database } from '../../storage/database.ts'
import { inThread } from '../../threads/run.ts'
import { dot, mermaid } from '../forms/dot.ts'
import { jsonld } from '../forms/jsonld.ts'
import type { svg } from '../forms/svg.ts'
import {
  forms,
  type GraphForm,
  mediaTypes,
  Provenance,
  ProvenanceEdge,
  ProvenanceNode,
  ProvenanceQuery,
  ProvenanceStatement,
  ProvenanceWarning
} from './schema.ts'
import { provenance } from './store.ts'
import { draftSubject, publishedSubject, type SubjectKind } from './subjects.ts'

/** Laying out a picture takes a tenth of a second, and more. */
const drawInThread = inThread<typeof svg>(new URL('../forms/svg.ts', import.meta.url).href, 'svg')

/** Pictures run nothing and load nothing, also where a page embeds them (CSP, sandbox). */
const pictureHeaders = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox"
}

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [ProvenanceNode, ProvenanceEdge, ProvenanceWarning, ProvenanceStatement, Provenance])
    app.addSchema(schema)
  const one = (kind: SubjectKind, collection: string, operationId: string, id: TSchema) =>
    provenanceRoute(app, db, { kind, url: `/${collection}/:id/provenance`, operationId, id })
  one('article', 'articles', 'getArticleProvenance', articleName)
  one('quote', 'quotes', 'getQuoteProvenance', id('quo'))
  one('attribution', 'attributions', 'getAttributionProvenance', id('att'))
}

function provenanceRoute(
  app: FastifyInstance,
  db: Database,
  { kind, url, operationId, id }: { kind: SubjectKind; url: string; operationId: string; id: TSchema }
) {
  app.get<{ Params: { id: string }; Querystring: ProvenanceQuery }>(
    url,
    {
      schema: {
        operationId,
        tags: ['provenance'],
        summary: `Who says what according to whom in this ${kind}, and where it comes from in the end.`,
        params: strict({ id }),
        querystring: ProvenanceQuery,
        response: { 200: { description: 'The graph, in the form that was asked for.', content } }
      },
      ...mayFail('busy')
    },
    async (request, reply) => {
      const form = request.query.as ?? negotiated(request)
      if (request.query.edition === 'draft') return sendDraftGraph(db, request, reply, kind, form)
      return send(
        db,
        request,
        reply,
        async (wanted) => {
          const asked = await publishedSubject(db.read, kind, request.params.id)
          const made = await provenance(db.read, asked)
          const bytes = await written(made.provenance, form)
          const answer = publicAnswer(db, await compressible(bytes, wanted), {
            etag: tagOf(bytes),
            tags: [
              ...made.articles.map((id) => ofDocument('article', id)),
              ...made.sources.map((id) => ofDocument('source', id))
            ],
            keys: surrogateKeys(
              [],
              [
                ...made.articles.map((id) => ({ kind: 'article' as const, id, articleId: id })),
                ...made.sources.map((id) => ({ kind: 'source' as const, id, articleId: null }))
              ]
            )
          })
          return { ...answer, headers: { ...answer.headers, ...headersOf(form, answer.headers.vary!) } }
        },
        // What Accept chose is kept apart from what the address names.
        request.query.as ? undefined : form
      )
    }
  )
}

const text = Type.String({ description: 'The graph in this form.' })
const content = Object.fromEntries(
  forms.map((form) => [
    mediaTypes[form],
    { schema: form === 'json' ? ref(Provenance) : form === 'jsonld' ? Type.Object({}) : text }
  ])
)

/** The form that the client prefers; JSON where it does not say. */
function negotiated({ headers: { accept } }: FastifyRequest): GraphForm {
  const type = preferred(accept, Object.values(mediaTypes))
  return forms.find((form) => mediaTypes[form] === type)!
}

const headersOf = (form: GraphForm, vary: string) => ({
  'content-type': `${mediaTypes[form]}; charset=utf-8`,
  vary: `accept, ${vary}`,
  ...(form === 'svg' && pictureHeaders)
})

async function written(provenance: Provenance, form: GraphForm): Promise<Buffer> {
  if (form === 'svg') return Buffer.from(await drawInThread(provenance, 'busy'))
  if (form === 'dot') return Buffer.from(dot(provenance))
  if (form === 'mermaid') return Buffer.from(mermaid(provenance))
  return Buffer.from(JSON.stringify(form === 'jsonld' ? jsonld(provenance) : provenance))
}

/** Sends the graph of a draft, uncached. */
async function sendDraftGraph(
  db: Database,
  request: FastifyRequest<{ Params: { id: string } }>,
  reply: FastifyReply,
  kind: SubjectKind,
  form: GraphForm
) {
  const asked = await draftSubject(db.read, kind, request.params.id)
  const bytes = await written((await provenance(db.read, asked)).provenance, form)
  const etag = tagOf(bytes)
  reply.headers({ ...uncached, ...headersOf(form, 'accept-encoding'), etag })
  if (matchesIfNoneMatch(request.headers['if-none-match'], etag))
    return reply.code(304).removeHeader('content-type').send()
  return reply.send(bytes)
}
