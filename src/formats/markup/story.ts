// A published article as markup: its head, its words with who said them, its credits and corrections.
import type { Article } from '../../content/articles/schema.ts'
import type { Body } from '../../content/body/schema.ts'
import type { Correction } from '../../content/corrections/schema.ts'
import { titles } from '../../content/corrections/titles.ts'
import { leadBefore } from '../articles/lead.ts'
import { bodyHtml } from './body.ts'
import { figure } from './figure.ts'
import { type Html, html } from './html.ts'
import { date, joined, type Links, linked } from './phrases.ts'
import { numbersOf, statements, voices } from './voices.ts'

/** What a page adds to a story. */
interface Added {
  /** Below who said what. */
  voices?: Html
  /** At the end of the last line. */
  end?: Html
}

/** Who wrote it. */
export const byline = (bylines: Article['bylines'], links: Pick<Links, 'source'>): Html | null =>
  bylines.length === 0
    ? null
    : html`<span>By ${joined(
        bylines.map(({ name, sourceId }) => linked(name, sourceId && links.source(sourceId))),
        ', '
      )}</span> · `

/** The line above a headline. */
export const kicker = (section: string | null, links: Pick<Links, 'section'>): Html | null =>
  section === null ? null : html`<p class="kicker">${linked(section, links.section(section))}</p>`

/** A correction as readers see it. */
export const correction = ({ kind, text, was, now, publishedAt }: Correction): Html =>
  html`<div class="correction"><h3>${titles[kind]}${publishedAt && html`, ${date(publishedAt)}`}</h3><p>${text}</p>${was && html`<p>It said: <del>${was}</del>${now && html` It says now: <ins>${now}</ins>`}</p>`}</div>`

const corrections = (all: Correction[]): Html | null =>
  all.length === 0
    ? null
    : html`<section class="corrections" aria-labelledby="corrected"><h2 id="corrected">What was corrected</h2>${all.map(correction)}</section>`

/** The name of a language in that language; the tag itself where Intl refuses it, as tags of private use (`x-...`). */
function nameOf(language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(language)!
  } catch {
    return language
  }
}

/** Links to the other languages, each named in its own. */
const otherLanguages = ({ translations }: Article, links: Links): Html | null =>
  translations.length === 0
    ? null
    : html`<p class="meta" lang="en">Also in ${joined(
        translations.map(
          ({ id, language }) =>
            html`<a href="${links.article(id)}" hreflang="${language}" lang="${language}">${nameOf(language)}</a>`
        ),
        ', '
      )}</p>`

const originOf = ({ origin }: Article): Html | null =>
  origin?.publisher ? html`First published by ${linked(origin.publisher, origin.url)}. ` : null

/** The whole story. */
export async function storyHtml(story: Article, links: Links, added: Added = {}): Promise<Html> {
  const names = { sources: new Map(story.sources.map((one) => [one.id, one])), links }
  const said = await statements(story)
  const referred = { media: story.media, links, numbers: numbersOf(said) }
  const body = await bodyHtml(story.body as Body, referred)
  const leadId = leadBefore(story)
  const lead = story.media.find(({ id }) => id === leadId)
  return html`<article class="story" lang="${story.language}" dir="auto">
<header class="narrow">${kicker(story.section, links)}<h1>${story.title}</h1>${story.dek && html`<p class="dek">${story.dek}</p>`}
<p class="meta" lang="en">${byline(story.bylines, links)} ${story.publishedAt && date(story.publishedAt)}${story.corrections.length > 0 && html` · <a href="#corrected">corrected</a>`}${story.quotes.length > 0 && html` · <a href="#who">who said what</a>`}</p>
${otherLanguages(story, links)}
${story.retracted && html`<p class="notice" lang="en" role="note"><strong>This story is retracted.</strong></p>`}</header>
${lead && html`<div class="picture">${figure(lead, links, 'eager')}</div>`}
<div class="narrow body">${body}</div>
<div class="narrow" lang="en">${corrections(story.corrections)}${voices(said, names, added.voices)}
<p class="meta">${originOf(story)}${added.end}</p></div>
</article>`
}
