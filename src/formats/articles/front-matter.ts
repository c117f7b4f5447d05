// Front matter: the data of an article before its words, in YAML 1.2.
import type { Article } from '../../content/articles/schema.ts'
import { pageOf, termsOfArticle } from '../ai-use/resolve.ts'
import type { Policy } from '../ai-use/store.ts'
import { contentUsage } from '../ai-use/terms.ts'
import { urnOf } from '../publisher/addresses.ts'
import { lastChange } from './last-change.ts'

/** Characters that JSON leaves as they are, and YAML does not allow, or reads as the end of a line (1.2.2, 5.1, 5.4). */
const unprintable = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g

/** A value of JSON is one of YAML (1.2.2, 1.3): in quotes no word can be read as a number, a date or a truth. */
const yaml = (value: unknown) =>
  JSON.stringify(value).replace(
    unprintable,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
  )

/** What is known of an article, a line for each property; what is not known is left out. */
export function frontMatter(article: Article, policy: Policy): string {
  const { section, tags, dateline, origin, summary, dek, retracted, translations, media } = article
  const usage = contentUsage(termsOfArticle(policy, article))
  const credits = media.flatMap(({ id, credits }) =>
    credits.map(({ creditLine, copyrightNotice, licence }) => ({
      media: id,
      credit: creditLine,
      ...(copyrightNotice && { copyright: copyrightNotice }),
      ...(licence && { licence: licence.url ?? licence.name })
    }))
  )
  const known = {
    title: article.title,
    description: summary ?? dek,
    id: urnOf(article.id),
    slug: article.slug,
    url: pageOf(policy, article),
    language: article.language,
    section,
    tags,
    dateline,
    authors: article.bylines.map(({ name }) => name),
    published: article.firstPublishedAt,
    updated: lastChange(article),
    retracted: retracted || null,
    corrections: article.corrections.length || null,
    publisher: policy.publisher.name,
    origin: origin && Object.fromEntries(Object.entries(origin).filter(([, value]) => value !== null)),
    copyright: policy.publisher.copyrightNotice,
    contentUsage: usage || null,
    credits,
    translations: translations.map(({ id, language }) => ({ id: urnOf(id), language }))
  }
  const lines = Object.entries(known)
    .filter(([, value]) => value != null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}: ${yaml(value)}`)
  return `---\n${lines.join('\n')}\n---\n`
}
