// Whether a published article needs a review, derived from the causes: rows follow later (spread.ts).
import { isNull } from 'drizzle-orm'
import type { DeskMarks } from '../../content/desk/marks/reading.ts'
import type { Mark } from '../../content/desk/marks/schema.ts'
import { prepared, type Reader } from '../../storage/database.ts'
import { storiesOf } from '../impact/walk.ts'
import type { Statement } from '../provenance/network.ts'
import { type Row as CauseRow, causeOf, causesOf, doubtAbout } from './causes.ts'
import { restsOn } from './forward.ts'
import { ofArticle } from './store.ts'

const pendingQuery = prepared(({ q, t: { causes } }) =>
  q.select({ id: causes.id }).from(causes).where(isNull(causes.doneAt)).limit(1).prepare('pending_cause')
)

/** A cause whose reviews are still looked for; undefined where there is none. */
export async function pendingCause(db: Reader): Promise<string | undefined> {
  const [row] = await pendingQuery(db).execute()
  return row?.id
}

/** The causes that statements of an article rest on, but those that the article has given itself. */
export async function causesUnder(
  db: Reader,
  articleId: string,
  statements: Statement[]
): Promise<CauseRow[]> {
  const all = await causesOf(db, await restsOn(db, statements))
  return all.filter((cause) => cause.articleId !== articleId)
}

/** The statements of an article that a record stands for: all of them, one, or a chain alone. */
function statementsOfRecord(story: Statement[], id: string): Statement[] {
  return story.flatMap((statement) => {
    if (statement.id === id || statement.articleId === id) return [statement]
    const chains = statement.chains.filter(([edge]) => edge!.attributionId === id)
    return chains.length > 0 ? [{ ...statement, chains }] : []
  })
}

/** Why a published record of an article needs a review. */
export async function marksOf(db: Reader, articleId: string, id: string): Promise<Mark[]> {
  const rows = await ofArticle(db, articleId)
  // Where the reviews of all causes were found, an article without an open one needs none.
  if (!rows.some(({ state }) => state === 'open') && (await pendingCause(db)) === undefined) return []
  const story = (await storiesOf(db, [articleId])).get(articleId)!
  const causes = await causesUnder(db, articleId, statementsOfRecord(story, id))
  const known = new Map(rows.map((row) => [row.causeId, row]))
  return causes.flatMap((cause) => {
    const review = known.get(cause.id)
    return review?.state === 'cleared' ? [] : [{ ...causeOf(cause), reviewId: review?.id ?? null }]
  })
}

/** The marks that the desk reads with a record. */
export const deskMarks: DeskMarks = async (db, { id, articleId = id }) => {
  if (id.startsWith('src_')) {
    const doubt = await doubtAbout(db, id)
    return doubt ? { doubt: causeOf(doubt) } : {}
  }
  const needsReview = await marksOf(db, articleId, id)
  return needsReview.length > 0 ? { needsReview } : {}
}
