// Who said what, according to whom.
import type { Attribution, Schema } from '../index.ts'
import { type Element, element, type Markup, type View } from './markup.ts'

type Hop = Schema<'Hop'>

/** What readers know a hop by: the name of its source, or what they are told of one that is not named. */
export function nameOf({ story, words }: View, { sourceId, unnamed }: Hop): string {
  if (sourceId !== undefined) return story.sources.find(({ id }) => id === sourceId)?.name ?? ''
  return unnamed?.description ?? words.article
}

/** The chain from who spoke to who is nearest to the reader, in one line: `Mara Lindqvist → the Tideline`. */
export const chainOf = (view: View, { hops }: Pick<Attribution, 'hops'>): string =>
  hops
    .map((hop) => nameOf(view, hop))
    .reverse()
    .join(' → ')

/** The chains of a quote or claim in one line. */
export const chainsOf = (view: View, attributions: Attribution[]): string =>
  attributions.map((one) => chainOf(view, one)).join('; ')

function hopMarkup(view: View, hop: Hop): Element {
  const { url, relation, at } = hop
  const role = view.story.sources.find(({ id }) => id === hop.sourceId)?.role
  const name: Markup[] = [nameOf(view, hop), ...(role ? [`, ${role}`] : [])]
  const said = element('cite', {}, ...name)
  const address = url ? safe(url) : undefined
  return element(
    'li',
    { 'data-source': hop.sourceId, 'data-article': hop.articleId, 'data-relation': relation, 'data-at': at },
    address ? element('a', { href: address }, said) : said
  )
}

const safe = (url: string) => (/^https?:/i.test(url) ? url : undefined)

const chain = (view: View, { id, hops }: Attribution): Element =>
  element('ol', { 'data-attribution': id }, ...hops.map((hop) => hopMarkup(view, hop)).reverse())

/**
 * Every quote and claim of a story with its chains, the origin first; undefined without any. Marks in the body have the same
 * `data-quote` and `data-attribution`.
 */
export function voicesMarkup(view: View): Element | undefined {
  const { quotes, attributions } = view.story
  const said = quotes.map(({ id, text, attributions }) =>
    element(
      'li',
      { 'data-quote': id },
      element('q', {}, text),
      ...attributions.map((one) => chain(view, one))
    )
  )
  const claimed = attributions.map((one) => element('li', {}, one.claim ?? '', chain(view, one)))
  const all = [...said, ...claimed]
  return all.length === 0 ? undefined : element('ul', { 'data-voices': '' }, ...all)
}
