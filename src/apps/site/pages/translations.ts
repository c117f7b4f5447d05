// The same story in other languages: links for readers, and for search engines.
import type { Article } from '../../../content/articles/schema.ts'
import { type Html, html } from '../html.ts'
import { articlePath, joined } from '../layout.ts'

type Languages = Pick<Article, 'slug' | 'language' | 'translations'>

/** The name of a language in that language; the tag itself where Intl refuses it, as tags of private use (`x-...`). */
function nameOf(language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(language)!
  } catch {
    return language
  }
}

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

/** Links to the other languages, each named in its own. */
export const otherLanguages = ({ translations }: Languages): Html | null =>
  translations.length === 0
    ? null
    : html`<p class="meta" lang="en">Also in ${joined(
        translations.map(
          ({ slug, language }) =>
            html`<a href="${articlePath(slug)}" hreflang="${language}" lang="${language}">${nameOf(language)}</a>`
        ),
        ', '
      )}</p>`
