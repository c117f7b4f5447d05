// Who wrote a page's story, by what the page says of itself and what it prints.
import { classesOf, type Element } from '../../content/body/html/tree.ts'
import { hasWord, lineOf, within, wordsOf } from '../page/document.ts'
import { namesIn as attributeNames } from '../page/element-kinds.ts'
import type { Asked } from '../page/page-context.ts'
import type { Vicinity } from './around-headline.ts'
import { type Json, texts } from './jsonld.ts'
import { byPhrase, peopleIn, signature, statedNames } from './people.ts'

const metas = [
  'author',
  'article:author',
  'og:article:author',
  'parsely-author',
  'sailthru.author',
  'byl',
  'dc.creator',
  'dcterms.creator',
  'dc.creator.personalname',
  'article.author',
  'citation_author',
  'cxenseparse:author'
]
const most = 50

/** The names of a story's authors: JSON-LD, meta elements, what is printed around the headline, the story's own words. */
export function authorsOf(asked: Asked, publisher: string | undefined, near: Vicinity): string[] {
  const { document, article } = asked
  const stated = [creatorsIn(article), ...metas.map((name) => document.metas.get(name) ?? []), cardOf(asked)]
  const unlike = (name: string) => name.toLowerCase() !== publisher?.toLowerCase()
  const said = stated.map((names) => unique(names.flatMap(statedNames)))
  const people = said.map((names) => names.filter(unlike)).find((names) => names.length > 0)
  const isBlogger = document.elements.some((element) => classesOf(element).includes('post-body'))
  // Blogger's poster is who copied the story, not who wrote it.
  if (isBlogger) return creatorsIn(article).length > 0 ? (people ?? []) : []
  return people ?? printedAuthors(near, unlike) ?? said.find((names) => names.length > 0) ?? []
}

const unique = (names: string[]) => [...new Set(names)].slice(0, most)

const creatorsIn = (article: Json | undefined) => texts(article?.author).concat(texts(article?.creator))

/** "Written by" in the card that a page has for Twitter: WordPress puts its authors there. */
const cardOf = ({ meta, document }: Asked) =>
  /^(?:written|posted) by$|^(?:verfasst|geschrieben) von$|^écrit par$|^escrito por$|^scritto da$|^geschreven door$|^skre(?:vet|t) a[vf]$/i.test(
    meta('twitter:label1') ?? ''
  )
    ? (document.metas.get('twitter:data1') ?? [])
    : []

const isByline =
  /^(?:byline|bylines|bylinename|author|authors|authorname|articleauthor|postauthor|entryauthor|autor|autoren|autorin|auteur|auteurs|vcard|fn|writer|writtenby|postedby|contributor|verfasser|redakteur)$/

const isCalled = (element: Element) => {
  const { parts, whole } = attributeNames(element, ['class', 'id', 'data-testid', 'data-component'])
  return parts.some((one) => isByline.test(one)) || whole.some((one) => isByline.test(one))
}
const isMarked = ({ attributes }: Element) =>
  /(?:^|\s)(?:author|creator)(?:\s|$)/.test(attributes.itemprop ?? '')
const isLinked = (element: Element) =>
  element.tag === 'a' &&
  (hasWord(element, 'rel', 'author') ||
    /\/(?:authors?|autor(?:en|in)?|auteurs?|contributors?|writers?)\/[^/]/.test(
      element.attributes.href ?? ''
    ))

/** What the page prints as its authors: the nearest to the headline first; undefined where it prints none. */
function printedAuthors({ after, before, inner, own }: Vicinity, unlike: (name: string) => boolean) {
  const first = (
    some: Element[],
    is: (element: Element) => boolean,
    read: (element: Element) => string[]
  ) => {
    for (const element of some) {
      if (!is(element)) continue
      const names = unique(read(element).filter(unlike))
      if (names.length > 0) return names
    }
    return undefined
  }
  const rings = [after, before, inner, own]
  const ways: [(element: Element) => boolean, (element: Element) => string[]][] = [
    [isMarked, namesIn],
    [isLinked, linkedNames],
    [isCalled, namesIn]
  ]
  for (const ring of rings) {
    for (const [is, read] of ways) {
      const found = first(ring, is, read)
      if (found) return ring === own || is !== isLinked ? found : together(ring, found, unlike)
    }
    const said = first(ring === own ? [] : ring, isLine, (element) => byPhrase(wordsOf(element)!))
    if (said) return said
  }
  const last = inner
    .filter((element) => /^(?:p|div|address)$/.test(element.tag) && isLine(element))
    .slice(-8)
    .reverse()
  return first(
    last,
    () => true,
    (element) => signature(element)
  )
}

/** The link to an author's page may be of any name; other links only of what looks like one. */
const linkedNames = (element: Element) => {
  const words = lineOf(element, 150) ?? ''
  const isSaid = hasWord(element, 'rel', 'author') || classesOf(element).includes('fn')
  return isSaid ? statedNames(words) : peopleIn(words).filter((name) => /^\p{Lu}.*\s/u.test(name))
}

/** All that a line of links to authors names. */
const together = (ring: Element[], found: string[], unlike: (name: string) => boolean) => {
  const at = ring.findIndex((element) => isLinked(element) && linkedNames(element).includes(found[0]!))
  return unique(
    ring
      .slice(at, at + 12)
      .filter(isLinked)
      .flatMap((element) => linkedNames(element))
      .filter(unlike)
  )
}

/** The names that an element called a byline holds: those of its links, else its words. */
function namesIn(element: Element): string[] {
  if (lineOf(element, 400) === undefined) return []
  const named = within(element)
  const stated = named.filter(({ attributes }) => attributes.itemprop === 'name')
  const links = named.filter(({ tag }) => tag === 'a')
  for (const some of [stated, links]) {
    const names = some.flatMap((one) => peopleIn(wordsOf(one) ?? ''))
    const whole = names.filter((name) => name.includes(' '))
    if (names.length > 0) return whole.length > 0 ? whole : names
  }
  return lineOf(element, 150) === undefined
    ? []
    : peopleIn(wordsOf(element)!).filter((name) => / |^\p{Lu}/u.test(name) || stands(element))
}

/** hCard: a name in small letters is one there. */
const stands = (element: Element) => classesOf(element).some((name) => name === 'vcard' || name === 'fn')

/** An element of a few words, and of no blocks. */
const isLine = (element: Element) => {
  return (
    /^(?:p|div|span|em|i|b|strong|h[2-6]|small|address|li|td|a)$/.test(element.tag) &&
    lineOf(element, 160) !== undefined
  )
}
