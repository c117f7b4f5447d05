// The same words in other published quotes, and how they drifted.
import type { FastifyInstance } from 'fastify'
import type { Quote } from '../../content/quotes/schema.ts'
import { tagOf } from '../../http/etag.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { ofList } from '../../newsstand/documents/cache-tags.ts'
import * as published from '../../newsstand/documents/published.ts'
import { surrogateKeys } from '../../newsstand/documents/surrogate-keys.ts'
import { compressible, publicAnswer, send } from '../../newsstand/server/conditional.ts'
import { notFoundOrGone } from '../../newsstand/server/reply.ts'
import type { Database, Reader } from '../../storage/database.ts'
import { soughtKeys } from './keys.ts'
import { matchesOf } from './matching.ts'
import { QuoteVariants } from './schema.ts'
import { sourcesOf } from './speakers.ts'
import { shownMatch } from './store.ts'
import { wordsOf } from './words.ts'

const maxVariants = 50

export function variantsRoute(app: FastifyInstance, db: Database) {
  app.get<{ Params: { id: string } }>(
    '/quotes/:id/variants',
    {
      schema: {
        operationId: 'getQuoteVariants',
        tags: ['quote-checks'],
        summary: 'The same words elsewhere, and how they drifted.',
        params: strict({ id: id('quo') }),
        response: { 200: ref(QuoteVariants) }
      }
    },
    (request, reply) =>
      send(db, request, reply, async (wanted) => {
        const bytes = Buffer.from(JSON.stringify(await variantsOf(db.read, request.params.id)))
        return publicAnswer(db, await compressible(bytes, wanted), {
          etag: tagOf(bytes),
          // Any quote that is published may be one.
          tags: [ofList('quote'), ofList('source')],
          keys: surrogateKeys(['quote', 'source'], [])
        })
      })
  )
}

async function variantsOf(db: Reader, quoteId: string): Promise<QuoteVariants> {
  const document = await published.documentOf(db, 'quote', quoteId)
  if (document === undefined) throw await notFoundOrGone(db, 'quote', quoteId)
  const { text } = JSON.parse(document.toString()) as Quote
  const breadth = {
    keysOf: soughtKeys,
    perKey: 2 * maxVariants,
    counted: 4 * maxVariants,
    compared: 2 * maxVariants,
    isBestEnough: false
  }
  const found = (await matchesOf(db, wordsOf(text), breadth)).filter(({ quote }) => quote.id !== quoteId)
  const sources = sourcesOf(db)
  const shown = await Promise.all(
    found.slice(0, maxVariants).map((match) => shownMatch(db, match, text, sources))
  )
  return { quoteId, words: text, variants: shown.flat() }
}
