import type { FastifyInstance, FastifyReply } from 'fastify'
import type { NewBody } from '../../content/body/schema.ts'
import { HttpProblem, mayFail, unprocessable } from '../../http/problems.ts'
import { ref } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import type { Database } from '../../storage/database.ts'
import { draftQuotations, otherNamesIn } from './desk/draft.ts'
import { withDrafts } from './desk/matching.ts'
import {
  CheckedQuotation,
  DraftQuoteMatch,
  maxBytes,
  maxQuotations,
  NewQuoteCheck,
  QuoteCheck,
  QuoteCheckQuery,
  Quoted,
  QuoteMatch,
  QuoteVariants,
  WordDifference
} from './schema.ts'
import { check, type Quotation } from './store.ts'
import { variantsRoute } from './variants.ts'

export interface QuoteCheckSettings {
  /** Finds the quotations of a body, and who is said to have said them. */
  readQuotations(input: { body: NewBody; language?: string }): Promise<Quotation[]>
}

export function routes(app: FastifyInstance, db: Database, settings: QuoteCheckSettings) {
  const schemas = [
    NewQuoteCheck,
    WordDifference,
    Quoted,
    QuoteMatch,
    DraftQuoteMatch,
    CheckedQuotation,
    QuoteCheck,
    QuoteVariants
  ]
  for (const schema of schemas) app.addSchema(schema)
  variantsRoute(app, db)

  app.post<{ Body: NewQuoteCheck; Querystring: QuoteCheckQuery }>(
    '/quote-checks',
    {
      schema: {
        operationId: 'checkQuotes',
        tags: ['quote-checks'],
        summary: 'Whether quotations are on record.',
        querystring: QuoteCheckQuery,
        body: ref(NewQuoteCheck),
        response: { 200: ref(QuoteCheck) }
      },
      bodyLimit: maxBytes,
      // Fastify's type of a config knows no properties of ours.
      config: { ...mayFail('unprocessable', 'not-found', 'busy').config, budget: 'quote-checks' } as object
    },
    async ({ body, query }, reply) => {
      const isDesk = query.edition === 'draft'
      forbidCaching(reply, isDesk)
      const quotations = await quotationsOf(db, body, isDesk, settings)
      if (quotations.length > maxQuotations)
        throw unprocessable(
          '',
          `There are ${quotations.length} quotations in it, and ${maxQuotations} is the most at once: send it in parts.`
        )
      const except = body.articleId
      if (!isDesk) return { quotations: await check(db.read, quotations, { except }) }
      const checked = await check(db.read, quotations, { except, otherNames: otherNamesIn(db.read) })
      return { quotations: await withDrafts(db.read, checked, except) }
    }
  )
}

const forbidCaching = (reply: FastifyReply, isDesk: boolean) =>
  reply.headers(isDesk ? uncached : { 'cache-control': 'no-store' })

/** The quotations of what was sent. Throws 422 where it is not one thing. */
async function quotationsOf(
  db: Database,
  { language, ...sent }: NewQuoteCheck,
  isDesk: boolean,
  { readQuotations }: QuoteCheckSettings
): Promise<Quotation[]> {
  const { text, html, quotations, articleId } = sent
  const named = Object.keys(sent)
  if (named.length !== 1) {
    const detail = `Send one of text, html, quotations and articleId, ${named.length === 0 ? 'not none' : `not ${named.join(' and ')}`}.`
    throw new HttpProblem('unprocessable', detail, [{ pointer: named[1] ? `/${named[1]}` : '', detail }])
  }
  if (quotations) return quotations
  const found = (body: NewBody) => readQuotations({ body, ...(language && { language }) })
  if (articleId === undefined) return found(text === undefined ? { html: html! } : { text })
  if (!isDesk)
    throw unprocessable('/articleId', 'A draft is checked with edition=draft and a token that may read it.')
  return draftQuotations(db.read, articleId, found)
}
