import { eq } from 'drizzle-orm'
import { HttpProblem } from '../problems.ts'
import type { Reader } from '../storage/database.ts'

/** A slug from a title: lower-case ASCII letters and digits, words joined by hyphens. */
const slugOf = (title: string) =>
  title
    .normalize('NFKD')
    .replace(/[\p{M}'’‘]/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 100)
    .replace(/^-+|-+$/g, '') || 'story'

/** The slug asked for, or a free one made from the title. Throws 409 when the one asked for is taken. */
export async function slugFor(
  db: Reader,
  id: string,
  { slug, title }: { slug?: string | null; title: string }
) {
  const taken = async (candidate: string) => {
    const [owner] = await db.q
      .select({ id: db.t.articles.id })
      .from(db.t.articles)
      .where(eq(db.t.articles.slug, candidate))
    return owner !== undefined && owner.id !== id
  }
  if (slug) {
    if (await taken(slug)) throw new HttpProblem('slug-taken', `The slug ${slug} is taken.`)
    return slug
  }
  const made = slugOf(title)
  // The end of an id is random: one try is enough, and it stays the same however often the title returns.
  return (await taken(made)) ? `${made}-${id.slice(-8)}` : made
}
