// What a converter made, brought into the form of our bodies.
import { unprocessable } from '../problems.ts'
import { normalized } from './normal.ts'
import { type Body, decorators, type PortableText } from './schema.ts'

/** A block as a converter makes it. */
type Loose = { _type: string; src?: unknown; url?: unknown; children?: { _type?: string }[] }

/** What a converter made, as our blocks: unsafe links become plain words, what we cannot hold is refused. */
export function fit(loose: Loose[]): Body {
  const blocks = loose.flatMap(apart)
  if (blocks.length > 5000) throw unprocessable('/body', 'The body has more than 5000 blocks.')
  return normalized(blocks.map(fitted))
}

/** A picture among the words of a block becomes a block of its own between them. */
function apart(block: Loose): Loose[] {
  const parts: Loose[] = []
  for (const child of block.children ?? []) {
    const last = parts.at(-1)
    if (child._type === 'image') parts.push(child as Loose)
    else if (last?.children) last.children.push(child)
    else parts.push({ ...block, children: [child] })
  }
  return parts.length > 0 ? parts : [block]
}

function fitted(loose: Loose): PortableText[number] {
  if (loose._type === 'image') return { _type: 'image', mediaId: pictureOf(String(loose.src)) }
  if (loose._type === 'rule') return { _type: 'rule' }
  if (loose._type === 'embed') return { _type: 'embed', url: embedOf(String(loose.url)) }
  const block = loose as Extract<PortableText[number], { _type: 'block' }>
  const kept = (block.markDefs ?? []).flatMap((def) =>
    def._type === 'link' && safeHref.test(def.href)
      ? [{ _type: def._type, _key: def._key, href: def.href }]
      : []
  )
  if (block.children.length > 5000 || kept.length > 1000)
    throw unprocessable('/body', 'A paragraph has more than 5000 pieces or 1000 links.')
  const known = new Set<string>([...decorators, ...kept.map(({ _key }) => _key)])
  return {
    _type: 'block',
    style: block.style ?? 'normal',
    ...(block.listItem && { listItem: block.listItem, level: Math.min(block.level!, 10) }),
    markDefs: kept,
    children: block.children.map(({ text, marks }) => ({
      _type: 'span',
      text,
      marks: [...new Set(marks)].filter((mark) => known.has(mark))
    }))
  }
}

const safeHref = /^(https?:\/\/|mailto:|\/(?![/\\])|#)[^\t\n\r]{0,1990}$/
const pictureName = /^(med_[0-7][0-9a-z]{25}|[A-Za-z0-9][A-Za-z0-9-]{0,63})$/

function pictureOf(src: string): string {
  if (pictureName.test(src)) return src
  throw unprocessable(
    '/body',
    `The picture ${src.slice(0, 100)} is not a media record: show pictures by media id.`
  )
}

function embedOf(url: string): string {
  if (/^https?:\/\/([\w.~:/?#@!$&'()*+,;=-]|%[\da-f]{2}){1,1990}$/i.test(url)) return url
  throw unprocessable('/body', `Only http(s) addresses can be embedded, not ${url.slice(0, 100)}.`)
}
