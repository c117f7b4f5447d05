// The bytes of an edition. Those of the newest are on the newsstand as well, where they are stored once: its own are empty then.
import { and, eq, sql } from 'drizzle-orm'
import { prepared, type Writer } from '../database.ts'

/** What an edition stores while the newsstand has its bytes. */
export const onNewsstand = Buffer.alloc(0)

/** The bytes of an edition in a query of editions: one statement, so that no publishing comes in between. */
export const editionBytes = sql<Buffer>`case when octet_length(editions.document) > 0 then editions.document
  else (select p.document from published as p where p.kind = 'article' and p.id = editions.article_id) end`

const given = sql.placeholder

/** The document of an article that is published. */
const publishedOf = ({ published: p }: Writer['t']) =>
  sql`(select ${p.document} from ${p} where ${p.kind} = 'article' and ${p.id} = ${given('articleId')})`

const takeQuery = prepared(({ q, t }: Writer) => {
  const { editions: e } = t
  return q
    .update(e)
    .set({ document: publishedOf(t) })
    .where(sql`${e.articleId} = ${given('articleId')} and octet_length(${e.document}) = 0`)
    .prepare('take_edition')
})

const leaveQuery = prepared(({ q, t }: Writer) => {
  const { editions: e } = t
  return q
    .update(e)
    .set({ document: onNewsstand })
    .where(sql`${e.articleId} = ${given('articleId')} and ${e.document} = ${publishedOf(t)}`)
    .prepare('leave_edition')
})

const storedQuery = prepared(({ q, t: { published: p } }: Writer) =>
  q
    .select({
      bytes: sql<Buffer>`case when ${p.document} = ${given('bytes')} then substr(${p.document}, 1, 0) else ${given('bytes')} end`
    })
    .from(p)
    .where(and(eq(p.kind, 'article'), eq(p.id, given('articleId'))))
    .prepare('stored_edition')
)

/**
 * What an edition of a published article stores: nothing where the newsstand has these very bytes, and not less of the article,
 * since rights have ended.
 */
export async function storedBytes(tx: Writer, articleId: string, bytes: Buffer): Promise<Buffer> {
  const [stored] = await storedQuery(tx).execute({ articleId, bytes })
  return stored!.bytes
}

/** Stores with the editions of an article the bytes that the newsstand has of it, before it has others or none. */
export const takeEdition = async (tx: Writer, articleId: string) => {
  await takeQuery(tx).execute({ articleId })
}

/** Leaves to the newsstand the bytes of editions of an article that are those of its published document. */
export const leaveEdition = async (tx: Writer, articleId: string) => {
  await leaveQuery(tx).execute({ articleId })
}
