// The last send of an article, which the next one is compared with.
import { eq, sql } from 'drizzle-orm'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import { jsonOf } from '../../storage/text/json-text.ts'

export type Sent = Tables['externalSends']['$inferSelect']['sent']

const keepQuery = prepared(({ q, t: { externalSends: s } }: Writer) => {
  const given = (name: string) => sql`${sql.placeholder(name)}`
  const set = { at: given('at'), sent: given('sent') }
  return q
    .insert(s)
    .values({ articleId: given('articleId'), ...set })
    .onConflictDoUpdate({ target: s.articleId, set })
    .prepare('external_send_kept')
})

/** Keeps a send in the place of the one before. */
export async function keep(tx: Writer, articleId: string, sent: Sent) {
  if (tx.gathering?.take(tx.t.externalSends, [{ articleId, at: tx.now, sent }])) return
  await keepQuery(tx).execute({ articleId, at: tx.now, sent: jsonOf(sent) })
}

/** The last send of an article; undefined where none was kept. */
export async function last(
  { q, t: { externalSends: s } }: Reader,
  articleId: string
): Promise<Sent | undefined> {
  const [row] = await q.select({ sent: s.sent }).from(s).where(eq(s.articleId, articleId))
  return row?.sent
}
