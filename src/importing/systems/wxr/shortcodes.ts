// Shortcodes of WordPress: [caption], [gallery], [embed], [audio], [video] and what videos are called by.
import { embed } from './paragraphs.ts'

export interface ShortcodeContext {
  /** The pictures of a gallery: by their ids, or those that were uploaded to the post. */
  gallery(ids: string[] | undefined): string[]
  lose(code: string, reason: string, words?: string): void
}

const attribute = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))|(\S+)/g

function attributesOf(text: string) {
  const named = new Map<string, string>()
  let first: string | undefined
  for (const [, name, double, single, bare, lone] of text.matchAll(attribute)) {
    if (name) named.set(name.toLowerCase(), double ?? single ?? bare!)
    else first ??= lone
  }
  return { named, first }
}

/** One that stands for something, with its words up to its end where it has one. */
const known =
  /\[(wp_caption|caption|gallery|playlist|embed|audio|video|youtube|vimeo|soundcloud)\b([^\]]*)\](?:((?:(?!\[\/?\1\b)[\s\S])*?)\[\/\1\])?/gi
/** Any other with attributes, or with an end. */
const others = /\[([a-z][\w-]*)(?:\s+[\w-]+\s*=[^\]]*)\/?\]|\[\/([a-z][\w-]*)\]/gi

const picture = (id: string) =>
  `<figure><img data-picture="${id}" src="https://picture.invalid/${id}"></figure>`

const recording = (tag: string, address: string) =>
  `<${tag} src="${address.trim().replace(/"/g, '%22').replace(/</g, '%3C')}"></${tag}>`

/** The HTML with what its shortcodes stand for. Those that are not known stay as they are, and are told. */
export function withoutShortcodes(html: string, { gallery, lose }: ShortcodeContext): string {
  if (!html.includes('[')) return html
  const read = html.replace(known, (all, name: string, rest: string, inner: string | undefined) => {
    const { named, first } = attributesOf(rest)
    switch (name.toLowerCase()) {
      case 'caption':
      case 'wp_caption':
        return captioned(inner ?? '', named)
      case 'gallery':
      case 'playlist': {
        const listed = (named.get('ids') ?? named.get('include'))?.split(/[\s,]+/).filter(Boolean)
        const ids = gallery(listed)
        if (listed && ids.length < listed.length)
          lose('gallery-incomplete', 'Not all pictures of a gallery are in the export.', all.slice(0, 300))
        return `\n\n${ids.map(picture).join('\n')}\n\n`
      }
      default: {
        const address = [
          inner,
          first,
          named.get('src'),
          named.get('url'),
          named.get('mp4'),
          named.get('mp3')
        ].find((one) => /^\s*https?:\/\/\S+\s*$/.test(one ?? ''))
        if (address !== undefined)
          return `\n\n${/^(?:audio|video)$/i.test(name) ? recording(name.toLowerCase(), address) : embed(address)}\n\n`
        lose(
          'shortcode-kept',
          'A shortcode without an address stays in the body as it is.',
          all.slice(0, 300)
        )
        return all
      }
    }
  })
  const left = new Set([...read.matchAll(others)].map(([, begins, ends]) => begins ?? ends))
  for (const name of left)
    lose(
      'shortcode-kept',
      `The shortcode [${name}] is not known: it stays in the body as it is.`,
      `[${name}]`
    )
  return read
}

/** A picture with its caption: in the attribute, as WordPress wrote it until 3.4, or after the picture. */
function captioned(inner: string, named: Map<string, string>) {
  const match = /^\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*<\/a>)?)([\s\S]*)$/i.exec(inner)
  const [, image = '', after = inner] = match ?? []
  const words = after.trim() || (named.get('caption') ?? '')
  const id = /attachment_(\d+)/.exec(named.get('id') ?? '')?.[1]
  const shown =
    id && !/data-picture|wp-image-/.test(image)
      ? image.replace(/<img\b/i, `<img data-picture="${id}"`)
      : image
  return `\n\n<figure>${shown}${words && `<figcaption>${words.replace(/\n+/g, ' ')}</figcaption>`}</figure>\n\n`
}
