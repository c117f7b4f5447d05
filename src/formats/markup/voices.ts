// Who said what: the chains of attribution in words.
import type { Article } from '../../content/articles/schema.ts'
import type { Attribution, Hop } from '../../content/attributions/schema.ts'
import type { Body } from '../../content/body/schema.ts'
import type { Source } from '../../content/sources/schema.ts'
import { anchorCounts } from './body.ts'
import { type Html, html } from './html.ts'
import { date, type Links, linked } from './phrases.ts'

/** What the names of a chain are looked up in. */
export interface Names {
  sources: Map<string, Source>
  links: Links
}

/** What somebody did with the words, by the relation of a hop. */
export const relations: Record<Hop['relation'], string> = {
  said: 'said it',
  told: 'told it',
  wrote: 'wrote it',
  reported: 'reported it',
  first_reported: 'reported it first',
  confirmed: 'confirmed it',
  published: 'published it',
  provided: 'provided it'
}

function whoOf({ sourceId, articleId, unnamed }: Hop, { sources, links }: Names): Html {
  if (unnamed) {
    const { description, reason } = unnamed
    return html`<b>${description}</b> (not named${reason && html`: ${reason}`})`
  }
  if (articleId) return linked(html`<b>an article of ours</b>`, links.article(articleId))
  const source = sources.get(sourceId!)
  if (source === undefined) return html`<b>a source</b>`
  return html`${linked(html`<b>${source.name}</b>`, links.source(source.id))}${source.role && html`, ${source.role}`}`
}

/** Under which terms, where that is not the usual. */
export const termsOf = ({ terms }: Hop) => (terms === 'on_record' ? '' : `, on ${terms.replace('_', ' ')}`)

function hopHtml(hop: Hop, names: Names): Html {
  const how = relations[hop.relation]
  return html`<li>${whoOf(hop, names)} <span class="how">· ${linked(how, hop.url)}${termsOf(hop)}${hop.at && html`, ${date(hop.at)}`}</span>${hop.positionToKnow && html`. ${hop.positionToKnow}`}</li>`
}

/** The chain from who spoke to who told us. */
export const chain = ({ hops }: Pick<Attribution, 'hops'>, names: Names) =>
  html`<ol class="chain">${hops.toReversed().map((hop) => hopHtml(hop, names))}</ol>`

/** The quotes and claims of an article in the order of its text, with a number each; last those without a place in it. */
export async function statements({ quotes, attributions, body }: Article) {
  const places = [...(await anchorCounts(body as Body)).keys()]
  const all = [
    ...quotes.map(({ id, text, kind, attributions }) => ({ id, words: text, kind, attributions })),
    ...attributions.map((one) => ({
      id: one.id,
      words: one.claim!,
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

/** A quote or claim as a story tells it. */
export type Statement = Awaited<ReturnType<typeof statements>>[number]

export const numbersOf = (all: Statement[]) => new Map(all.map(({ id }, i) => [id, i + 1]))

/** How the words stand in the story. */
export const kindNames = {
  direct: 'quoted',
  indirect: 'paraphrased',
  mixed: 'partly quoted',
  claim: 'not quoted'
}

/** The section of an article that tells who said what, with what a page adds to it. */
export function voices(all: Statement[], names: Names, more?: Html): Html {
  if (all.length === 0) return html``
  const items = all.map(
    ({ id, words, kind, attributions, isAnchored }) =>
      html`<li id="said-${id}"><blockquote>${words}</blockquote> <small>${kindNames[kind]}</small>${attributions.map((one) => chain(one, names))}${isAnchored && html`<a class="back" href="#ref-${id}" aria-label="Back to where it stands">↩</a>`}</li>`
  )
  return html`<section class="voices" aria-labelledby="who"><h2 id="who">Who said what</h2><ol>${items}</ol>${more}</section>`
}
