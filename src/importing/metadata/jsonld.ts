// What a page says of itself in JSON-LD.
import { treeOf } from '../../content/body/html/parse.ts'
import { type Element, wordsIn } from '../../content/body/html/tree.ts'
import { collapseSpace } from '../../content/body/text.ts'

export type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const known = new WeakMap<Element[], Json[]>()

/** Every object in the JSON-LD of a page. */
export const objectsIn = (elements: Element[]): Json[] => {
  const found: Json[] = known.get(elements) ?? []
  if (known.has(elements)) return found
  known.set(elements, found)
  for (const element of elements)
    if (element.tag === 'script' && /ld\+json/i.test(element.attributes.type ?? ''))
      collect(parseLenient(wordsIn(element)), found, 0)
  return found
}

const isA = (type: RegExp) => (one: Json) => type.test(String(one['@type']))

/**
 * The object of the story; undefined when the page has none that can be read. What it does not say of its author and
 * date, the object of its page may.
 */
export function articleOf(elements: Element[]): Json | undefined {
  const found = objectsIn(elements)
  const articles = found.filter(isA(/Article|BlogPosting|Report|Review\b/))
  const article = articles.find(({ headline }) => texts(headline).length > 0) ?? articles[0]
  const page = found.find(isA(/^(?:Recipe|WebPage|CreativeWork|SocialMediaPosting|ItemPage)$/))
  const { author, datePublished } = page ?? {}
  const whole = {
    ...(author !== undefined && { author }),
    ...(datePublished !== undefined && { datePublished }),
    ...article
  }
  return Object.keys(whole).length > 0 ? withReferences(whole, namedIn(found)) : undefined
}

/** The names of the pages that lead to this one, the front page first. */
export function crumbsOf(elements: Element[]): string[] {
  const list = objectsIn(elements).find(isA(/BreadcrumbList/))
  const items = [list?.itemListElement].flat().filter(isObject)
  return items.flatMap((one) => texts(one)[0] ?? texts(one.item)[0] ?? [])
}

const isFullObject = (one: Json) => typeof one['@id'] === 'string' && Object.keys(one).length > 1

/** What readers say of what a page is about. */
const aside = /^(?:reviews?|comments?)$/

/** Every object, those in graphs and in others too. */
function collect(value: unknown, into: Json[], depth: number) {
  if (depth > 8) return
  if (Array.isArray(value)) for (const one of value) collect(one, into, depth + 1)
  else if (isObject(value)) {
    into.push(value)
    for (const [key, one] of Object.entries(value)) if (!aside.test(key)) collect(one, into, depth + 1)
  }
}

/** The objects that others may name by their `@id`. */
export const namedIn = (objects: Json[]) =>
  new Map<unknown, Json>(objects.flatMap((one) => (isFullObject(one) ? [[one['@id'], one]] : [])))

/** The object with those that it only names by `@id` in their place. */
export function withReferences(object: Json, named: Map<unknown, Json>): Json {
  const follow = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(follow)
    return isObject(value) && !isFullObject(value) ? (named.get(value['@id']) ?? value) : value
  }
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, follow(value)]))
}

/** Scripts as pages write them: with line breaks in strings, wrapped in comments, with a comma too many. */
function parseLenient(script: string): unknown {
  const bare = script
    .replace(/^\s*(?:\/\/\s*)?(?:<!--|<!\[CDATA\[)|(?:\/\/\s*)?(?:-->|\]\]>)\s*$/g, '')
    .replace(/;\s*$/, '')
  for (const mended of [
    bare,
    bare.replace(control, ' '),
    bare.replace(control, ' ').replace(/,\s*(?=[}\]])/g, '')
  ]) {
    try {
      return JSON.parse(mended)
    } catch {}
  }
  return undefined
}

// JSON wants them escaped.
const control = /\p{Cc}+/gu
const entity = /&(?:#\d+|#x[\da-f]+|[a-z]+);/i
const tagged = /<\/?[a-z][^<>]*>/i

/** The words of a string that may have been written as HTML. */
export function plain(text: string): string {
  if (!entity.test(text) && !tagged.test(text)) return collapseSpace(text.replaceAll('\0', ''))
  return collapseSpace(
    wordsIn(treeOf(text.slice(0, 6000), { elements: 6000, depth: 6000, attributes: 6000 }))
  )
}

/** The words that a value names: a string, the name of an object, or a list of them. */
export const texts = (value: unknown): string[] =>
  [value]
    .flat(2)
    .map((one) => (isObject(one) ? [one.name].flat()[0] : one))
    .flatMap((one) => (typeof one === 'string' && one.isWellFormed() ? plain(one) || [] : []))
