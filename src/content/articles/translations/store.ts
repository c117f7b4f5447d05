// The languages of a story: an original, and the articles that name it as what they are a translation of.
import { and, count, eq, sql } from 'drizzle-orm'
import { unprocessable } from '../../../http/problems.ts'
import { idsWithFacet } from '../../../newsstand/documents/facets.ts'
import * as newsstand from '../../../newsstand/documents/published.ts'
import { prepared, type Reader, type Writer } from '../../../storage/database.ts'
import type { Article, ArticleCard } from '../schema.ts'
import { isNotTrashed } from '../soft-deletion.ts'

/** How many translations an original has: each is told in the document of every other. */
const maxTranslations = 100

const wrong = (detail: string) => unprocessable('/translationOf', detail)

const namedQuery = prepared((db) => {
  const { articles: a } = db.t
  return db.q
    .select({ id: a.id, translationOf: a.translationOf })
    .from(a)
    .where(and(eq(a.id, sql.placeholder('id')), isNotTrashed(db, a.id)))
    .prepare('original_of_translation')
})

/**
 * The original that an article becomes a translation of: the one named, or the original of that; `before` is what it had.
 * An original is no translation itself, so that a group has one name. Throws 422.
 */
export async function originalOf(
  tx: Writer,
  id: string | undefined,
  named: string | null | undefined,
  before: string | null = null
): Promise<string | null> {
  // What was deleted for good since holds its translations together still.
  if (!named || named === before) return named ?? null
  const [row] = await namedQuery(tx).execute({ id: named })
  if (row === undefined) throw wrong(`There is no article ${named}: name one that exists, or send null.`)
  const original = row.translationOf ?? row.id
  if (original === id)
    throw wrong(
      named === id
        ? 'An article is no translation of itself: name the other one, or send null.'
        : `${named} is a translation of this article, which is the original: send null.`
    )
  if (original !== before) await checkGroup(tx, id, original)
  return original
}

/** Throws 422 where the article has translations of its own, or the original has too many. */
async function checkGroup({ q, t: { articles: a } }: Writer, id: string | undefined, original: string) {
  if (id !== undefined) {
    const [own] = await q.select({ id: a.id }).from(a).where(eq(a.translationOf, id)).limit(1)
    if (own)
      throw wrong(
        `${own.id} is a translation of this article: an original is no translation itself. Let its translations name ${original} first.`
      )
  }
  const [all] = await q.select({ articles: count() }).from(a).where(eq(a.translationOf, original))
  if (all!.articles >= maxTranslations)
    throw wrong(`${original} has ${maxTranslations} translations already: take one from it first.`)
}

/** The published articles that are this story in other languages, by language. */
export async function translationsOf(
  db: Reader,
  { id, translationOf }: Pick<Article, 'id' | 'translationOf'>
): Promise<Article['translations']> {
  const original = translationOf ?? id
  const named = await idsWithFacet(db, 'article', { name: 'translationOf', value: original })
  const others = [original, ...named].filter((other) => other !== id)
  const cards = await newsstand.cards(db, 'article', others)
  return cards
    .map(({ card }) => JSON.parse(card.toString()) as ArticleCard)
    .map(({ id, slug, language }) => ({ id, slug, language }))
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
}

const keyOf = ({ language, id }: { language: string; id: string }) => `${language} ${id}`
