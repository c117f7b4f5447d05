// NITF 3.x: the story of an agency as mixed text, by itself or within NewsML-G2.

import { escapeMarkup } from '../../../storage/text/xml-text.ts'
import { httpUrl } from '../../metadata/addresses.ts'
import { peopleIn } from '../../metadata/people.ts'
import { creditOf } from '../../pictures/credits.ts'
import type { ArticleItem, Author, ImportedMedia } from '../item.ts'
import { innerHtml, type Rendering } from '../markup.ts'
import { wordsOf } from '../story.ts'
import { instantOf } from '../text.ts'
import { child, type Element, within, wordsOfElement } from '../xml/element.ts'
import { deskNote, stateOf, versionOf } from './versions.ts'

type Lose = (code: string, reason: string, words?: string) => void

/** The part of an article that stands in NITF. */
export type NitfStory = Pick<ArticleItem, 'title' | 'html' | 'authors' | 'media' | 'tags'> &
  Partial<ArticleItem>

const wordsIn = (element: Element | undefined) => element && wordsOf(wordsOfElement(element))

/** What a story of NITF says. */
export function storyOf(nitf: Element, lose: Lose): NitfStory {
  const first = (name: string) => within(nitf, name)[0]
  const head = first('body.head')
  const about = first('docdata')
  const media: ImportedMedia[] = []
  const content = first('body.content')
  const render = rendering(media, lose)
  const html = content ? innerHtml(content, render) : ''
  // What stands outside of the story's text is shown after it.
  const inText = new Set(content ? within(content, 'media') : [])
  for (const one of within(nitf, 'media')) if (!inText.has(one)) figureOf(one, media, lose)
  const tagline = wordsIn(first('tagline'))
  const headline = wordsIn(head && within(head, 'hl1')[0]) ?? wordsIn(first('title'))
  const dek = wordsIn(head && (within(head, 'hl2')[0] ?? within(head, 'abstract')[0]))
  const keys = within(nitf, 'keyword').flatMap(({ attributes: { key } }) => key ?? [])
  const attribute = (element: string, name: string) => first(element)?.attributes[name]
  const released = instantOf(normalized(attribute('date.release', 'norm') ?? ''))
  const issued = instantOf(normalized(attribute('date.issue', 'norm') ?? ''))
  const version = versionOf(attribute('du-key', 'version'))
  const rights = within(nitf, 'doc.copyright')[0]?.attributes
  const dateline = wordsIn(head && child(head, 'dateline'))
  const desk = within(nitf, 'ed-msg').flatMap((one) => one.attributes.info ?? wordsIn(one) ?? [])
  const section = nitf.children
    .flatMap((one) => within(one, 'tobject.subject'))
    .flatMap(({ attributes: a }) => a['tobject.subject.type'] ?? [])[0]
  return {
    title: headline ?? '',
    html: `${html}${tagline ? `<p>${escapeMarkup(tagline)}</p>` : ''}`,
    authors: authorsOf(head),
    media,
    tags: [...new Set(keys)],
    status: stateOf(about?.attributes['management-status']),
    ...(dek && { dek }),
    ...(section && { section }),
    ...(issued && { updatedAt: issued }),
    ...(released && (!issued || released > issued) && { embargoUntil: released }),
    ...(version && { version }),
    ...(rights?.holder && { publisher: rights.holder }),
    ...(rights?.holder && rights.year && { copyrightNotice: `© ${rights.year} ${rights.holder}` }),
    ...(dateline && { dateline }),
    ...deskNote({
      notice: /withheld|embargoed/.test(about?.attributes['management-status'] ?? '')
        ? `${about!.attributes['management-status']} by its agency`
        : undefined,
      'desk note': desk.join('\n'),
      urgency: attribute('urgency', 'ed-urg')
    })
  }
}

/** The identity of a document: doc-id, which names who gave it. */
export const idOf = (nitf: Element): string | undefined => {
  const { 'id-string': id, regsrc } = within(nitf, 'doc-id')[0]?.attributes ?? {}
  return id && `${regsrc ? `${regsrc}:` : ''}${id}`
}

/** ISO 8601 in its short form, which agencies write: 20261102T080000Z, 20261102T080000+0100, 20261102. */
function normalized(norm: string) {
  const [, y, m, d, time, zone = ''] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d{6}|\d{4})(Z|[+-]\d\d:?\d\d)?)?$/.exec(norm) ?? []
  if (!y) return norm
  const [h = '00', min = '00', s = '00'] = time?.match(/../g) ?? []
  return `${y}-${m}-${d}T${h}:${min}:${s}${zone.replace(/^(...)(\d\d)$/, '$1:$2') || 'Z'}`
}

const isPlain =
  /^(?:p|em|strong|sub|sup|ul|ol|li|dl|dt|dd|pre|q|br|hr|table|caption|thead|tbody|tfoot|tr|th|td)$/

/** NITF in HTML. What names people, places and sums is left as its words; what is furniture is left out. */
function rendering(media: ImportedMedia[], lose: Lose): Rendering {
  return (element, inner) => {
    const { name, attributes } = element
    if (isPlain.test(name)) {
      if (name === 'br' || name === 'hr') return `<${name}>`
      return `<${name}>${inner()}</${name}>`
    }
    switch (name) {
      case 'hl1':
      case 'hl2':
        return `<h2>${inner()}</h2>`
      case 'bq':
        return `<blockquote>${inner()}</blockquote>`
      case 'credit':
        return `<p>— ${inner()}</p>`
      case 'a': {
        const href = httpUrl(attributes.href)
        return href ? `<a href="${escapeMarkup(href)}">${inner()}</a>` : inner()
      }
      case 'media':
        return figureOf(element, media, lose)
      case 'note':
        lose('note-left-out', 'A note of the agency is no part of the story.', wordsIn(element))
        return ''
    }
    // Words and sums in a line, and blocks around paragraphs.
    return inner()
  }
}

const kinds: Record<string, ImportedMedia['kind']> = {
  image: 'image',
  photo: 'image',
  graphic: 'image',
  video: 'video',
  audio: 'audio'
}

function figureOf(element: Element, media: ImportedMedia[], lose: Lose): string {
  const kind = kinds[String(element.attributes['media-type'])]
  const references = within(element, 'media-reference').toSorted(
    (a, b) => Number(b.attributes.width ?? 0) - Number(a.attributes.width ?? 0)
  )
  const placed = references.flatMap(({ attributes }) => {
    const url = httpUrl(attributes.source)
    return url ? [{ ...attributes, url }] : []
  })
  const [best, ...others] = placed as { url: string; [name: string]: string }[]
  const caption = wordsIn(child(element, 'media-caption'))
  if (kind === undefined || best === undefined) {
    lose(
      'picture-left-out',
      'Only pictures, videos and sounds with an address become media.',
      caption?.slice(0, 300) ?? references[0]?.attributes.source
    )
    return ''
  }
  const producer = wordsIn(child(element, 'media-producer'))
  const alt = best['alternate-text']
  const id = best.url
  media.push({
    ...{ id, kind, url: best.url, otherUrls: others.map(({ url }) => url) },
    ...(caption && { caption }),
    ...(alt && { alt }),
    ...(Number(best.width) > 0 && { width: Number(best.width) }),
    ...(Number(best.height) > 0 && { height: Number(best.height) }),
    ...(producer && { credit: creditOf(producer, () => {}) })
  })
  return kind === 'image'
    ? `<figure><img data-picture="${escapeMarkup(id)}" src="${escapeMarkup(id)}"></figure>`
    : `<${kind} src="${escapeMarkup(id)}"></${kind}>`
}

/** "By Ann Lee", "Photos by Ann Lee" */
const bylineParts =
  /^(?:by:?\s+|(?<made>photo(?:graph)?s?|pictures?|video|graphics?|illustrations?)\s+by:?\s+)?(?<line>.*)$/isu

/** Names of a byline: those that are marked as people, with what follows them as their role, else its words. */
export function authorsOf(head: Element | undefined): Author[] {
  return (head ? within(head, 'byline') : []).flatMap((byline) => {
    const title = wordsIn(within(byline, 'byttl')[0])
    const marked = within(byline, 'person').flatMap((one) => wordsIn(one) ?? [])
    const words = byline.nodes
      .map((node) => (typeof node === 'string' ? node : node.name === 'byttl' ? '' : wordsOfElement(node)))
      .join('')
    const { made, line } = bylineParts.exec(wordsOf(words.replace(/[,\s]+$/, '')) ?? '')!.groups!
    const role = title ?? made
    const printed = line ? peopleIn(line) : []
    const names = marked.length > 0 ? marked : printed.length > 0 ? printed : line ? [line] : []
    return names.map((name) => ({ name, ...(role && { role }) }))
  })
}
