// Checking input: bodies strictly, query strings with their numbers read; and saying what is wrong with them.
import { setImmediate as nextTurn } from 'node:timers/promises'
import AjvCompiler from '@fastify/ajv-compiler'
import type { FastifyRequest, FastifySchemaValidationError } from 'fastify'
import { type Fault, HttpProblem } from '../problems.ts'
import { isVisible } from '../schemas.ts'
import { asciiShape } from './email.ts'
import { isLong } from './json-bodies.ts'
import { languageTag } from './language-tags.ts'

const instant = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/i

type FormatCheck = (value: string) => boolean
interface Formats {
  formats: Record<string, unknown>
  addFormat(name: string, check: FormatCheck): unknown
}

const options = {
  customOptions: {
    allErrors: true,
    discriminator: true,
    removeAdditional: false as const,
    useDefaults: true,
    coerceTypes: true as const,
    // OpenAPI's own words in a schema are not Ajv's business.
    strict: false,
    // The tests check the document these schemas make; checking them again at every start would double its time.
    validateSchema: false
  },
  plugins: [],
  onCreate(ajv: Formats) {
    // An instant is one that the clock knows: a leap second or 30 February is not.
    ajv.addFormat(
      'date-time',
      (value) => instant.test(value) && !Number.isNaN(Date.parse(value)) && sameDay(value) && sorts(value)
    )
    ajv.addFormat('bcp47', (tag) => languageTag(tag) !== undefined)
    // RFC 3986 allows addresses that no browser opens: the URL standard has the last word.
    // ajv-formats made it, and makes it a function.
    const uri = ajv.formats.uri as FormatCheck
    ajv.addFormat('uri', (value) => uri(value) && URL.canParse(value))
    const email = ajv.formats.email as RegExp
    ajv.addFormat('idn-email', (value) => email.test(asciiShape(value)))
    ajv.addFormat('href', (value) => URL.canParse(value, 'https://relative.invalid'))
    // Of an empty text, `minLength` tells.
    ajv.addFormat('visible-text', (value) => value === '' || isVisible(value))
  }
}

/** Whether the day of the month exists: Date.parse makes 2 March of 30 February. */
const sameDay = (value: string) =>
  new Date(`${value.slice(0, 10)}T00:00:00Z`).getUTCDate() === Number(value.slice(8, 10))

/** One for all contexts: it compiles the same schemas once. */
const compile = AjvCompiler()

/** Whether it is stored with a year of four digits, as all are: an offset can lead out of them. */
const sorts = (value: string) => new Date(value).toISOString().length === 24

type Schemas = Parameters<typeof compile>[0]
type Validators = ReturnType<typeof compilers>
let latest: { schemas: Schemas; validators: Validators; bodies: (() => Check)[] } | undefined

/**
 * Compiles validators: strict for bodies, lenient for query strings and paths, none for headers. It is asked for them
 * once a route, with the same schemas mostly, and telling them apart by their text is what took longest at a start.
 */
export function buildValidator(schemas: Schemas): Validators {
  if (!latest || !covers(latest.schemas, schemas)) {
    const bodies: (() => Check)[] = []
    latest = { schemas, bodies, validators: compilers(schemas, bodies) }
  }
  return latest.validators
}

/**
 * Compiles the checks of all bodies. To be called before a service listens: the largest takes a tenth of a second. Tests,
 * of which each has a service of its own, need few of them.
 */
export async function compileBodies() {
  for (const compiled of latest!.bodies) {
    compiled()
    // Load shedding counts how late the event loop is.
    await nextTurn()
  }
}

/** Whether the first has every schema of the second: the server for batches has most of those of the other. */
function covers(schemas: Schemas, others: Schemas) {
  const known = new Map(Object.entries(schemas as object))
  return Object.entries(others as object).every(([name, schema]) => known.get(name) === schema)
}

/** Of a long body the first error alone is told: there may be a hundred thousand, and each takes a microsecond to say. */
function compilers(schemas: Schemas, bodies: (() => Check)[]) {
  const lenient = compile(schemas, options)
  const strict = compile(schemas, {
    ...options,
    customOptions: { ...options.customOptions, coerceTypes: false }
  })
  const first = compile(schemas, {
    ...options,
    customOptions: { ...options.customOptions, coerceTypes: false, allErrors: false }
  })
  return (route: Parameters<typeof strict>[0]) => {
    const { httpPart } = route as { httpPart?: string }
    // Headers are documented for readers of the OpenAPI document; each has a check, and a problem, of its own.
    if (httpPart === 'headers') return anything
    if (httpPart !== 'body') return choosing(atFirst(() => lenient(route)))
    const [all, one] = [atFirst(() => strict(route)), atFirst(() => first(route))]
    bodies.push(all, one)
    return choosing((input) => (isLong(input) ? one() : all()))
  }
}

type Check = ReturnType<ReturnType<typeof compile>>
const anything = (() => true) as unknown as Check

/** A check that is compiled when it is first needed: a start would take a third longer if all were, and few ever are. */
function atFirst(make: () => Check): () => Check {
  let made: Check | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** What another check says of an input, which depends on the input. */
function choosing(choose: (input: unknown) => Check): Check {
  function check(input: unknown) {
    const chosen = choose(input)
    const fits = chosen(input)
    check.errors = chosen.errors
    return fits
  }
  check.errors = undefined as Check['errors']
  return check as unknown as Check
}

type Part = 'body' | 'querystring' | 'params' | 'headers'
const places = { body: undefined, querystring: 'query', params: 'path', headers: 'headers' } as const

/** What is wrong with a request, place by place. */
export function invalidInput(
  request: FastifyRequest,
  errors: FastifySchemaValidationError[],
  part: Part
): HttpProblem {
  const at = places[part]
  const faults = pertinent(errors)
    .slice(0, 20)
    .map((error): Fault => ({ ...faultOf(error, knownParameters(request)), ...(at && { in: at }) }))
  const [first] = faults
  const place = first!.pointer === '' ? '' : `${first!.pointer}: `
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''
  return new HttpProblem(
    'invalid-input',
    `${at === undefined ? 'Body' : `The ${at}`}: ${place}${first!.detail}${more}`,
    faults
  )
}

const knownParameters = (request: FastifyRequest) =>
  Object.keys((request.routeOptions.schema!.querystring as { properties: object }).properties)

/** How many errors are looked at, of those found first; the last ones are of the choices that hold all the others. */
const most = { first: 200, last: 20 }

const isWithin = (path: string, outer: string) => path === outer || path.startsWith(`${outer}/`)

/**
 * Ajv tells of every branch of an `anyOf` or `oneOf` why it did not fit. What a person needs is the branch that
 * fits best: the errors that lie deepest.
 */
function pertinent(all: FastifySchemaValidationError[]): FastifySchemaValidationError[] {
  const { first, last } = most
  const errors = all.filter((_, i) => i < first || i >= all.length - last)
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
  return choices.reduce((left, choice) => {
    const inside = left.filter(({ instancePath }) => isWithin(instancePath, choice.instancePath))
    const deepest = inside.filter(({ instancePath }) => instancePath.length > choice.instancePath.length)
    const outside = left.filter((error) => !inside.includes(error))
    return [...outside, ...(deepest.length > 0 ? deepest : [{ ...choice, message: forms(inside) }])]
  }, errors)
}

/** The forms a choice offers, told from why each was refused. */
function forms(refused: FastifySchemaValidationError[]) {
  const told = (keyword: string, param: string) => [
    ...new Set(refused.flatMap((error) => (error.keyword === keyword ? [String(error.params[param])] : [])))
  ]
  const kinds = told('type', 'type')
  const properties = told('required', 'missingProperty')
  const ways = [
    ...(kinds.length > 0 ? [`be ${kinds.join(' or ')}`] : []),
    ...(properties.length > 0 ? [`have one of ${properties.join(', ')}`] : [])
  ]
  return ways.length > 0 ? `must ${ways.join(' or ')}` : 'must have only one of its forms'
}

function faultOf(
  { instancePath, keyword, params, message }: FastifySchemaValidationError,
  known: string[]
): Fault {
  const under = (name: unknown) =>
    `${instancePath}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`
  if (keyword === 'additionalProperties') {
    const takes = known.length > 0 && instancePath === '' ? ` This address takes: ${known.join(', ')}.` : ''
    return { pointer: under(params.additionalProperty), detail: `is not known.${takes}` }
  }
  if (keyword === 'required') return { pointer: under(params.missingProperty), detail: 'is missing.' }
  if (keyword === 'enum')
    return {
      pointer: instancePath,
      detail: `must be one of: ${(params.allowedValues as unknown[]).join(', ')}.`
    }
  const remedy = keyword === 'format' && remedies[params.format as string]
  return { pointer: instancePath, detail: remedy || `${message}.` }
}

/** What to send instead of what is not in one of our formats. */
const remedies: Record<string, string> = {
  'visible-text': 'has no visible character: send words, or leave it out.',
  bcp47: 'is no language tag of BCP 47 with a language of the IANA registry: send one such as en or pt-BR.'
}
