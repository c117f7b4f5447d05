// What the checks before publishing must know of allegations and requests for comment.
import { eq, sql } from 'drizzle-orm'
import { prepared, type Reader } from '../../storage/database.ts'
import { type Party, partiesOf } from './parties.ts'
import type { ReplyRequest } from './schema.ts'

export interface ReplyFacts {
  allegations: { id: string; statementId: string; accused: Party }[]
  requests: (Pick<ReplyRequest, 'id' | 'state' | 'deadline' | 'terms'> & { person: Party })[]
}

const articleId = sql.placeholder('articleId')

const allegationsQuery = prepared(({ q, t: { allegations: a } }) =>
  q.select().from(a).where(eq(a.articleId, articleId)).orderBy(a.id).prepare('allegations_of_article')
)

const requestsQuery = prepared(({ q, t: { replyRequests: r } }) =>
  q.select().from(r).where(eq(r.articleId, articleId)).orderBy(r.id).prepare('requests_of_article')
)

/** The allegations of an article, and who was asked: two look-ups in an index where it has none. */
export async function replyFacts(db: Reader, articleId: string): Promise<ReplyFacts> {
  const [allegations, requests] = await Promise.all([
    allegationsQuery(db).execute({ articleId }),
    requestsQuery(db).execute({ articleId })
  ])
  if (allegations.length + requests.length === 0) return { allegations: [], requests: [] }
  const accused = await partiesOf(db, allegations)
  const asked = await partiesOf(db, requests)
  return {
    allegations: allegations.map(({ id, quoteId, attributionId }, i) => ({
      id,
      statementId: quoteId ?? attributionId!,
      accused: accused[i]!
    })),
    requests: requests.map(({ id, state, deadline, terms }, i) => ({
      ...{ id, state, deadline, terms },
      person: asked[i]!
    }))
  }
}
