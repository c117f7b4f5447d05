// Cards of Ghost's editors, which hold what is no text: as HTML. Lexical and mobiledoc have the same ones.
import { htmlOf } from '../../../content/body/markdown.ts'
import { escapeMarkup } from '../../../storage/text/xml-text.ts'
import { type Fields, fieldsIn, wordsAt } from '../whole.ts'

export type Lose = (code: string, reason: string, words?: string) => void

/** Cards that are furniture of newsletters and sites, and no words of the story. */
const furniture = /^(?:paywall|email|email-cta|signup|hr|horizontalrule|transistor|call-to-action)$/

const picture = (fields: Fields, caption = wordsAt(fields, 'caption') ?? '') => {
  const src = escapeMarkup(wordsAt(fields, 'src') ?? '')
  const alt = escapeMarkup(wordsAt(fields, 'alt') ?? '')
  return `<figure><img src="${src}" alt="${alt}">${caption && `<figcaption>${caption}</figcaption>`}</figure>`
}

const link = (url: string, words: string) => `<p><a href="${escapeMarkup(url)}">${words}</a></p>`

/** What a card shows. Of one that is not known its words are kept as far as it names them, which is told. */
export function cardHtml(type: string, fields: Fields, lose: Lose): string {
  const at = (...names: string[]) => wordsAt(fields, ...names) ?? ''
  const caption = at('caption') && `<p>${at('caption')}</p>`
  switch (type) {
    case 'image':
      return picture(fields)
    case 'gallery': {
      const images = fieldsIn(fields.images)
      return images
        .map((one, i) =>
          picture({ ...one, src: one.src ?? one.fileName }, i === 0 ? at('caption') : undefined)
        )
        .join('')
    }
    case 'html':
      return at('html')
    case 'markdown':
    case 'card-markdown':
      return htmlOf(`\n${at('markdown')}`).html
    case 'code':
    case 'codeblock':
      return `<pre><code class="language-${escapeMarkup(at('language'))}">${escapeMarkup(at('code'))}</code></pre>${caption}`
    case 'embed':
      return `<figure data-embed="${escapeMarkup(at('url'))}">${escapeMarkup(at('url'))}</figure>${caption}`
    case 'bookmark': {
      const about = fields.metadata
      const title =
        typeof about === 'object' && about !== null ? wordsAt(about as Fields, 'title') : undefined
      return link(at('url'), escapeMarkup(title ?? at('url')))
    }
    case 'callout':
      return `<p>${at('calloutText')}</p>`
    case 'toggle':
      return `<h3>${at('heading')}</h3>${at('content')}`
    case 'button':
      return link(at('buttonUrl'), escapeMarkup(at('buttonText')))
    case 'file':
      return link(at('src'), escapeMarkup(at('fileTitle', 'fileName')))
    case 'video':
    case 'audio':
      return `<${type} src="${escapeMarkup(at('src'))}"></${type}>${caption}`
    case 'product':
      return `<h3>${at('productTitle')}</h3>${at('productDescription')}`
    case 'header':
      return `<h2>${at('header')}</h2><p>${at('subheader')}</p>`
  }
  if (/^(?:hr|horizontalrule)$/.test(type)) return '<hr>'
  if (furniture.test(type)) {
    lose('card-left-out', `The card ${type} is furniture of a newsletter or a site.`)
    return ''
  }
  lose(
    'card-unknown',
    `The card ${type.slice(0, 50)} is not known: its words are missing.`,
    at('text', 'html').slice(0, 300)
  )
  return ''
}
