// When a page's story was published, by what the page says of itself and what it prints.
import { classesOf, type Element, wordsIn } from '../../content/body/html/tree.ts'
import { lineOf, wordsOf } from '../page/document.ts'
import { namesOf } from '../page/element-kinds.ts'
import type { PageContext } from '../page/page-context.ts'
import type { HeadlineContext } from './around-headline.ts'
import { dateWithin, instantOf } from './dates.ts'
import { texts } from './jsonld.ts'

const metas = [
  'article:published_time',
  'og:article:published_time',
  'og:published_time',
  'article:published',
  'parsely-pub-date',
  'sailthru.date',
  'datepublished',
  'dc.date.issued',
  'dcterms.issued',
  'dcterms.created',
  'dc.date.created',
  'dc.created',
  'publish-date',
  'publish_date',
  'publication_date',
  'publishdate',
  'pubdate',
  'cxenseparse:recs:publishtime',
  'article.published',
  'bt:pubdate'
]
/** In these, many systems put the day of the last change. */
const vagueMetas = ['date', 'dcterms.date', 'dc.date']
const changes = ['article:modified_time', 'og:updated_time', 'last-modified']
const isDated =
  /^(?:publish(?:ed)?|pubdate|posted|updated|postdate|entrydate|date|dateline|datetime|timestamp|datum|dateheader|articledate|storydate|byline|meta|postmeta|entrymeta|info|author|autor)$/

/** The first of the page's dates that is one: as `instantOf` reads it. */
export function publishedAt(
  asked: PageContext,
  near: HeadlineContext,
  canonical: string | undefined
): string | undefined {
  const { article, document } = asked
  const meta = (names: string[]) => names.flatMap((name) => document.metas.get(name) ?? [])
  const around = nearest(near)
  const sources = [
    () => texts(article?.datePublished),
    () => meta(metas),
    () => near.own.filter(isMarked).flatMap((element) => [...values(element), ...beginning(element)]),
    () => texts(article?.dateCreated),
    () => times(around),
    () => linesWith(around),
    () => around.filter(isCalled).flatMap(values),
    () => around.filter(isCalled).flatMap(beginning),
    () => times(near.inner),
    () => meta(vagueMetas),
    () => near.own.filter((element) => classesOf(element).includes('date-header')).flatMap(values),
    () => near.inner.filter(isCalled).flatMap(values),
    () => [addressDate(canonical) ?? ''],
    () => times(near.own),
    () => near.own.filter(isCalled).flatMap(values),
    () => linesWith(near.inner.filter(isLine).slice(-8).reverse()),
    () => texts(article?.dateModified).concat(meta(changes)),
    () => inScripts(document.elements)
  ]
  for (const source of sources) {
    const found = source().find((text) => instantOf(text) !== undefined)
    if (found) return found
  }
  return undefined
}

/** What is nearest to the headline, the lines right below it first. */
const nearest = ({ after, before }: HeadlineContext) => [
  ...after.slice(0, 25),
  ...before.slice(0, 20),
  ...after.slice(25),
  ...before.slice(20)
]

const isMarked = ({ attributes }: Element) =>
  /\bdatePublished\b/.test(attributes.itemprop ?? '') || 'pubdate' in attributes

const values = (element: Element) =>
  ['content', 'datetime', 'title']
    .flatMap((name) => element.attributes[name] ?? [])
    .concat(lineOf(element, 300) ?? [])
    .filter((text) => text.length <= 300)

/** Of an element that was never closed. */
const beginning = (element: Element) => [dateWithin((wordsOf(element) ?? '').slice(0, 60)) ?? []].flat()

const times = (some: Element[]) =>
  some.filter(({ tag, attributes }) => tag === 'time' && attributes.datetime).flatMap(values)

const isCalled = (element: Element) => {
  const { parts, whole } = namesOf(element)
  return parts.some((name) => isDated.test(name)) || whole.some((name) => isDated.test(name))
}

const isLine = ({ tag }: Element) =>
  /^(?:p|div|span|small|li|td|dd|dt|h[2-6]|address|time|header|footer)$/.test(tag)

const changed = /updated|modified|changed|aktualisiert|geändert|mis à jour|actualizado|copyright|©/i
const datePhrases =
  /(?:published|posted|veröffentlicht|erschienen|publié|publicado|pubblicato|gepubliceerd|publicerad|udgivet)[^.\d]{0,12}$/i

/** The dates in lines of a few words: those of changes last. */
function linesWith(some: Element[]): string[] {
  const found = some.filter(isLine).flatMap((element) => {
    const words = lineOf(element, 400) ?? ''
    const date = dateWithin(words)
    if (date === undefined) return []
    const isShort = words.length - date.length < 70 || datePhrases.test(words.slice(0, words.indexOf(date)))
    return isShort ? { date, last: changed.test(words) } : []
  })
  return found.sort((a, b) => Number(a.last) - Number(b.last)).map(({ date }) => date)
}

/** "/2019/05/06/": many addresses tell the day of a story. */
const addressDate = (address: string | undefined) =>
  /\/(?<date>(?:19|20)\d\d[/-](?:0[1-9]|1[0-2])[/-](?:0[1-9]|[12]\d|3[01]))(?:[/-]|$)/
    .exec(address ?? '')
    ?.groups?.date?.replaceAll('/', '-')

const key =
  /["']?(?:date_?published|published_?at|published_?date|publish_?date|publication_?date|pub_?date|first_?published|date)["']?\s*[:=]\s*["'](?<date>[12]\d{3}-\d\d-\d\d[^"']{0,30})["']/i

/** What a page keeps for its scripts. */
const inScripts = (elements: Element[]) =>
  elements
    .filter(({ tag }) => tag === 'script')
    .flatMap((element) => key.exec(wordsIn(element))?.groups?.date ?? [])
