// Shortcodes of Hugo ({{< figure >}}) and tags of Liquid and Nunjucks ({% include %}) within Markdown.
import { escapeMarkup } from '../../../storage/text/xml-text.ts'

const hugo = /\{\{([<%])\s*(\/)?([\w/-]+)\s*(.*?)\s*\/?[>%]\}\}/g
const liquid = /\{%-?\s*(\w+)\b(.*?)-?%\}/g
const attribute = /([\w-]+)\s*=\s*(?:"([^"]*)"|`([^`]*)`|(\S+))/g

const attributesOf = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(attribute)].map(([, name, quoted, raw, bare]) => [name!, quoted ?? raw ?? bare!])
  )

const embeds: Record<string, (id: string) => string> = {
  youtube: (id) => `https://www.youtube.com/watch?v=${id}`,
  vimeo: (id) => `https://vimeo.com/${id}`
}

/** The text with what is known of them as HTML; the others stay where they are, and are told. */
export function withoutShortcodes(
  text: string,
  lose: (code: string, reason: string, words: string) => void
): string {
  const kept = (all: string, name: string) => {
    lose(
      'shortcode-kept',
      `The shortcode ${name} is not known: it stays in the body as it is.`,
      all.slice(0, 300)
    )
    return all
  }
  return text
    .replace(hugo, (all, _kind, end, name: string, rest: string) => {
      const { src, caption, title, alt, attr, id } = attributesOf(rest)
      if (name === 'figure' && src) {
        const words = [title, caption]
          .filter(Boolean)
          .map((one) => escapeMarkup(one!))
          .join(' ')
        const credit = attr ? `<cite>${escapeMarkup(attr)}</cite>` : ''
        return `\n\n<figure><img src="${escapeMarkup(src)}" alt="${escapeMarkup(alt ?? '')}"><figcaption>${words} ${credit}</figcaption></figure>\n\n`
      }
      const embed = embeds[name]
      const video = id ?? /^"?([\w-]+)"?$/.exec(rest)?.[1]
      if (embed && video) {
        const address = embed(encodeURIComponent(video))
        return `\n\n<figure data-embed="${address}">${address}</figure>\n\n`
      }
      return end ? all : kept(all, name)
    })
    .replace(liquid, (all, name: string) => (/^(?:raw|endraw)$/.test(name) ? '' : kept(all, name)))
}
