// Values that a schema of the document allows.
import fc from 'fast-check'
import { below, between, pick, type Random, shuffled } from '../bench/random.ts'
import { type Document, examplesOf, resolved, type Schema } from './document.ts'

/** What values are made from. */
export interface Sampling {
  document: Document
  random: Random
  /** What free texts may be. */
  texts: string[]
  /** What instants may be. */
  instants: string[]
  /** An id of a record that is there, by its prefix. */
  idOf(prefix: string): string | undefined
  /** Whether values stand at the edge of what is allowed. */
  edge?: boolean
}

export const instants = [
  '2020-02-29T23:59:59.999Z',
  '2026-11-02T08:30:00.000Z',
  '2035-03-01T06:00:00.000Z',
  '2035-03-01T06:00:00+05:45',
  '1970-01-01T00:00:00Z'
]
const languages = ['en', 'en-GB', 'nb-NO', 'zh-Hant-TW', 'und', 'sr-Latn-RS', 'de-CH-1901']
const addresses = [
  'https://news.example/story',
  'http://[2001:db8::1]/a?b=c#d',
  'https://media.example/%F0%9F%98%80'
]
const emails = ['ines@site.example', 'a+b@site.example']

/** How deep values nest before they are kept small. */
const deepest = 6

/** A value that a schema allows, as far as the schema tells. */
export function sample(schema: Schema, s: Sampling, depth = 0): unknown {
  const { random } = s
  const it = resolved(s.document, schema)
  if ('const' in it) return it.const
  if (it.enum) return pick(random, it.enum)
  const examples = examplesOf(it)
  if (examples.length > 0 && !s.edge && random() < (depth === 0 ? 0.8 : 0.5))
    return living(pick(random, examples), s)
  const choices = it.anyOf ?? it.oneOf
  if (choices && !it.properties) return sample(pick(random, choices), s, depth)
  const types = [it.type ?? 'anything'].flat()
  const type = types.length > 1 && random() < 0.9 ? types.find((one) => one !== 'null')! : pick(random, types)
  return makers[type]!(it, s, depth)
}

const makers: Record<string, (schema: Schema, s: Sampling, depth: number) => unknown> = {
  object,
  array,
  string: (schema, s) => text(schema, s),
  integer: number,
  number,
  boolean: (_, { random }) => random() < 0.5,
  null: () => null,
  anything: (_, s, depth) =>
    depth > deepest ? null : pick(s.random, [1, true, pick(s.random, s.texts), [], {}])
}

function object(schema: Schema, s: Sampling, depth: number) {
  const { properties = {}, maxProperties, minProperties = 0 } = schema
  const { needed, barred } = demands(schema, s.random)
  const often = depth > 2 ? 0.2 : 0.5
  const all = shuffled(s.random, Object.keys(properties)).filter((name) => !barred.includes(name))
  const some = all.filter((name) => needed.includes(name) || (depth < deepest && s.random() < often))
  const names = (some.length < minProperties ? all.slice(0, minProperties) : some).slice(0, maxProperties)
  const made = names.map((name) => [name, sample(properties[name]!, s, depth + 1)])
  const isOpen = schema.additionalProperties === true && all.length === 0
  const others = isOpen ? [[pick(s.random, s.texts), sample({}, s, depth + 1)]] : []
  return Object.fromEntries([...made, ...others])
}

/** What an object must have, and what it must not, for one of its alternatives. */
function demands({ required = [], oneOf = [] }: Schema, random: Random) {
  const chosen = oneOf.length > 0 ? (pick(random, oneOf).required ?? []) : []
  const others = oneOf.flatMap((one) => one.required ?? [])
  return { needed: [...required, ...chosen], barred: others.filter((name) => !chosen.includes(name)) }
}

function array(schema: Schema, s: Sampling, depth: number) {
  const { minItems = 0, maxItems = 5, items = {} } = schema
  const most = Math.min(maxItems, s.edge && depth < 3 ? 100 : 3)
  const length = s.edge
    ? pick(s.random, [minItems, Math.max(minItems, most)])
    : between(s.random, minItems, Math.max(minItems, most))
  const made = Array.from({ length }, () => sample(items, s, depth + 1))
  if (!schema.uniqueItems) return made
  return [...new Map(made.map((one) => [JSON.stringify(one), one])).values()]
}

/** The numbers there may be, the small ones more often: what they count are few. */
function number({ minimum = 0, maximum = 1000 }: Schema, { random, edge }: Sampling) {
  if (edge) return pick(random, [minimum, maximum])
  return random() < 0.7
    ? Math.min(maximum, minimum + below(random, 3))
    : between(random, minimum, Math.min(maximum, minimum + 1000))
}

/** Whether nothing but its length is asked of a text. */
export const isFree = (schema: Schema) =>
  [schema.type].flat().includes('string') &&
  schema.pattern === undefined &&
  (schema.format === undefined || schema.format === 'visible-text') &&
  schema.enum === undefined &&
  schema.const === undefined

function text(schema: Schema, s: Sampling): string {
  const { random } = s
  const prefix = prefixOf(schema)
  if (prefix) return s.idOf(prefix) ?? unknownId(prefix, random)
  if (schema.format === 'date-time') return pick(random, s.instants)
  if (schema.format === 'bcp47') return pick(random, languages)
  if (schema.format?.endsWith('email')) return pick(random, emails)
  if (schema.format === 'href' || schema.pattern?.includes('https?://')) return pick(random, addresses)
  if (schema.pattern) return patterned(schema, random)
  return s.edge ? longest(schema, s) : fitted(pick(random, s.texts), schema)
}

/** The prefix of the ids that a schema takes: `art`. */
export const prefixOf = ({ pattern = '' }: Schema) => /^\^\(?([a-z]{3})_\[0-7\]/.exec(pattern)?.[1]

/** An id that nothing has. */
export const unknownId = (prefix: string, random: Random) =>
  `${prefix}_01${Array.from({ length: 24 }, () => pick(random, [...'0123456789abcdefghjkmnpqrstvwxyz'])).join('')}`

function patterned({ pattern, maxLength = 100, examples = [] }: Schema, random: Random): string {
  // fast-check makes no letters of a Unicode class.
  if (examples.length > 0 && (random() < 0.5 || pattern!.includes('\\p{')))
    return String(pick(random, examples))
  return pick(random, matching(pattern!)).slice(0, maxLength)
}

const matchingTexts = new Map<string, string[]>()

/** Texts that match a pattern. They are made at once: what makes them takes longer to make than a request to be answered. */
function matching(pattern: string): string[] {
  const made =
    matchingTexts.get(pattern) ??
    fc.sample(fc.stringMatching(new RegExp(pattern)), { seed: pattern.length, numRuns: 100 })
  matchingTexts.set(pattern, made)
  return made
}

/** A text made as short or as long as it has to be, in code points. */
export function fitted(words: string, { minLength = 0, maxLength = 1000 }: Schema): string {
  const characters = [...words]
  return characters.slice(0, maxLength).join('') + 'x'.repeat(Math.max(0, minLength - characters.length))
}

/** The most that is sent for the longest text: what is longer is a load test. */
const mostCharacters = 20_000

function longest({ minLength = 0, maxLength = 1000 }: Schema, { random }: Sampling) {
  const length = pick(random, [minLength, Math.min(maxLength, mostCharacters)])
  return pick(random, ['a', 'é', '\u{1f600}']).repeat(length)
}

/** An example, with ids of records that are there in the place of its own. */
function living(example: unknown, { idOf }: Sampling): unknown {
  const text = JSON.stringify(example).replace(
    /"([a-z]{3})_[0-7][0-9a-hjkmnp-tv-z]{25}"/g,
    (id, prefix) => JSON.stringify(idOf(prefix)) ?? id
  )
  return JSON.parse(text)
}
