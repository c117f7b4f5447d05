// Who wrote a story, by what the page prints: around its headline, in it, and at its end.
import { classesOf, type Element } from '../../content/body/html/tree.ts'
import { descendantsOf, hasWord, lineOf, wordsOf } from '../page/document.ts'
import { namesIn as attributeNames } from '../page/element-kinds.ts'
import type { HeadlineContext } from './around-headline.ts'
import {
  byPhrase,
  genrePhrase,
  isLabel,
  isWholeName,
  nameAfterBy,
  peopleIn,
  signature,
  statedNames
} from './people.ts'

const maxNames = 50
const unique = (names: string[]) => [...new Set(names)].slice(0, maxNames)

const isByline =
  /^(?:byline|bylines|bylinename|author|authors|authorname|articleauthor|postauthor|entryauthor|autor|autoren|autorin|auteur|auteurs|vcard|fn|writer|writtenby|postedby|contributor|verfasser|redakteur|autore|autori|autores|autrice|schrijver|forfatter|författare|skribent|reporter|journalist|periodista|firma|signature|signatur)$/

const isCalled = (element: Element) => {
  const { parts, whole } = attributeNames(element, ['class', 'id', 'data-testid', 'data-component'])
  return parts.some((one) => isByline.test(one)) || whole.some((one) => isByline.test(one))
}
const isMarked = ({ attributes }: Element) =>
  /(?:^|\s)(?:author|creator)(?:\s|$)/.test(attributes.itemprop ?? '')
const profile =
  /\/(?<kind>authors?|autor(?:en|in|es|i|zy)?|autore|auteurs?|contributors?|writers?|reporters?|journalist(?:s|es|en|er|i|as)?|journalister|periodistas?|firmas?|columnistas?|redactor(?:es)?|forfattere?|författare|skribent(?:er)?|profiles?)\/[^/]/
const kindOfLink = ({ attributes }: Element) => profile.exec(attributes.href ?? '')?.groups?.kind
const isLinked = (element: Element) =>
  element.tag === 'a' && (hasWord(element, 'rel', 'author') || kindOfLink(element) !== undefined)

type Read = (element: Element) => string[]
type Way = [is: (element: Element) => boolean, read: Read]

/** What the page prints as its authors: the nearest to the headline first; undefined where it prints none. */
export function printedAuthors(
  { after, before, inner, own }: HeadlineContext,
  { unlike, isOfHeadline }: { unlike: (name: string) => boolean; isOfHeadline: (name: string) => boolean }
): string[] | undefined {
  const fits = (name: string) => unlike(name) && !isOfHeadline(name)
  const people = (read: Read) => (element: Element) => unique(read(element).filter(fits))
  const ways: Way[] = [
    [isMarked, namesIn],
    [isLinked, linkedNames],
    [isCalled, namesIn]
  ]
  for (const ring of [after, before, inner]) {
    for (const [is, read] of ways) {
      const [found] = all(ring, is, people(read))
      if (found) return is === isLinked ? together(ring, found, fits) : found
    }
    const [said] = all(
      ring,
      isLine,
      people((element) => byPhrase(wordsOf(element)!))
    )
    const named = said ?? labelled(ring).find((names) => names.some(fits))
    if (named) return named
  }
  const [signed] = all(atEnd(inner), () => true, signature)
  const pictures = new Set(after.filter(({ tag }) => tag === 'figure').flatMap(descendantsOf))
  const [agency] = all(
    after.slice(0, 8).filter((element) => !pictures.has(element)),
    isCredit,
    namesIn
  )
  // The house itself, printed as the author right below the headline.
  const [house] = ways.flatMap(([is, read]) =>
    all(after.slice(0, 30), is, (element) => read(element).filter((name) => !isOfHeadline(name)))
  )
  return signed ?? agency ?? house ?? elsewhere(own, ways, people)
}

/** The lines below the last paragraph of a story, the last first. */
function atEnd(inner: Element[]): Element[] {
  const end = inner.findLastIndex((element) => element.tag === 'p' && (wordsOf(element)?.length ?? 0) > 160)
  const lines = (some: Element[]) =>
    some.filter((element) => /^(?:p|div|address)$/.test(element.tag) && isLine(element))
  return [...lines(inner).slice(-8), ...lines(inner.slice(end + 1)).slice(0, 8)].reverse()
}

/** What all elements of these read, where that is somebody. */
const all = (some: Element[], is: (element: Element) => boolean, read: Read) =>
  some.flatMap((element) => {
    const names = is(element) ? unique(read(element)) : []
    return names.length > 0 ? [names] : []
  })

/** Far from the headline, names that differ, or stand in a link to a page, are those of other stories. */
function elsewhere(own: Element[], ways: Way[], people: (read: Read) => Read): string[] | undefined {
  const linked = new Set(own.filter(({ tag }) => tag === 'a').flatMap(descendantsOf))
  const apart = own.filter((element) => !linked.has(element))
  for (const [is, read] of ways) {
    const found = all(apart, is, people(read))
    const [first] = found
    if (first && found.every((names) => names.some((name) => first.includes(name)))) return first
  }
  return undefined
}

/** The names that stand after "Author" or "by", in an element of their own. */
const labelled = (ring: Element[]) =>
  ring.flatMap((element, i) => {
    const line = isLine(element) ? wordsOf(element)! : ''
    const name = nameAfterBy(line)
    const [link] = descendantsOf(element).filter(({ tag }) => tag === 'a')
    if (name !== undefined && wordsOf(link) === name) return [statedNames(name)]
    if (!isLabel(line)) return []
    const next = ring.slice(i + 1, i + 5).find((one) => !line.includes(wordsOf(one) ?? line))
    const words = (next && lineOf(next, 120)) ?? ''
    const isLink =
      next &&
      descendantsOf(next)
        .concat(next)
        .some(({ tag }) => tag === 'a')
    const names = isLink ? statedNames(words) : peopleIn(words).filter(isWholeName)
    return names.length > 0 ? [names] : []
  })

/** Whether an element right below the headline says whom the story is from: an agency. */
const isCredit = (element: Element) =>
  attributeNames(element, ['class']).whole.some((name) =>
    /^(?:credit|source|agency|agentur|quelle)$/.test(name)
  )

/** Who posted to a blog, by the microformat that Blogger has for them. */
export const posterOf = ({ own }: HeadlineContext): string[] | undefined =>
  all(
    own.filter((element) => classesOf(element).includes('post-author')).flatMap(descendantsOf),
    (element) => classesOf(element).includes('fn'),
    (element) => statedNames(wordsOf(element) ?? '')
  )[0]

/** The authors whom the first lines of a story name together with its kind: "An interview by Ann Lee". */
export function authorNamedByStory({ after, inner }: HeadlineContext): string[] {
  const lines = [...after.slice(0, 15), ...inner.slice(0, 15)].filter(isLine)
  return lines.map((element) => genrePhrase(wordsOf(element)!)).find((names) => names.some(isWholeName)) ?? []
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
  const kind = kindOfLink(ring[at]!)
  return unique(
    ring
      .slice(at, at + 12)
      .filter((element) => isLinked(element) && kindOfLink(element) === kind)
      .flatMap((element) => linkedNames(element))
      .filter(unlike)
  )
}

/** The names that an element called a byline holds: those of its links, else its words. */
function namesIn(element: Element): string[] {
  if (lineOf(element, 400) === undefined) return []
  const named = descendantsOf(element)
  const stated = named.filter(({ attributes }) => attributes.itemprop === 'name')
  const links = named.filter(({ tag }) => tag === 'a')
  for (const some of [stated, links]) {
    const names = some.flatMap((one) => peopleIn(wordsOf(one) ?? ''))
    const whole = names.filter((name) => name.includes(' '))
    if (names.length > 0) return whole.length > 0 ? whole : names
  }
  return lineOf(element, 150) === undefined
    ? []
    : peopleIn(wordsOf(element)!).filter(
        (name) => / |^\p{Lu}/u.test(name) || stands(element) || isSaid(element)
      )
}

/** "by gull7": the words of the byline say that a name follows. */
const isSaid = (element: Element) => nameAfterBy(wordsOf(element)!) !== undefined

/** hCard: a name in small letters is one there. */
const stands = (element: Element) => classesOf(element).some((name) => name === 'vcard' || name === 'fn')

/** An element of a few words, and of no blocks. */
const isLine = (element: Element) => {
  return (
    /^(?:p|div|span|em|i|b|strong|h[2-6]|small|address|li|td|a)$/.test(element.tag) &&
    lineOf(element, 160) !== undefined
  )
}
