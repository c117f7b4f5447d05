// Who wrote a page's story: names apart, without the words around them.
import { classesOf, type Element } from '../../content/body/html/tree.ts'
import type { Asked } from '../page/asked.ts'
import { hasWord, within, wordsOf } from '../page/document.ts'
import { namesOf } from '../page/kinds.ts'
import { texts } from './jsonld.ts'

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

export function authorsOf(asked: Asked, publisher: string | undefined): string[] {
  const {
    document: { elements, metas: said },
    article,
    story
  } = asked
  const clean = (names: string[]) =>
    [...new Set(names.flatMap((one) => peopleIn(one, publisher)))].slice(0, 50)
  const json = clean(texts(article?.author).concat(texts(article?.creator)))
  if (json.length > 0) return json
  // Blogger's poster is who copied the story, not who wrote it.
  if (elements.some((element) => classesOf(element).includes('post-body'))) return []
  const listed = metas.map((name) => clean(said.get(name) ?? [])).find((names) => names.length > 0)
  if (listed) return listed
  const printed = printedAuthors(elements, story)
  return printed.map((group) => clean(group)).find((names) => names.length > 0) ?? []
}

const isByline =
  /^(?:byline|bylines|bylinename|author|authors|authorname|articleauthor|postauthor|entryauthor|autor|autoren|auteur|vcard|fn|writer|writtenby|postedby|contributor)$/

/** What the page prints as its authors: microdata, links to their pages, elements so called. */
function printedAuthors(elements: Element[], story: Element): string[][] {
  const names = (some: Element[]) =>
    some
      .slice(0, 12)
      .flatMap((element) => wordsOf(element) ?? [])
      .filter((text) => text.length < 150)
  const authors = elements.filter(({ attributes }) =>
    /(?:^|\s)author(?:\s|$)/.test(attributes.itemprop ?? '')
  )
  const inner = authors.flatMap(within).filter(({ attributes }) => attributes.itemprop === 'name')
  const linked = elements.filter((element) => element.tag === 'a' && hasWord(element, 'rel', 'author'))
  const called = (some: Element[]) =>
    some.filter((element) => {
      const { parts, whole } = namesOf(element)
      return parts.some((one) => isByline.test(one)) || whole.some((one) => isByline.test(one))
    })
  const h1 = elements.findIndex(({ tag }) => tag === 'h1')
  const near = h1 < 0 ? [] : elements.slice(h1, h1 + 60)
  const first = (some: Element[]) => names(called(some)).slice(0, 1)
  return [
    names(inner),
    names(authors),
    names(linked),
    first(near),
    first(within(story)),
    first(elements),
    said(near)
  ]
}

const by =
  /^(?:(?:posted|published|written|reported|geschrieben|verfasst|publié|escrito|scritto|geschreven) )?(?:(?:on|am|le) [^,]{6,30} )?(?:by|von|par|por|di|door|av|af)(?::| |$)/i

/** "By Ana Example" in an element of its own, near the headline. */
const said = (near: Element[]) =>
  near
    .flatMap((element) => wordsOf(element) ?? [])
    .filter((text) => text.length < 100 && by.test(text))
    .slice(0, 1)

const lead =
  /^[\s•·|:–—,-]*(?:(?:(?:posted|published|written|reported|story|text|words|article|review|geschrieben|verfasst|ein beitrag|ein artikel|publié|escrito|scritto|geschreven|skrevet|skriven|autor(?:in|en)?|author|auteur)s?)\b[\s:]*)?(?:(?:on|am|le)\s[^,]{6,30}\s)?(?:(?:by|von|par|por|di|door|av|af)\b[\s:]*)?/iu
const job =
  /\b(?:writers?|reporters?|editors?|correspondents?|columnists?|contributors?|journalists?|photographers?|producers?|redakteur(?:in)?|redaktion|staff|korrespondent(?:in)?|autor(?:in)?|admin|administrator|team|news desk|newsroom|editorial|bureau|published|updated)$/i
const joint = /\s*(?:,|;|\||•|·|\n|\/|\s&\s|\s(?:and|und|et|y|e|en|og|och|with|mit)\s)\s*/iu
const particle = /^(?:de|da|del|della|di|du|dos|la|le|van|von|der|den|ter|ten|zu|af|al|bin|ibn|el|y|e)$/

/** "By Ann Lee and Bob Ray, Staff Writers": two people. */
export function peopleIn(printed: string, publisher: string | undefined): string[] {
  if (URL.canParse(printed) || printed.length > 300) return []
  const bare = printed
    .replace(lead, '')
    .replace(/\([^()]*\)|<[^<>]*>|\S+@\S+\.\S+/g, ' ')
    .replace(/\s+(?:on|am|le|in|for|für)\s.*\d.*$/i, '')
  const names = bare.split(joint).map((name) =>
    name
      .replace(lead, '')
      .replace(/^[\s"'.:–—-]+|[\s"':–—-]+$/g, '')
      .replace(/\s+/g, ' ')
      .replace(/^(?:Dr|Prof)\.\s/, (title) => title)
  )
  return names.filter((name) => isPerson(name) && name.toLowerCase() !== publisher?.toLowerCase())
}

const isPerson = (name: string) => {
  const words = name.split(' ')
  return (
    name.length >= 2 &&
    words.length <= 6 &&
    !job.test(name) &&
    !/\d{2}|https?:|www\.|[@{}[\]#]/.test(name) &&
    /\p{L}/u.test(name) &&
    words.every(
      (word) => /^[\p{Lu}\p{Lo}\p{N}'’"„“(]/u.test(word) || particle.test(word) || words.length === 1
    )
  )
}
