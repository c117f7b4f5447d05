// Language tags by RFC 5646 and the IANA registry. (Intl canonicalises by CLDR, which turns Montenegrin into Serbian.)
import { createRequire } from 'node:module'

interface Entry {
  Type: string
  Tag?: string
  Subtag?: string
  Prefix?: string[]
  'Preferred-Value'?: string
}

/** The registry: types and subtags in lower case, with their preferred values. */
function read() {
  const file = 'language-subtag-registry/data/json/registry.json'
  // JSON has no types of its own.
  const entries = createRequire(import.meta.url)(file) as Entry[]
  const names = entries.map(({ Type, Tag, Subtag, Prefix, 'Preferred-Value': preferred }) => {
    const name = Type === 'extlang' ? `${Prefix![0]}-${Subtag}` : (Tag ?? Subtag)!
    return [`${Type} ${name}`.toLowerCase(), preferred] as const
  })
  return new Map(names)
}

let names: Map<string, string | undefined> | undefined
/** Loaded lazily: it is a megabyte. */
function registry() {
  names ??= read()
  return names
}

/** The syntax of RFC 5646, 2.1, without grandfathered tags. */
const syntax =
  /^(?<language>[a-z]{2,3}(?:-[a-z]{3})?)(?<script>-[a-z]{4})?(?<region>-(?:[a-z]{2}|\d{3}))?(?<variants>(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*)(?<extensions>(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*)(?<own>-x(?:-[a-z\d]{1,8})+)?$/
const privateUse = /^x(?:-[a-z\d]{1,8})+$/
/** Codes for private use (RFC 5646, 2.2.1). */
const privateUseLanguage = /^q[a-t][a-z]$/

/**
 * Canonicalises a language tag (RFC 5646, 4.5): `EN-gb` is `en-GB`, and subtags are replaced by their preferred values.
 * Undefined for an invalid tag, or one whose language is not registered.
 */
export function languageTag(tag: string): string | undefined {
  if (tag !== last.tag) last = { tag, canonical: canonicalOf(tag) }
  return last.canonical
}

/** The tag that was asked for last: a newsroom writes in few languages, and a story says its own more than once. */
let last: { tag: string; canonical: string | undefined } = { tag: '', canonical: undefined }

function canonicalOf(tag: string): string | undefined {
  const lower = tag.toLowerCase()
  for (const type of ['grandfathered', 'redundant']) {
    const whole = `${type} ${lower}`
    const preferred = registry().get(whole)
    if (preferred !== undefined) return preferred
    if (type === 'grandfathered' && registry().has(whole)) return lower
  }
  return privateUse.test(lower) ? lower : normalised(lower)
}

function normalised(lower: string): string | undefined {
  const parts = syntax.exec(lower)?.groups
  if (parts === undefined) return undefined
  const language = languageOf(parts.language!)
  const variants = parts.variants!.split('-').slice(1)
  const singletons = parts.extensions!.match(/(?<=-)[a-z\d](?=-)/g) ?? []
  if (language === undefined || [variants, singletons].some(hasDouble)) return undefined
  const region = preferred('region', parts.region?.slice(1))
  const tag = [language, parts.script?.slice(1), region, ...variants.map((one) => preferred('variant', one))]
  const rest = `${parts.extensions}${parts.own ?? ''}`
  return (
    tag
      .filter((part) => part !== undefined)
      .map(cased)
      .join('-') + rest
  )
}

/** The primary language subtag; an extended language becomes one: zh-yue is yue. */
function languageOf(name: string): string | undefined {
  const type = name.includes('-') ? 'extlang' : 'language'
  const isKnown = registry().has(`${type} ${name}`) || privateUseLanguage.test(name)
  return isKnown ? preferred(type, name) : undefined
}

const preferred = (type: string, name: string | undefined) => registry().get(`${type} ${name}`) ?? name

const hasDouble = (parts: string[]) => new Set(parts).size < parts.length

/** Regions in upper case, scripts in title case (RFC 5646, 2.1.1). */
function cased(part: string, place: number): string {
  if (place === 0 || !/^[a-z]+$/i.test(part)) return part
  if (part.length === 2) return part.toUpperCase()
  return part.length === 4 ? part.charAt(0).toUpperCase() + part.slice(1) : part
}

/** The tag as it is stored. Invalid ones, from older releases, stay as they are. */
export const canonical = (tag: string) => languageTag(tag) ?? tag

/**
 * The language ranges that match a tag by basic filtering (RFC 4647, 3.3.1): `fr-CA` is matched by `fr-CA` and by `fr`.
 */
export function rangesOf(tag: string): string[] {
  const parts = tag.split('-')
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('-'))
}

/** The span of longer tags that a range matches, in byte order: from `fr-` to before `fr.`. */
export const prefixSpan = (range: string) => ({ from: `${range}-`, before: `${range}.` })
