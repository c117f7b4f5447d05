// Language tags as RFC 5646 and the IANA registry have them. CLDR, and so Intl, makes Serbian of Montenegrin.
import { createRequire } from 'node:module'

interface Entry {
  Type: string
  Tag?: string
  Subtag?: string
  Prefix?: string[]
  'Preferred-Value'?: string
}

/** What the registry names, in small letters, and what is to be written in its place. */
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
/** A megabyte, read for the first tag that comes. */
function registry() {
  names ??= read()
  return names
}

/** The syntax of RFC 5646, 2.1, without what the registry only keeps for older tags. */
const syntax =
  /^(?<language>[a-z]{2,3}(?:-[a-z]{3})?)(?<script>-[a-z]{4})?(?<region>-(?:[a-z]{2}|\d{3}))?(?<variants>(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*)(?<extensions>(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*)(?<own>-x(?:-[a-z\d]{1,8})+)?$/
const privateUse = /^x(?:-[a-z\d]{1,8})+$/
/** Codes that are never given to a language (RFC 5646, 2.2.1). */
const ownLanguage = /^q[a-t][a-z]$/

/**
 * A language tag in the one way it is stored, `en-GB`, however it was typed: as RFC 5646, 4.5 says, with its parts replaced
 * only by what the registry prefers. Undefined for what is no tag, or names no language of the registry.
 */
export function languageTag(tag: string): string | undefined {
  const small = tag.toLowerCase()
  for (const type of ['grandfathered', 'redundant']) {
    const whole = `${type} ${small}`
    const preferred = registry().get(whole)
    if (preferred !== undefined) return preferred
    if (type === 'grandfathered' && registry().has(whole)) return small
  }
  return privateUse.test(small) ? small : composed(small)
}

function composed(small: string): string | undefined {
  const parts = syntax.exec(small)?.groups
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

/** The language of a tag, with an extended language as the language it is: zh-yue is yue. */
function languageOf(name: string): string | undefined {
  const type = name.includes('-') ? 'extlang' : 'language'
  const isKnown = registry().has(`${type} ${name}`) || ownLanguage.test(name)
  return isKnown ? preferred(type, name) : undefined
}

const preferred = (type: string, name: string | undefined) => registry().get(`${type} ${name}`) ?? name

const hasDouble = (parts: string[]) => new Set(parts).size < parts.length

/** Regions in capitals, and scripts with one (RFC 5646, 2.1.1). */
function cased(part: string, place: number): string {
  if (place === 0 || !/^[a-z]+$/i.test(part)) return part
  if (part.length === 2) return part.toUpperCase()
  return part.length === 4 ? part.charAt(0).toUpperCase() + part.slice(1) : part
}

/** The tag as it is stored. What an older release took for one stays. */
export const canonical = (tag: string) => languageTag(tag) ?? tag

/**
 * The ranges that find a tag by basic filtering (RFC 4647, 3.3.1): the tag, and what it begins with up to a hyphen.
 * `fr-CA` is found by `fr-CA` and by `fr`.
 */
export function rangesOf(tag: string): string[] {
  const parts = tag.split('-')
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('-'))
}

/** The text that tags of a range begin with, beside the range itself, and the first text after all of them. */
export const span = (range: string) => ({ from: `${range}-`, before: `${range}.` })
