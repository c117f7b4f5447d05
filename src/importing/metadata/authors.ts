// Who wrote a page's story, by what the page says of itself and what it prints.
import { classesOf } from '../../content/body/html/tree.ts'
import { copyrightHolder } from '../page/boilerplate.ts'
import { lineOf, wordsOf } from '../page/document.ts'
import type { PageContext } from '../page/page-context.ts'
import type { HeadlineContext } from './around-headline.ts'
import { type Json, texts } from './jsonld.ts'
import { genrePhrase, isWholeName, nameInOrder, statedNames } from './people.ts'
import { authorNamedByStory, posterOf, printedAuthors } from './printed-authors.ts'

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
/** Those of libraries, where the last name may stand first. */
const catalogued = /^(?:dc|dcterms)\.|^citation_/

/**
 * The names of a story's authors: what its own first lines say ("An interview by Ann Lee"), JSON-LD, meta elements, what is
 * printed around the headline. Where the head of the page names no person in full, a person whom the page prints as its
 * author goes before: systems put the house, or a login, into their meta elements.
 */
export function authorsOf(
  asked: PageContext,
  { publisher, title = '' }: { publisher: string | undefined; title: string | undefined },
  near: HeadlineContext
): string[] {
  const { document, article } = asked
  const inMeta = (name: string) => {
    const values = document.metas.get(name) ?? []
    return catalogued.test(name) ? values.map(nameInOrder) : values
  }
  const stated = [creatorsIn(article), ...metas.map(inMeta), cardOf(asked)]
  const unlike = (name: string) => name.toLowerCase() !== publisher?.toLowerCase()
  const isOfHeadline = (name: string) => !isWholeName(name) && title.includes(name)
  const said = stated.map((names) => unique(names.flatMap(statedNames)))
  const people = longest(said.map((names) => names.filter(unlike)))
  const isBlogger = document.elements.some((element) => classesOf(element).includes('post-body'))
  // A blogger is named below what they post.
  if (isBlogger) return (creatorsIn(article).length > 0 ? people : posterOf(near)) ?? described(asked)
  const own = authorNamedByStory(near)
  if (own.length > 0) return own
  if (people?.some(isWholeName)) return people
  const printed = printedAuthors(near, { unlike, isOfHeadline })
  if (people === undefined)
    return (
      printed ?? said.find((names) => names.length > 0) ?? [described(asked), ownerOf(asked)].find(some) ?? []
    )
  return printed?.every(isWholeName) ? printed : people
}

const some = (names: string[]) => names.length > 0

/** A description begins as the story does: "Posted by Ann Lee". */
const described = ({ meta }: PageContext) => {
  const [sentence] = (meta('og:description', 'description') ?? '').split(/(?<=\p{Ll}{2})\.\s/u)
  return genrePhrase(sentence!)
}

/** Whose page it is, where one person has the rights to it and the site is called by their name. */
function ownerOf({ document: { elements } }: PageContext): string[] {
  const title = wordsOf(elements.find(({ tag }) => tag === 'title')) ?? ''
  const lines = elements.flatMap(
    (element) => (/^(?:p|div|span|small|li)$/.test(element.tag) && lineOf(element, 160)) || []
  )
  const owners = lines.flatMap((line) => copyrightHolder(line.split(/\.(?:\s|$)/)[0]!) ?? [])
  return owners.filter((name) => isWholeName(name) && title.includes(name)).slice(0, 1)
}

const unique = (names: string[]) => [...new Set(names)]

/** The first of the lists that names somebody; a later one where that names them all, and others too. */
function longest(lists: string[][]): string[] | undefined {
  const first = lists.find((names) => names.length > 0)
  const hasAll = (names: string[]) => {
    const all = new Set(names)
    return first?.every((name) => all.has(name))
  }
  return lists.find((names) => names.length > (first?.length ?? 0) && hasAll(names)) ?? first
}

const creatorsIn = (article: Json | undefined) => texts(article?.author).concat(texts(article?.creator))

/** "Written by" in the card that a page has for Twitter: WordPress puts its authors there. */
const cardOf = ({ meta, document }: PageContext) =>
  /^(?:written|posted) by$|^(?:verfasst|geschrieben) von$|^écrit par$|^escrito por$|^scritto da$|^geschreven door$|^skre(?:vet|t) a[vf]$/i.test(
    meta('twitter:label1') ?? ''
  )
    ? (document.metas.get('twitter:data1') ?? [])
    : []
