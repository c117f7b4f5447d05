// Who said what: the chains of attribution in words.
import type { Article } from '../../../content/articles/schema.ts'
import type { Attribution, Hop } from '../../../content/attributions/schema.ts'
import type { Body } from '../../../content/body/schema.ts'
import type { Source } from '../../../content/sources/schema.ts'
import { anchorCounts } from '../body.ts'
import { type Html, html } from '../html.ts'
import { articlePath, date, sourcePath } from '../layout.ts'

/** What the names of a chain are looked up in. */
export interface Names {
  sources: Map<string, Source>
  /** The slugs of articles of ours, by id. */
  slugs: Map<string, string>
}

const relations: Record<Hop['relation'], string> = {
  said: 'said it',
  told: 'told it',
  wrote: 'wrote it',
  reported: 'reported it',
  first_reported: 'reported it first',
  confirmed: 'confirmed it',
  published: 'published it',
  provided: 'provided it'
}

function whoOf({ sourceId, articleId, unnamed }: Hop, { sources, slugs }: Names): Html {
  if (unnamed) {
    const { description, reason } = unnamed
    return html`<b>${description}</b> (not named${reason && html`: ${reason}`})`
  }
  if (articleId) {
    const slug = slugs.get(articleId)
    return slug === undefined
      ? html`<b>an article of ours</b>`
      : html`<a href="${articlePath(slug)}"><b>an article of ours</b></a>`
  }
  const source = sources.get(sourceId!)
  if (source === undefined) return html`<b>a source</b>`
  return html`<a href="${sourcePath(source.id)}"><b>${source.name}</b></a>${source.role && html`, ${source.role}`}`
}

const termsOf = ({ terms }: Hop) => (terms === 'on_record' ? null : html`, on ${terms.replace('_', ' ')}`)

function hopHtml(hop: Hop, names: Names): Html {
  const how = relations[hop.relation]
  return html`<li>${whoOf(hop, names)} <span class="how">· ${hop.url ? html`<a href="${hop.url}" rel="noopener">${how}</a>` : how}${termsOf(hop)}${hop.at && html`, ${date(hop.at)}`}</span>${hop.positionToKnow && html`. ${hop.positionToKnow}`}</li>`
}

/** The chain from who spoke to who told us. */
export const chain = ({ hops }: Pick<Attribution, 'hops'>, names: Names) =>
  html`<ol class="chain">${hops.toReversed().map((hop) => hopHtml(hop, names))}</ol>`

/** The quotes and claims of an article in the order of its text, with a number each; last those without a place in it. */
export function statements({ quotes, attributions, body }: Article) {
  const places = [...anchorCounts(body as Body).keys()]
  const all = [
    ...quotes.map(({ id, text, kind, attributions }) => ({ id, words: text, kind, attributions })),
    ...attributions.map((one) => ({
      id: one.id,
      words: one.claim,
      kind: 'claim' as const,
      attributions: [one]
    }))
  ].map((one) => ({ ...one, isAnchored: places.includes(one.id) }))
  const anchored = all.filter(({ isAnchored }) => isAnchored)
  return [
    ...anchored.sort((one, other) => places.indexOf(one.id) - places.indexOf(other.id)),
    ...all.filter(({ isAnchored }) => !isAnchored)
  ]
}

export const numbersOf = (article: Article) => new Map(statements(article).map(({ id }, i) => [id, i + 1]))

const kindNames = { direct: 'quoted', indirect: 'paraphrased', mixed: 'partly quoted', claim: 'not quoted' }

/** The section of an article that tells who said what. */
export function voices(article: Article, names: Names): Html {
  const all = statements(article)
  if (all.length === 0) return html``
  const items = all.map(
    ({ id, words, kind, attributions, isAnchored }) =>
      html`<li id="said-${id}"><blockquote>${words}</blockquote> <small>${kindNames[kind]}</small>${attributions.map((one) => chain(one, names))}${isAnchored && html`<a class="back" href="#ref-${id}" aria-label="Back to where it stands">↩</a>`}</li>`
  )
  const graph = `/v1/articles/${article.id}/provenance`
  return html`<section class="voices" aria-labelledby="who"><h2 id="who">Who said what</h2><ol>${items}</ol>
<details><summary>What rests on what, as a picture</summary><div class="graph" tabindex="0"><img src="${`${graph}?as=svg`}" alt="The chains above as a graph" loading="lazy"></div>
<p><a href="${`${graph}?as=svg`}">The picture by itself</a> · <a href="${graph}">the graph as JSON</a></p></details></section>`
}
