// Pictures, video and sound, with their credits.
import type { Media } from '../../content/media/schema.ts'
import { type Html, html } from './html.ts'
import { joined, type Links } from './phrases.ts'

/** The file itself, or a link to one that browsers do not show; nothing where its rights have ended. */
export function shown(
  { kind, url, alt, width, height }: Media,
  links: Pick<Links, 'file'>,
  loading = 'lazy'
): Html {
  if (url === null) return html``
  const address = links.file(url)
  // An empty name would hide it from those who do not see it (ARIA in HTML).
  const label = alt && html` aria-label="${alt}"`
  if (kind === 'video') return html`<video controls preload="none" src="${address}"${label}></video>`
  if (kind === 'audio') return html`<audio controls preload="none" src="${address}"${label}></audio>`
  if (kind === 'document')
    return html`<p class="document"><a href="${address}" rel="noopener">${alt ?? address}</a></p>`
  return html`<img src="${address}" alt="${alt}"${width && html` width="${width}"`}${height && html` height="${height}"`} loading="${loading}" decoding="async">`
}

/** A figure with caption and credits. */
export function figure(media: Media, links: Pick<Links, 'file'>, loading = 'lazy'): Html {
  const credits = media.credits.map(
    ({ creditLine, licence, copyrightNotice }) =>
      html`${copyrightNotice ? html`<span title="${copyrightNotice}">${creditLine}</span>` : creditLine}${licence?.url && html` (<a href="${licence.url}" rel="license noopener">${licence.name}</a>)`}`
  )
  return html`<figure>${shown(media, links, loading)}<figcaption>${media.url === null && html`<em>This is no longer shown: its rights have ended.</em> `}${media.caption} <small class="credit">${joined(credits, '; ')}</small></figcaption></figure>`
}
