// The same story in other languages: links for readers, and for search engines.
import type { Article } from '../../../content/articles/schema.ts'
import { type Html, html } from '../../../formats/markup/html.ts'
import { articlePath } from '../layout.ts'

type Languages = Pick<Article, 'slug' | 'language' | 'translations'>

/**
 * `hreflang` links to every language of a story, itself among them, as search engines want it. Where the language of
 * one is not known (`und`), there is nothing to say of it.
 */
export const alternates = ({ translations, ...story }: Languages): Html | null =>
  translations.length === 0
    ? null
    : html`${[story, ...translations]
        .filter(({ language }) => language !== 'und')
        .map(
          ({ slug, language }) =>
            html`<link rel="alternate" hreflang="${language}" href="${articlePath(slug)}">`
        )}`
