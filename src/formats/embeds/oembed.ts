// oEmbed 1.0 (oembed.com): how another page shows an article or a quote.
import type { Article } from '../../content/articles/schema.ts'
import type { Media } from '../../content/media/schema.ts'
import { correctionText, correctionTitle, creditLine } from '../articles/words.ts'
import { html } from '../markup/html.ts'
import { joined } from '../markup/phrases.ts'
import { document, element } from '../markup/xml.ts'
import { addressOf, apiAddress, type Pages } from '../publisher/addresses.ts'
import type { Publisher } from '../publisher/schema.ts'
import { cardOf, paragraphsOf, voicesOf } from './card.ts'
import { layout, type Paragraph } from './layout.ts'
import type { Oembed, OembedQuery } from './schema.ts'

/** In pixels: a column of text. */
const width = 600
/** How long those who embed may keep it, in seconds: what is corrected or withdrawn shows within the hour. */
const cacheAge = 3600

interface EmbedRequest {
  publisher: Publisher
  pages: Pages
  query: Pick<OembedQuery, 'maxwidth' | 'maxheight'>
}

/** The size of what is set in these paragraphs: never more than the page that embeds it has. */
function sizeOf(
  paragraphs: Paragraph[],
  { maxwidth = width, maxheight = Number.POSITIVE_INFINITY }: EmbedRequest['query']
) {
  const given = Math.min(width, maxwidth)
  return { width: given, height: Math.min(layout(paragraphs, given).height, maxheight) }
}

const common = ({ publisher, pages }: EmbedRequest, title: string) => ({
  version: '1.0' as const,
  type: 'rich' as const,
  title,
  provider_name: publisher.name,
  provider_url: pages.url,
  cache_age: cacheAge
})

/** An article: its title, what it is about, who wrote it, and what was corrected, with a link to its page. */
export function articleEmbed(article: Article, asked: EmbedRequest): Oembed {
  const { title, dek, summary, bylines, retracted, corrections, language, media, leadMediaId } = article
  const { publisher, pages, query } = asked
  const url = addressOf(article, pages)
  const about = dek ?? summary
  const from = [creditLine(article), publisher.name].filter(Boolean).join(' · ')
  const notices = [
    ...(retracted ? ['This story is retracted.'] : []),
    ...corrections.map((one) => `${correctionTitle(one)}: ${correctionText(one)}`)
  ]
  const size = sizeOf(
    [
      { kind: 'words', text: title },
      ...(about ? [{ kind: 'who' as const, text: about }] : []),
      { kind: 'from', text: from },
      ...notices.map((text) => ({ kind: 'notice' as const, text }))
    ],
    query
  )
  return {
    ...common(asked, title),
    ...(bylines.length > 0 && { author_name: bylines.map(({ name }) => name).join(', ') }),
    ...size,
    html: String(
      html`<blockquote cite="${url}"><p lang="${language}" dir="auto"><a href="${url}">${title}</a></p>${about && html`<p lang="${language}" dir="auto">${about}</p>`}<footer lang="en">${from}${notices.map((text) => html`<p><strong>${text}</strong></p>`)}</footer></blockquote>`
    ),
    ...thumbnailOf(
      media.find(({ id }) => id === leadMediaId),
      query
    )
  }
}

/** The largest form of the lead picture that has room, with its credit; none where no form has, or its size is not known. */
function thumbnailOf(
  lead: Media | undefined,
  { maxwidth = width, maxheight = Number.POSITIVE_INFINITY }: EmbedRequest['query']
) {
  if (lead?.kind !== 'image') return {}
  const { url, width: wide, height: high, credits, renditions = [] } = lead
  const whole = renditions.filter(({ crop, type }) => crop === null && /^image\/(jpeg|png)$/.test(type))
  const original = url && wide && high ? [{ url, width: wide, height: high }] : []
  const [best] = [...whole, ...original]
    .filter(({ width, height }) => width <= maxwidth && height <= maxheight)
    .sort((one, other) => other.width - one.width)
  if (best === undefined) return {}
  const credit = credits.map(({ creditLine }) => creditLine).join('; ')
  return {
    thumbnail_url: best.url,
    thumbnail_width: best.width,
    thumbnail_height: best.height,
    ...(credit && { thumbnail_credit: credit })
  }
}

/** A quote: its card in a frame, so that it shows what is published when it is looked at. */
export function quoteEmbed(article: Article, quoteId: string, asked: EmbedRequest): Oembed {
  const { publisher, query } = asked
  const card = cardOf(article.quotes.find(({ id }) => id === quoteId)!, article, publisher)
  const size = sizeOf(paragraphsOf(card), query)
  const speakers = card.chains.map(([said]) => said!.who)
  const label = `${card.words} ${voicesOf(card).join(' ')}`
  const frame = html`<iframe src="${apiAddress(publisher, `/v1/quotes/${quoteId}/card?as=html`)!}" width="${size.width}" height="${size.height}" title="${label}" sandbox="" loading="lazy" frameborder="0"></iframe>`
  return {
    ...common(asked, article.title),
    ...(speakers.length > 0 && { author_name: joined(speakers, '; ').join('') }),
    ...size,
    html: String(frame)
  }
}

/** The answer as XML (oEmbed, 2.3.4.2). */
export const asXml = (embed: Oembed): Buffer =>
  document(
    element('oembed', {}, ...Object.entries(embed).map(([name, value]) => element(name, {}, String(value))))
  )
