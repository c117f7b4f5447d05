// What is wrong with an input, and what is right instead, in words, from Ajv's errors.
import type { FastifySchemaValidationError } from 'fastify'
import type { Fault } from '../problems.ts'
import { likeliest } from './likeliest.ts'

/** What an error's schema tells (Ajv's option `verbose`). */
interface Told {
  properties?: Record<string, Told>
  required?: string[]
  enum?: unknown[]
  const?: unknown
  items?: Told
  contains?: Told
  description?: string
  examples?: unknown[]
  type?: string | string[]
  format?: string
  anyOf?: Told[]
  oneOf?: Told[]
  propertyNames?: object
  $ref?: string
}
export type ValidationError = FastifySchemaValidationError & {
  parentSchema?: Told
  data?: unknown
  /** The name that is wrong, where it is that of a field. */
  propertyName?: string
}

/** A fault with its place and remedy. */
export function faultOf({
  instancePath,
  keyword,
  params,
  message,
  parentSchema = {},
  data,
  propertyName
}: ValidationError): Fault {
  const under = (name: unknown) =>
    `${instancePath}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`
  if (keyword === 'additionalProperties') {
    const name = String(params.additionalProperty)
    return { pointer: under(name), detail: unknown(name, Object.keys(parentSchema.properties!)) }
  }
  if (keyword === 'required') {
    const name = String(params.missingProperty)
    const known = { ...parentSchema.properties }
    return { pointer: under(name), detail: missing({ ...known[name] }) }
  }
  const words = inWords[keyword]?.(params, parentSchema, data) ?? `${message}.`
  return propertyName === undefined
    ? { pointer: instancePath, detail: words }
    : { pointer: under(propertyName), detail: `its name ${words}` }
}

/** Of the errors at one place one is told: formats say what patterns do, a choice which types there are. */
export const withoutRepetition = (errors: ValidationError[]) => {
  const placesOf = (keyword: string) =>
    new Set(errors.filter((one) => one.keyword === keyword).map(({ instancePath }) => instancePath))
  const [formatted, chosen] = [placesOf('format'), placesOf('enum')]
  return errors.filter(({ keyword, instancePath, schemaPath }) => {
    if (keyword === 'pattern') return !formatted.has(instancePath)
    if (keyword === 'type') return !chosen.has(instancePath)
    // What is wrong with the name or with each item was told.
    return keyword !== 'propertyNames' && !schemaPath.includes('/contains/')
  })
}

/** What is to be sent, where nothing was. */
function missing(schema: Told): string {
  const words = schema.enum
    ? `one of: ${schema.enum.map(String).join(', ')}.`
    : `${schema.description ?? ''}${example(schema)}`.trim()
  return words === '' ? 'is missing.' : `is missing: ${words}`
}

/** What a field is not the way to do: its name, those that are known beside it; and what the way is. */
const ways: [name: RegExp, beside: string[], way: string][] = [
  [/^status$/, ['title'], 'The status is changed by POST .../publish and the like.'],
  [/^credits?$/, ['focalPoint'], 'Credits are added by POST /v1/media/{id}/credits.'],
  [/^secret$/, ['events'], 'The secret is made here, and answered once.'],
  [/^translations$/, ['translationOf'], 'Each translation names the original in its own `translationOf`.'],
  [
    /^key$/,
    ['body', 'edition'],
    'The key of a preview link goes into the header Preview-Key of GET /v1/preview.'
  ],
  [/^key$/, ['author', 'parentId'], 'The key of an author is `author.key`.']
]

function unknown(name: string, known: string[]): string {
  if (known.length === 0) return 'is not known: nothing is taken here.'
  const isWay = ([names, beside]: (typeof ways)[number]) =>
    names.test(name) && beside.every((one) => known.includes(one))
  const way = ways.find(isWay)?.[2]
  const meant = way === undefined ? likeliest(name, known) : undefined
  return `is not known.${meant ? ` Is ${meant} meant?` : ''}${way ? ` ${way}` : ''} This takes: ${known.join(', ')}.`
}

type Words = (params: Record<string, unknown>, schema: Told, data: unknown) => string | undefined

const plural = (limit: unknown, noun: string) => `${limit} ${noun}${limit === 1 ? '' : 's'}`

function example({ examples, items }: Told): string {
  const [one] = examples ?? items?.examples?.slice(0, 1).map((item) => [item]) ?? []
  return one === undefined ? '' : ` For example ${JSON.stringify(one)}.`
}

const inWords: Record<string, Words> = {
  enum: ({ allowedValues }, _, sent) => {
    const values = (allowedValues as unknown[]).map(String)
    const meant = typeof sent === 'string' ? likeliest(sent, values) : undefined
    return `must be one of: ${values.join(', ')}.${meant ? ` Is ${meant} meant?` : ''}`
  },
  contains: (_, { contains }) => `must have ${JSON.stringify(contains!.const)} among its items.`,
  type: ({ type }, schema) => `must be ${[type].flat().map(withArticle).join(' or ')}.${shape(schema)}`,
  pattern: (_, schema) => `is not of the right form.${example(schema)} ${schema.description ?? ''}`.trim(),
  format: ({ format }) => formats[String(format)],
  minLength: ({ limit }, { description = '' }) =>
    limit === 1
      ? `is empty: send at least one character. ${description}`.trim()
      : `must have ${plural(limit, 'character')} at least.`,
  maxLength: ({ limit }) => `must have ${plural(limit, 'character')} at most.`,
  minItems: ({ limit }) => `must have ${plural(limit, 'item')} at least.`,
  maxItems: ({ limit }) => `must have ${plural(limit, 'item')} at most.`,
  minProperties: ({ limit }, { properties }) =>
    properties
      ? `must have one of: ${Object.keys(properties).join(', ')}.`
      : `must have ${limit} of its fields at least.`,
  maxProperties: ({ limit }) => `must have ${limit} of its fields at most.`,
  minimum: ({ limit }, schema) => `must be ${limit} or more.${example(schema)}`,
  maximum: ({ limit }, schema) => `must be ${limit} or less.${example(schema)}`,
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
