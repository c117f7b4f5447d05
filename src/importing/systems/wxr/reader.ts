// WordPress' exports (WXR 1.0 to 1.2): RSS with elements of its own. Read twice: attachments and reusable blocks may come
// after the posts that show them, in another file of the same export.
import { addressKey } from '../../pictures/address-key.ts'
import type { ExportFile, Item, Loss, RefusedExport, SiteItem, SystemReader } from '../item.ts'
import { plainOf } from '../text.ts'
import { type Element, isElement, textOf } from '../xml/element.ts'
import { eachFile, elementsAt, ofBrokenFile } from '../xml/read.ts'
import { attachmentOf } from './attachments.ts'
import { commentsOf } from './comments.ts'
import { articleOf } from './post.ts'
import type { Site } from './site.ts'
import { unreadTerm } from './terms.ts'
import { unreadElements } from './unread.ts'

export const wxrReader: SystemReader = {
  name: 'wxr',
  recognises: (head) => /<rss\b/.test(head) && /wordpress\.org\/export\/|<wp:wxr_version>/.test(head),
  read
}

/** Types of posts that tell how a site looks, and are no words of anybody's. */
const furniture =
  /^(?:nav_menu_item|custom_css|customize_changeset|oembed_cache|wp_global_styles|wp_template|wp_template_part|wp_navigation|wp_font_family|wp_font_face|revision|user_request|wp_block|attachment|guest-author)$/

async function* read(files: ExportFile[]): AsyncGenerator<Item> {
  const site: Site = {
    ...{ authors: new Map(), attachments: new Map(), uploads: new Map(), reusable: new Map() },
    ...{ categories: new Map(), used: new Set(), files: new Map() }
  }
  const collected = eachFile(files, async function* (file) {
    const siteIn = siteOf(file.name)
    for await (const element of elementsAt(3, file))
      if (!isElement(element)) yield element
      else {
        yield* siteIn(element)
        yield* collect(element, site, file.name)
      }
  })
  const posts = eachFile(files, async function* (file) {
    for await (const element of elementsAt(3, file))
      if (isElement(element) && element.name === 'item') yield* itemsOf(element, site, file.name)
  })
  let broken: RefusedExport | undefined
  for (const reading of [collected, posts])
    try {
      yield* reading
    } catch (error) {
      broken = ofBrokenFile(error)
    }
  // What stands in no article is in the library of the site all the same.
  for (const { parent: _, place, ...media } of site.attachments.values())
    if (!site.used.has(media.id)) yield { kind: 'media', place, media }
  if (broken) throw broken
}

/** Tells of the site that a file is of: by its own field, or else by the link of the channel. */
function siteOf(place: string) {
  let link = ''
  let isTold = false
  return function* ({ name, text }: Element): Generator<SiteItem> {
    if (isTold) return
    if (name === 'link') link ||= text.trim()
    const id = name === 'wp:base_blog_url' ? text.trim() : name === 'item' ? link : ''
    isTold = id !== '' || name === 'item'
    if (id !== '') yield { kind: 'site', place, id }
  }
}

/** Takes what posts refer to; yields what of it could not be kept. */
function* collect(element: Element, site: Site, file: string): Generator<Loss> {
  const { name, text } = element
  if (/^wp:(?:category|tag|term)$/.test(name)) yield* unreadTerm(element, file)
  if (/^(?:item|wp:author|wp:category|wp:tag|wp:term)$/.test(name))
    yield* unreadElements(element, name === 'item' ? placeOf(file, element) : `${file}: ${name}`)
  if (name === 'language') site.language = text.trim()
  else if (name === 'wp:base_blog_url' || (name === 'link' && site.url === undefined))
    site.url = text.trim() || undefined
  else if (name === 'wp:author') addAuthor(element, site)
  else if (name === 'wp:category')
    site.categories.set(textOf(element, 'wp:term_id').trim(), plainOf(textOf(element, 'wp:cat_name')).trim())
  if (name !== 'item') return
  const type = textOf(element, 'wp:post_type')
  if (type === 'wp_block')
    site.reusable.set(textOf(element, 'wp:post_id'), textOf(element, 'content:encoded'))
  if (type === 'guest-author') addGuest(element, site)
  if (type !== 'attachment') return
  const losses: Loss[] = []
  const place = placeOf(file, element)
  const one = attachmentOf(element, (code, reason, words) =>
    losses.push({ kind: 'loss', place, code, reason, ...(words && { words }) })
  )
  yield* losses
  if (one === undefined) return
  site.attachments.set(one.id, { ...one, place })
  site.files.set(addressKey(one.url), one.id)
  site.uploads.set(one.parent, [...(site.uploads.get(one.parent) ?? []), one.id])
}

/** Where an item stands, for people: "export.xml: post 13". */
export const placeOf = (file: string, item: Element) =>
  `${file}: ${textOf(item, 'wp:post_type') || 'item'} ${textOf(item, 'wp:post_id') || textOf(item, 'link')}`

function addAuthor(element: Element, { authors }: Site) {
  const login = textOf(element, 'wp:author_login').trim()
  const parts = [textOf(element, 'wp:author_first_name'), textOf(element, 'wp:author_last_name')]
  const full = parts
    .map((part) => part.trim())
    .filter(Boolean)
    .join(' ')
  const name = plainOf(textOf(element, 'wp:author_display_name')).trim() || full || login
  authors.set(login, { id: `author-${login}`, name })
}

/** Guest authors of Co-Authors Plus are posts of their own. */
function addGuest(element: Element, { authors }: Site) {
  const slug = textOf(element, 'wp:post_name').replace(/^cap-/, '')
  const name = plainOf(textOf(element, 'title')).trim()
  if (slug && name && !authors.has(slug)) authors.set(slug, { id: `author-${slug}`, name })
}

function* itemsOf(element: Element, site: Site, file: string): Generator<Item> {
  const type = textOf(element, 'wp:post_type') || 'post'
  const place = placeOf(file, element)
  if (furniture.test(type)) {
    if (!/^(?:attachment|wp_block|guest-author)$/.test(type))
      yield {
        kind: 'loss',
        place,
        code: 'no-article',
        reason: `A ${type} tells how the site looks, or looked: it is no article.`
      }
    return
  }
  const status = textOf(element, 'wp:status')
  if (status === 'auto-draft' && textOf(element, 'content:encoded').trim() === '') {
    yield { kind: 'loss', place, code: 'no-article', reason: 'An empty draft that WordPress made by itself.' }
    return
  }
  const { article, losses } = articleOf(element, site, place)
  yield* losses
  yield article
  yield* commentsOf(element, article.id, place)
}
