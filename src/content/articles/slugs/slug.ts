import { eq, sql } from 'drizzle-orm'
import { HttpProblem } from '../../../http/problems.ts'
import { prepared, type Reader } from '../../../storage/database.ts'
import { plainLetters } from '../../../storage/text/folding.ts'

/** The longest generated slug, in characters. */
const maxLength = 100

/** What is no part of a word, although it stands in one; and what ends one, though its letters would not: ™, ½. */
const apostrophes = /['’‘ʼʻ]/g
const signs = /\p{S}|(?=[¼-¾⅐-⅞])/gu

/** Words of letters and digits, as the schema accepts them. */
const word = /[\p{Ll}\p{Lo}\p{Lm}\p{Nd}][\p{Ll}\p{Lo}\p{Lm}\p{Nd}\p{M}]*/gu

/**
 * Slugifies a title: words in lower case, joined by hyphens. Latin letters become ASCII; other scripts are kept (RFC
 * 3987), because transliteration depends on the language.
 */
export function slugOf(title: string): string {
  const words = plainLetters(title.replace(apostrophes, '').replace(signs, ' ')).match(word) ?? []
  let slug = ''
  for (const next of words) {
    const longer = slug === '' ? next : `${slug}-${next}`
    if (lengthOf(longer) > maxLength) break
    slug = longer
  }
  // A first word that is too long is cut between user-perceived characters.
  return slug || words[0]?.match(/^.{1,100}(?!\p{M})/u)?.[0] || 'story'
}

const lengthOf = (text: string) => [...text].length

/** The normal form of stored slugs: NFC, without invisible characters. */
export const normalSlug = (slug: string) =>
  slug.normalize('NFC').replace(/\p{Default_Ignorable_Code_Point}/gu, '')

const holderQuery = prepared(({ q, t: { articles } }) =>
  q
    .select({ id: articles.id })
    .from(articles)
    .where(eq(articles.slug, sql.placeholder('slug')))
    .prepare('article_with_slug')
)

/** The requested slug, or a free one from the title. Throws 409 when the requested one is taken. */
export async function slugFor(
  db: Reader,
  id: string,
  { slug, title }: { slug?: string | null; title: string }
) {
  const taken = async (candidate: string) => {
    const [owner] = await holderQuery(db).execute({ slug: candidate })
    return owner !== undefined && owner.id !== id
  }
  if (slug) {
    const asked = normalSlug(slug)
    if (await taken(asked)) throw slugTaken(asked)
    return asked
  }
  const made = slugOf(title)
  // The end of the id is random, so one try suffices; and it is stable if the title changes and returns.
  return (await taken(made)) ? `${made}-${id.slice(-8)}` : made
}

const slugTaken = (slug: string) => {
  const detail = `The slug ${slug} is taken: send another, or none to have one made from the title.`
  return new HttpProblem('slug-taken', detail, [{ pointer: '/slug', detail }])
}
