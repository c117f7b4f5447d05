// What feeds say of an article, whatever their format.
import type { Article } from '../../content/articles/schema.ts'
import type { Body } from '../../content/body/schema.ts'
import { write } from '../../content/body/write.ts'
import { escaped } from '../../content/body/writers/html-inline.ts'
import type { Media } from '../../content/media/schema.ts'
import { termsOfArticle } from '../ai-use/resolve.ts'
import type { Terms } from '../ai-use/schema.ts'
import type { Policy } from '../ai-use/store.ts'
import { lastChange } from '../articles/last-change.ts'
import { leadBefore } from '../articles/lead.ts'
import { correctionTitle } from '../articles/words.ts'
import { addressOf, type Pages, urnOf } from '../publisher/addresses.ts'

export interface Entry {
  article: Article
  /** What machines may do with it. */
  terms: Terms
  /** Its identity, which no change of slug or address changes (RFC 4287, 4.2.6). */
  urn: string
  url: string
  /** What it is about, in one paragraph of text. */
  summary: string | null
  /** The whole story; undefined in a feed of summaries. */
  html: string | undefined
  published: string
  /** When readers were last told something else: a correction counts. */
  updated: string
  /** The pictures, videos and recordings it shows, the first of them first; each has an address. */
  media: (Media & { url: string })[]
}

/** What a feed says of an article. */
export async function entryOf(
  article: Article,
  pages: Pages,
  policy: Policy,
  isFull: boolean
): Promise<Entry> {
  const published = article.firstPublishedAt!
  const notices = article.corrections.map(
    (correction) => `${correctionTitle(correction)}: ${correction.text}`
  )
  return {
    article,
    terms: termsOfArticle(policy, article),
    urn: urnOf(article.id),
    url: addressOf(article, pages),
    summary: [article.summary ?? article.dek, ...notices].filter(Boolean).join(' ') || null,
    html: isFull ? await htmlOf(article) : undefined,
    published,
    updated: [published, lastChange(article)].sort().at(-1)!,
    media: article.media.filter((one): one is Media & { url: string } => one.url !== null)
  }
}

/** The lead picture unless the body shows it, the story, and what was corrected. */
export async function htmlOf(article: Article): Promise<string> {
  const { body, media, corrections, dek } = article
  const leadId = leadBefore(article)
  const lead: Body = leadId === null ? [] : [{ _type: 'image', _key: 'lead', mediaId: leadId }]
  const notices = corrections.map(
    (one) => `<p><strong>${escaped(correctionTitle(one))}:</strong> ${escaped(one.text)}</p>`
  )
  const text = await write([...lead, ...(body as Body)], 'html', media)
  return [dek && `<p><em>${escaped(dek)}</em></p>`, text as string, ...notices].filter(Boolean).join('\n')
}
