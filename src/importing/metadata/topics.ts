// The section and the tags of a page's story.

import { classesOf, type Element } from '../../content/body/html/tree.ts'
import { collapseSpace } from '../../content/body/text.ts'
import { descendantsOf, hasWord, lineOf, wordsOf } from '../page/document.ts'
import { namesIn, namesOf } from '../page/element-kinds.ts'
import type { PageContext } from '../page/page-context.ts'
import type { HeadlineContext } from './around-headline.ts'
import { crumbsOf, plain, texts } from './jsonld.ts'

const sections = ['article:section', 'parsely-section', 'section', 'dc.subject.section', 'og:article:section']

/** The section, by meta elements, JSON-LD, links to it, and the path that leads to the page. */
export function sectionOf(
  asked: PageContext,
  near: HeadlineContext,
  title: string | undefined
): string | undefined {
  const { article, meta, document } = asked
  const printed = document.elements.find(
    (element) => hasWord(element, 'rel', 'category') || element.attributes.itemprop === 'articleSection'
  )
  return (
    meta(...sections) ??
    texts(article?.articleSection)[0] ??
    wordsOf(printed) ??
    [...near.after, ...near.before].flatMap(categoryIn)[0] ??
    categoryLink([...near.after, ...near.before]) ??
    lastOf(crumbsOf(document.elements), title) ??
    lastOf(document.elements.filter(isCrumbs).slice(0, 1).flatMap(linksIn), title) ??
    categoryOfPost(asked, near) ??
    categoryLink(near.own.filter(isCategory).flatMap(descendantsOf)) ??
    folderOf(asked)
  )
}

/** "/category/canals", "/Category:Canals": where many systems have the stories of a section. */
const categoryHref =
  /\/(?:categor(?:y|ies|ia|ie)|cat[ée]gories?|kategorien?|kategori|categorias?|rubri[kc]en?|rubriques?|ressorts?)[/:][^/]/i

/** The words of the first link that leads to a category. */
const categoryLink = (some: Element[]) =>
  some
    .filter(({ tag, attributes }) => tag === 'a' && categoryHref.test(attributes.href ?? ''))
    .map((link) => wordsOf(link))
    .find((words) => words !== undefined && words.length <= 40)

/** The words of the first link on the page that leads to one of these folders of the site. */
const linkTo = ({ document }: PageContext, folder: string) => {
  const path = new RegExp(`^(?:https?://[^/]+)?/(?:[^/]+/)*${RegExp.escape(folder)}/?$`, 'i')
  const links = document.elements.filter(
    ({ tag, attributes }) => tag === 'a' && path.test(attributes.href ?? '')
  )
  return links.map((link) => wordsOf(link)).find((words) => words !== undefined && words.length <= 40)
}

/** WordPress tells the categories of a post in its classes. */
function categoryOfPost(asked: PageContext, { own }: HeadlineContext): string | undefined {
  const post = own.find((element) => classesOf(element).includes('hentry'))
  const [category] = classesOf(post ?? asked.story).flatMap(
    (name) => /^category-(?<slug>[\p{L}-]+)$/u.exec(name)?.groups?.slug ?? []
  )
  if (category === undefined) return undefined
  return (
    linkTo(asked, category) ??
    category.replaceAll('-', ' ').replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
  )
}

/** "/canal/weir-opens-again": the folder that a page stands in, by the name that links to it have. */
function folderOf(asked: PageContext): string | undefined {
  const folders = new URL(asked.canonical ?? 'http://unknown/').pathname.split('/').slice(1, -1)
  const [first] = folders.filter((one) => /^\p{L}[\p{L}-]+$/u.test(one) && !anyStory.test(one))
  return first === undefined ? undefined : linkTo(asked, first)
}

/** Folders of all stories alike. */
const anyStory =
  /^(?:\p{L}{2}|articles?|artikel|artigos?|articulos?|notas?|stor(?:y|ies)|posts?|blogs?|index|web|content|node|view|id|archives?|wiki|docs|public|detail|p)$/iu

const called = (names: RegExp) => (element: Element) =>
  namesOf(element).whole.some((name) => names.test(name))
const isCategory = called(
  /^(?:(?:post|entry|article|item)?(?:cat|cats|catlinks|category|categories|kategorien?|ressort|rubrik)(?:links?)?)$/
)
const isCrumbs = (element: Element) =>
  namesIn(element, ['class', 'id', 'aria-label']).parts.some((name) =>
    /^(?:breadcrumbs?|crumbs|brotkrumen?|rootline|ariane|migas)$/.test(name)
  ) && linksIn(element).length > 0

const linksIn = (element: Element) =>
  descendantsOf(element)
    .filter(({ tag }) => tag === 'a')
    .flatMap((link) => wordsOf(link) ?? [])

const categoryIn = (element: Element): string[] => {
  if (!isCategory(element)) return []
  const [first] = linksIn(element)
  const words = first ?? wordsOf(element) ?? ''
  return words.length > 0 && words.length <= 40 && words.split(' ').length <= (first ? 5 : 2) ? [words] : []
}

/** The last of a path that is neither the page itself nor the front page. */
const lastOf = (path: string[], title: string | undefined) =>
  path
    .filter((one) => one !== title && one.length <= 60)
    .slice(1)
    .at(-1) ?? path.find((one) => one !== title && one.length <= 60 && !homeNames.test(one))

const homeNames = /^(?:home(?: ?page)?|start(?:seite)?|accueil|inicio|início|hjem|hem|forside|[»›>/]*)$/i

const lists = ['news_keywords', 'keywords']
const isFiled = /^(?:filed (?:under|in)|tags|topics|schlagw[oö]rter|themen)$/i
/** What pages tell those who measure their readers. */
const analyticsTags = ['sailthru.tags', 'parsely-tags']

/** Every tag that the page names, each once. */
export function tagsOf({ article, document: { metas } }: PageContext, near: HeadlineContext): string[] {
  const values = (...names: string[]) => names.map((name) => (metas.get(name) ?? []).map(plain))
  const each = [...values('article:tag', 'og:article:tag'), texts(article?.keywords)].flatMap(splitLists)
  const said = [
    ...each,
    ...values(...lists)
      .flat()
      .flatMap(split)
  ].filter(hasWords)
  const filed = metas.get('twitter:label2')?.some((label) => isFiled.test(label))
    ? values('twitter:data2').flat().flatMap(split)
    : []
  const other = values(...analyticsTags).flatMap(splitLists)
  const found = new Map<string, string>()
  // The card for Twitter may have them all where the other elements have a few.
  const whole = filed.length > said.length && said.every((name) => filed.map(collapseSpace).includes(name))
  const stated = [whole ? filed : said, other].find((names) => names.length > 0)
  for (const name of stated ?? printedTags(near)) {
    const tag = collapseSpace(plain(name)).replace(/^[#"]|"$/g, '')
    const key = tag.toLowerCase()
    if (tag && tag.length <= 100 && !found.has(key)) found.set(key, tag)
  }
  return withoutInverted([...found.values()])
}

/** An element that is there and says nothing names no tag. */
const hasWords = (name: string) => /[\p{L}\p{N}]/u.test(name)

/** "Keel, Ada B" is the "Ada Keel" that is among the tags as well. */
function withoutInverted(tags: string[]): string[] {
  const known = new Set(tags.map((tag) => tag.toLowerCase()))
  return tags.filter((tag) => {
    const { last, first, given } = inverted.exec(tag.toLowerCase())?.groups ?? {}
    return !known.has(`${given} ${last}`) && !known.has(`${first} ${last}`)
  })
}
const inverted = /^(?<last>[^,]+), (?<given>(?<first>[^\s,]+)[^,]*)$/

/** The words of links to tags: of those marked as such, of a list of them, of all that lead to one. */
function printedTags({ own }: HeadlineContext): string[] {
  const marked = own.filter(isTag)
  const links = marked.length > 0 ? marked : listOfTags(own)
  const all = links.length > 0 ? links : own.filter(leadsToTag).slice(0, 30)
  return all.flatMap((element) => wordsOf(element)?.replace(/\s\(\d+[^()]*\)$/, '') ?? [])
}

/** The links of the first list of them; one that holds others, too, is taken where none is all of tags. */
function listOfTags(own: Element[]): Element[] {
  const lead = own.some(leadsTo)
  const some = own.filter((element) => isContainer.test(element.tag) && (lead || isCalledTags(element)))
  const list = some.find((element) => isTags(element, 1)) ?? some.find((element) => isTags(element, 0.8))
  return list ? descendantsOf(list).filter(({ tag }) => tag === 'a') : []
}

/** A list in one string is taken apart; of several strings, each is a tag. */
const splitLists = (names: string[]) => (names.length > 1 ? names : names.flatMap(split))
const split = (list: string) => plain(list).split(/;|,(?![^()]*\))/)

const isTag = (element: Element) =>
  element.tag === 'a' && !hasWord(element, 'rel', 'category') && hasWord(element, 'rel', 'tag')
const tagHref =
  /\/(?:tags?|tagi|schlagworte?|stichworte?|keywords?|etiquetas?|thema|themen|topics?|temas?|temat|topicos?|onderwerp(?:en)?|argomenti|assuntos?|aihe(?:et)?|avainsanat?|emner?|emneord|[aä]mnen?|mots?-cles?|taxonomy)\/[^/]/

const leadsToTag = ({ tag, attributes }: Element) =>
  tag === 'a' && /\/tags?\/[^/?#]+\/?$/.test(attributes.href ?? '')

const leadsTo = ({ tag, attributes }: Element) => tag === 'a' && tagHref.test(attributes.href ?? '')
const isContainer = /^(?:ul|ol|p|div|span|section|footer|dl)$/

/** A list of links to tags and nothing else: it is called so, or so many of its addresses say it. */
function isTags(element: Element, share: number): boolean {
  const line = lineOf(element, 1000)
  const links = line ? descendantsOf(element).filter(({ tag }) => tag === 'a') : []
  if (line === undefined || links.length === 0) return false
  const rest = line.length - links.map((link) => wordsOf(link) ?? '').join(' ').length
  return (
    rest < 15 + 3 * links.length &&
    (isCalledTags(element) || links.filter(leadsTo).length >= links.length * share)
  )
}

const isCalledTags = (element: Element) =>
  namesOf(element).parts.some((name) =>
    /^(?:tags|taglist|keywords|schlagworte|schlagwörter|stichworte|emneord|trefwoorden|etiquetas|motscles)$/.test(
      name
    )
  )
