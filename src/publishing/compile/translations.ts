// What published articles say of their other languages, after one of these was published, moved or withdrawn.
import type { Article } from '../../content/articles/schema.ts'
import * as articles from '../../content/articles/store.ts'
import { translationsOf } from '../../content/articles/translations/store.ts'
import { facetsNamed } from '../../newsstand/documents/facets.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import type { Writer } from '../../storage/database.ts'
import { jsonOf } from '../../storage/text/json-text.ts'
import { replaceEdition } from './replace-edition.ts'

/** The published languages of the story that an article belongs to as it is published. */
export async function publishedGroup(tx: Writer, id: string): Promise<string[]> {
  const [original] = await facetsNamed(tx, 'article', id, 'translationOf')
  const all = await translationsOf(tx, { id, translationOf: original?.value ?? null })
  return all.map((one) => one.id)
}

/**
 * Publishes a new edition of those of these articles whose list of translations is not right any more. An article on
 * legal hold is not changed.
 */
export async function renewTranslations(tx: Writer, ids: Iterable<string>, note: string) {
  for (const id of new Set(ids)) {
    await yieldIfDue()
    const document = (await newsstand.documentOf(tx, 'article', id))!
    const published = JSON.parse(document.toString()) as Article
    const translations = await translationsOf(tx, published)
    if (jsonOf(translations) === jsonOf(published.translations)) continue
    const { legalHold } = (await articles.byIdOrSlug(tx, id))!
    if (!legalHold) await replaceEdition(tx, { ...published, translations }, new Map(), [id], note)
  }
}
