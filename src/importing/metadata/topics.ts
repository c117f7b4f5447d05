// The section and the tags of a page's story.

import type { Element } from '../../content/body/html/tree.ts'
import { folded } from '../../content/body/text.ts'
import { hasWord, lineOf, within, wordsOf } from '../page/document.ts'
import { namesIn, namesOf } from '../page/element-kinds.ts'
import type { Asked } from '../page/page-context.ts'
import type { Vicinity } from './around-headline.ts'
import { crumbsOf, plain, texts } from './jsonld.ts'

const sections = ['article:section', 'parsely-section', 'section', 'dc.subject.section', 'og:article:section']

/** The section, by meta elements, JSON-LD, links to it, and the path that leads to the page. */
export function sectionOf(asked: Asked, near: Vicinity, title: string | undefined): string | undefined {
  const { article, meta, document } = asked
  const printed = document.elements.find(
    (element) => hasWord(element, 'rel', 'category') || element.attributes.itemprop === 'articleSection'
  )
  return (
    meta(...sections) ??
    texts(article?.articleSection)[0] ??
    wordsOf(printed) ??
    [...near.after, ...near.before].flatMap(categoryIn)[0] ??
    lastOf(crumbsOf(document.elements), title) ??
    lastOf(document.elements.filter(isCrumbs).slice(0, 1).flatMap(linksIn), title)
  )
}

const called = (names: RegExp) => (element: Element) =>
  namesOf(element).whole.some((name) => names.test(name))
const isCategory = called(
  /^(?:(?:post|entry|article)?(?:cat|cats|catlinks|category|categories|kategorien?|ressort|rubrik)(?:links?)?)$/
)
const isCrumbs = (element: Element) =>
  namesIn(element, ['class', 'id', 'aria-label']).parts.some((name) => /^breadcrumbs?$/.test(name)) &&
  linksIn(element).length > 0

const linksIn = (element: Element) =>
  within(element)
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
    .at(-1) ?? path.find((one) => one !== title && one.length <= 60 && !front.test(one))

const front = /^(?:home(?: ?page)?|start(?:seite)?|accueil|inicio|início|hjem|hem|forside|[»›>/]*)$/i

const lists = ['news_keywords', 'keywords']
/** What pages tell those who measure their readers. */
const measured = ['sailthru.tags', 'parsely-tags']

/** Every tag that the page names, each once. */
export function tagsOf({ article, document: { metas } }: Asked, near: Vicinity): string[] {
  const values = (...names: string[]) => names.map((name) => (metas.get(name) ?? []).map(plain))
  const each = [...values('article:tag', 'og:article:tag'), texts(article?.keywords)].flatMap(apart)
  const said = [
    ...each,
    ...values(...lists)
      .flat()
      .flatMap(split)
  ]
  const other = values(...measured).flatMap(apart)
  const linked = near.own.filter(isTag)
  const links =
    linked.length > 0
      ? linked
      : near.own
          .filter(isTags)
          .slice(0, 1)
          .flatMap(within)
          .filter(({ tag }) => tag === 'a')
  const printed = links.flatMap((element) => wordsOf(element)?.replace(/\s\(\d+[^()]*\)$/, '') ?? [])
  const found = new Map<string, string>()
  for (const name of [said, other, printed].find((names) => names.length > 0) ?? []) {
    const tag = folded(plain(name)).replace(/^[#"]|"$/g, '')
    const key = tag.toLowerCase()
    if (tag && tag.length <= 100 && !found.has(key)) found.set(key, tag)
  }
  return [...found.values()].slice(0, 100)
}

/** A list in one string is taken apart; of several strings, each is a tag. */
const apart = (names: string[]) => (names.length > 1 ? names : names.flatMap(split))
const split = (list: string) => plain(list).split(/;|,(?![^()]*\))/)

const isTag = (element: Element) =>
  element.tag === 'a' && !hasWord(element, 'rel', 'category') && hasWord(element, 'rel', 'tag')
const tagHref = /\/(?:tags?|schlagwort|schlagworte|keywords?|etiquetas?|thema|themen|topics?|taxonomy)\/[^/]/

/** A list of links to tags and nothing else: it is called so, or its addresses say it. */
function isTags(element: Element): boolean {
  if (!/^(?:ul|ol|p|div|span|section|footer|dl)$/.test(element.tag)) return false
  const line = lineOf(element, 1000)
  const links = line ? within(element).filter(({ tag }) => tag === 'a') : []
  if (line === undefined || links.length === 0) return false
  const rest = line.length - links.map((link) => wordsOf(link) ?? '').join(' ').length
  const isCalled = namesOf(element).parts.some((name) =>
    /^(?:tags|taglist|keywords|schlagworte|schlagwörter)$/.test(name)
  )
  return (
    rest < 15 + 3 * links.length &&
    (isCalled || links.every(({ attributes }) => tagHref.test(attributes.href ?? '')))
  )
}
