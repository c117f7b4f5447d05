// What is wrong with an input, and what is right instead, in words, from Ajv's errors.
import type { FastifySchemaValidationError } from 'fastify'
import type { Fault } from '../problems.ts'
import { likeliest } from './likeliest.ts'

/** What an error's schema tells (Ajv's option `verbose`). */
interface Told {
  properties?: Record<string, object>
  required?: string[]
  description?: string
  examples?: unknown[]
  type?: string | string[]
  format?: string
  anyOf?: Told[]
  oneOf?: Told[]
  propertyNames?: object
  $ref?: string
}
export type ValidationError = FastifySchemaValidationError & { parentSchema?: Told; data?: unknown }

/** A fault with its place and remedy. */
export function faultOf({
  instancePath,
  keyword,
  params,
  message,
  parentSchema = {}
}: ValidationError): Fault {
  const under = (name: unknown) =>
    `${instancePath}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`
  if (keyword === 'additionalProperties') {
    const name = String(params.additionalProperty)
    return { pointer: under(name), detail: unknown(name, Object.keys(parentSchema.properties!)) }
  }
  if (keyword === 'required') return { pointer: under(params.missingProperty), detail: 'is missing.' }
  const words = inWords[keyword]?.(params, parentSchema)
  return { pointer: instancePath, detail: words ?? `${message}.` }
}

/** Formats already say what their patterns do: of the errors at one place one is told. */
export const withoutRepetition = (errors: ValidationError[]) => {
  const formatted = new Set(errors.filter(isFormat).map(({ instancePath }) => instancePath))
  return errors.filter(({ keyword, instancePath }) => keyword !== 'pattern' || !formatted.has(instancePath))
}
const isFormat = ({ keyword }: ValidationError) => keyword === 'format'

/** Names that are known elsewhere for what is called otherwise here, and what to do instead of sending them. */
const otherNames: Record<string, string> = {
  content: 'body',
  text: 'body',
  author: 'bylines',
  authors: 'bylines',
  byline: 'bylines',
  headline: 'title',
  heading: 'title',
  subtitle: 'dek',
  standfirst: 'dek',
  lede: 'dek',
  excerpt: 'summary',
  abstract: 'summary',
  description: 'summary',
  category: 'section',
  categories: 'tags',
  keywords: 'tags',
  topics: 'tags',
  lang: 'language',
  locale: 'language',
  note: 'reason',
  reason: 'note',
  speaker: 'attributions',
  source: 'sourceId',
  license: 'licence',
  credit: 'creditLine',
  src: 'url',
  href: 'url',
  page: 'cursor',
  offset: 'cursor',
  search: 'q',
  query: 'q',
  order: 'sort',
  orderBy: 'sort',
  per_page: 'limit',
  pageSize: 'limit'
}

function unknown(name: string, known: string[]): string {
  if (known.length === 0) return 'is not known: nothing is taken here.'
  const meant = known.includes(otherNames[name] ?? '') ? otherNames[name] : likeliest(name, known)
  const step =
    name === 'status' && known.includes('title')
      ? ' The status is changed by POST .../publish and the like.'
      : ''
  return `is not known.${meant ? ` Is ${meant} meant?` : ''}${step} This takes: ${known.join(', ')}.`
}

type Words = (params: Record<string, unknown>, schema: Told) => string | undefined

const plural = (limit: unknown, noun: string) => `${limit} ${noun}${limit === 1 ? '' : 's'}`

const example = ({ examples }: Told) =>
  examples === undefined ? '' : ` For example ${JSON.stringify(examples[0])}.`

const inWords: Record<string, Words> = {
  enum: ({ allowedValues }) => `must be one of: ${(allowedValues as unknown[]).join(', ')}.`,
  type: ({ type }, schema) => `must be ${[type].flat().map(withArticle).join(' or ')}.${shape(schema)}`,
  pattern: (_, schema) => `is not of the right form.${example(schema)} ${schema.description ?? ''}`.trim(),
  format: ({ format }) => formats[String(format)],
  minLength: ({ limit }) =>
    limit === 1
      ? 'is empty: send at least one character.'
      : `must have ${plural(limit, 'character')} at least.`,
  maxLength: ({ limit }) => `must have ${plural(limit, 'character')} at most.`,
  minItems: ({ limit }) => `must have ${plural(limit, 'item')} at least.`,
  maxItems: ({ limit }) => `must have ${plural(limit, 'item')} at most.`,
  minProperties: ({ limit }, { properties }) =>
    properties
      ? `must have one of: ${Object.keys(properties).join(', ')}.`
      : `must have ${limit} of its fields at least.`,
  maxProperties: ({ limit }) => `must have ${limit} of its fields at most.`,
  minimum: ({ limit }) => `must be ${limit} or more.`,
  maximum: ({ limit }) => `must be ${limit} or less.`,
  uniqueItems: ({ i, j }) => `must have each item once: those at ${j} and ${i} are the same.`
}

const withArticle = (type: unknown) => articles[String(type)] ?? String(type)
const articles: Record<string, string> = {
  array: 'a list',
  object: 'an object',
  integer: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false'
}

/** How an object looks at least, where one has to be sent. */
function shape(schema: Told): string {
  if (schema.properties === undefined) return example(schema)
  const names = schema.required ?? Object.keys(schema.properties)
  return ` It has the fields ${Object.keys(schema.properties).join(', ')}: {${names.map((name) => `"${name}": ...`).join(', ')}}.`
}

/** The remedy for each format. */
const formats: Record<string, string> = {
  'date-time':
    'must be an instant with its time zone, such as 2026-11-02T08:30:00Z or 2026-11-02T09:30:00+01:00; in an address `+` is written %2B.',
  uri: 'must be an address on the web, such as https://news.example/story.',
  href: 'must be a link, such as https://news.example/story, /about or mailto:desk@news.example.',
  'idn-email': 'must be an e-mail address, such as ines@mail.example.',
  'visible-text': 'has no visible character: send words, or leave it out.',
  bcp47: 'is no language tag of BCP 47 with a language of the IANA registry: send one such as en or pt-BR.'
}

/** Describes the alternatives of an `anyOf` or `oneOf`, from its schema and the errors of its branches. */
export function describeForms({ parentSchema = {} }: ValidationError, refused: ValidationError[]): string {
  const written = (parentSchema.anyOf ?? []).flatMap(({ properties }) => Object.keys(properties ?? {}))
  if (written.length > 0)
    return `must be exactly one of ${written.map((name) => `{"${name}": "..."}`).join(', ')}, or Portable Text: a list of blocks`
  const branches = parentSchema.oneOf ?? []
  const either = branches.flatMap(({ required = [], propertyNames }) =>
    propertyNames === undefined ? required : []
  )
  const alone = branches.flatMap(({ required = [], propertyNames }) =>
    propertyNames === undefined ? [] : required
  )
  const or = alone.length > 0 ? `, or \`${alone.join('`, `')}\` and none of them` : ''
  if (either.length > 0) return `must have exactly one of ${either.join(', ')}${or}`
  // A choice within a choice, such as one that may be null, was described before.
  const inner = refused.filter(({ keyword }) => keyword === 'anyOf').map(({ message }) => String(message))
  return [...inner, 'must have only one of its forms'][0]!
}
