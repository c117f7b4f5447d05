// What is wrong with an input, and what is right instead, in words, from Ajv's errors.
import type { FastifySchemaValidationError } from 'fastify'
import { withCount } from '../../../storage/text/with-count.ts'
import type { Fault } from '../../problems.ts'
import { notAChoice } from './choices.ts'
import { likeliest } from './likeliest.ts'
import { remedyFor } from './misplaced-fields.ts'

/** The parts of an error's schema that are read here (Ajv's option `verbose`). */
interface ErrorSchema {
  $id?: string
  properties?: Record<string, ErrorSchema>
  required?: string[]
  enum?: unknown[]
  const?: unknown
  items?: ErrorSchema
  contains?: ErrorSchema
  description?: string
  examples?: unknown[]
  type?: string | string[]
  format?: string
  anyOf?: ErrorSchema[]
  oneOf?: ErrorSchema[]
  propertyNames?: object
  maxProperties?: number
  $ref?: string
}
export type ValidationError = FastifySchemaValidationError & {
  parentSchema?: ErrorSchema
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
  if (keyword === 'discriminator') {
    const kinds = parentSchema.oneOf!.map(({ $ref }) => $ref!.replace('#', ''))
    return {
      pointer: under(params.tag),
      detail: `must say which of ${kinds.join(', ')} this is: /openapi.json has them, with the value of each.`
    }
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
  const [formatted, chosen, tagged] = [placesOf('format'), placesOf('enum'), placesOf('discriminator')]
  return errors.filter(({ keyword, instancePath, schemaPath }) => {
    if (keyword === 'required') return !tagged.has(instancePath)
    if (keyword === 'pattern') return !formatted.has(instancePath)
    if (keyword === 'type') return !chosen.has(instancePath)
    // What is wrong with the name or with each item was told.
    return keyword !== 'propertyNames' && !schemaPath.includes('/contains/')
  })
}

/** What is to be sent, where nothing was. */
function missing(schema: ErrorSchema): string {
  const words = schema.enum
    ? `It must be one of: ${schema.enum.map(String).join(', ')}.`
    : `${summary(schema)}${example(schema)}`.trim()
  return schema.properties ? `is missing.${shape(schema)}` : `is missing. ${words}`.trim()
}

/** The first sentence of a description: the others are for those who read the document. */
const summary = ({ description = '' }: ErrorSchema) => /^.*?\.(?= |$)/s.exec(description)?.[0] ?? description

function unknown(name: string, known: string[]): string {
  if (known.length === 0) return 'is not known: nothing is taken here.'
  const remedy = remedyFor(name, known)
  const meant = remedy === undefined ? (limitIn(name, known) ?? likeliest(name, known)) : undefined
  return `is not known.${meant ? ` Is ${meant} meant?` : ''}${remedy ? ` ${remedy}` : ''} This takes: ${known.join(', ')}.`
}

/** The filter that was meant by a comparison in an address, such as `publishedAt>2026-01-01`. */
function limitIn(name: string, known: string[]): string | undefined {
  const [, field, sign] = /^([^<>]+)([<>])/.exec(name) ?? []
  return known.find((one) => one === `${field}.${sign === '>' ? 'gte' : 'lt'}`)
}

type Words = (params: Record<string, unknown>, schema: ErrorSchema, data: unknown) => string | undefined

function example({ examples, items }: ErrorSchema): string {
  const [one] = examples ?? items?.examples?.slice(0, 1).map((item) => [item]) ?? []
  return one === undefined ? '' : ` For example ${JSON.stringify(one)}.`
}

const inWords: Record<string, Words> = {
  enum: ({ allowedValues }, { $id }, sent) => notAChoice(sent, (allowedValues as unknown[]).map(String), $id),
  contains: (_, { contains }) => `must have ${JSON.stringify(contains!.const)} among its items.`,
  type: ({ type }, schema, sent) =>
    `must be ${[type].flat().map(withArticle).join(' or ')}${several(type, sent)}.${shape(schema) || asList(type, sent)}`,
  // The pattern of an address asks for http or https, which its format does not.
  pattern: (_, schema) =>
    schema.format === 'uri'
      ? formats.uri
      : `is not of the right form.${example(schema)} ${summary(schema)}`.trim(),
  format: ({ format }) => formats[String(format)],
  minLength: ({ limit }, schema) =>
    limit === 1
      ? `is empty: send at least one character. ${summary(schema)}`.trim()
      : `must have ${withCount(Number(limit), 'character')} at least.`,
  maxLength: ({ limit }) => `must have ${withCount(Number(limit), 'character')} at most.`,
  minItems: ({ limit }) => `must have ${withCount(Number(limit), 'item')} at least.`,
  maxItems: ({ limit }) => `must have ${withCount(Number(limit), 'item')} at most.`,
  minProperties: ({ limit }, { properties }) =>
    properties
      ? `must have one of: ${Object.keys(properties).join(', ')}.`
      : `must have ${withCount(Number(limit), 'field')} at least.`,
  maxProperties: ({ limit }) => `must have ${withCount(Number(limit), 'field')} at most.`,
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

/** The longest text that is shown as an item of a list. */
const maxShown = 40

/** What was sent, as the list that is wanted. */
const asList = (type: unknown, sent: unknown) =>
  [type].flat().includes('array') && typeof sent === 'string' && sent.length <= maxShown
    ? ` For example ${JSON.stringify([sent])}.`
    : ''

/** What is wrong with a parameter that is given twice, and with a list in place of its item. */
const several = (type: unknown, sent: unknown) =>
  Array.isArray(sent) && sent.length > 1 && ![type].flat().includes('array')
    ? `, and one: there are ${sent.length} here`
    : ''

/** How an object looks with its required fields alone, where one has to be sent; where none is required, with the first. */
function shape({ properties, required, maxProperties, ...schema }: ErrorSchema): string {
  if (properties === undefined) return example(schema)
  const names = Object.keys(properties)
  const shown = (required ?? names.slice(0, 1)).map((name) => `"${name}": ...`)
  return ` It has ${maxProperties === 1 ? 'one of ' : ''}the fields ${names.join(', ')}: {${shown.join(', ')}}.`
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
