// The last send of an article, which the next one is compared with.
import { eq } from 'drizzle-orm'
import type { Reader, Tables, Writer } from '../../storage/database.ts'

export type Sent = Tables['externalSends']['$inferSelect']['sent']

/** Keeps a send in the place of the one before. */
export async function keep({ q, t: { externalSends: s }, now }: Writer, articleId: string, sent: Sent) {
  await q
    .insert(s)
    .values({ articleId, at: now, sent })
    .onConflictDoUpdate({ target: s.articleId, set: { at: now, sent } })
}

/** The last send of an article; undefined where none was kept. */
export async function last(
  { q, t: { externalSends: s } }: Reader,
  articleId: string
): Promise<Sent | undefined> {
  const [row] = await q.select({ sent: s.sent }).from(s).where(eq(s.articleId, articleId))
  return row?.sent
}
