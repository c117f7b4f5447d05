// Validation with Ajv: bodies strictly, query strings with coercion; and readable messages for its errors.
import AjvCompiler from '@fastify/ajv-compiler'
import { type Fault, HttpProblem } from '../problems.ts'
import { isVisible } from '../schemas.ts'
import { BodyValidators, compileInTurns, SharedSchemas } from './body-validators.ts'
import { asciiShape } from './email.ts'
import { describeForms, faultOf, type ValidationError, withoutRepetition } from './faults/faults.ts'
import { isLong } from './json-bodies.ts'
import { languageTag } from './language-tags.ts'
import { decimalsOnly } from './query.ts'

const instant = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/i

type FormatCheck = (value: string) => boolean
interface Formats {
  formats: Record<string, unknown>
  addFormat(name: string, check: FormatCheck): unknown
}

const options = {
  customOptions: {
    allErrors: true,
    // Errors bring their schema, from which what is right is told.
    verbose: true,
    discriminator: true,
    code: { optimize: false as const },
    removeAdditional: false as const,
    useDefaults: true,
    coerceTypes: true as const,
    // The schemas have keywords of OpenAPI, which Ajv does not know.
    strict: false,
    // The tests validate the schemas; doing it at every start would double its time.
    validateSchema: false
  },
  plugins: [],
  onCreate(ajv: Formats) {
    // Stricter than ajv-formats: no leap seconds, no 30 February.
    ajv.addFormat(
      'date-time',
      (value) =>
        instant.test(value) && !Number.isNaN(Date.parse(value)) && dayExists(value) && hasFourDigitYear(value)
    )
    ajv.addFormat('bcp47', (tag) => languageTag(tag) !== undefined)
    // RFC 3986 allows URLs that browsers reject: they must be valid by the URL standard too.
    // (The formats of ajv-formats: this one is a function.)
    const uri = ajv.formats.uri as FormatCheck
    ajv.addFormat('uri', (value) => uri(value) && URL.canParse(value))
    const email = ajv.formats.email as RegExp
    ajv.addFormat('idn-email', (value) => email.test(asciiShape(value)))
    ajv.addFormat('href', (value) => URL.canParse(value, 'https://relative.invalid'))
    // An empty text is an error of `minLength`.
    ajv.addFormat('visible-text', (value) => value === '' || isVisible(value))
  }
}

/** Whether the day exists: Date.parse turns 30 February into 2 March. */
const dayExists = (value: string) =>
  new Date(`${value.slice(0, 10)}T00:00:00Z`).getUTCDate() === Number(value.slice(8, 10))

/** Whether the instant has a year of four digits in UTC too, so that stored instants sort. */
const hasFourDigitYear = (value: string) => new Date(value).toISOString().length === 24

type Schemas = Parameters<ReturnType<typeof AjvCompiler>>[0]
type Validators = ReturnType<typeof compilers>
interface Compiled {
  schemas: Schemas
  /** The sets of schemas that were seen to have nothing else. */
  covered: WeakSet<Schemas & object>
  validators: Validators
  bodies: BodyValidators
}
let lastCompiled: Compiled | undefined

/**
 * Fastify's validator factory: strict for bodies, coercing for query strings and paths, none for headers. Fastify calls
 * it for each route, mostly with the same schemas; comparing those by their text was the slowest part of a start.
 */
export function buildValidator(schemas: Schemas): Validators {
  const set = schemas as Schemas & object
  if (lastCompiled?.covered.has(set)) return lastCompiled.validators
  if (!lastCompiled || !covers(lastCompiled.schemas, schemas)) {
    const shared = new SharedSchemas(schemas as Record<string, object>)
    const bodies = new BodyValidators(shared)
    lastCompiled = { schemas, covered: new WeakSet(), bodies, validators: compilers(shared, bodies) }
  }
  lastCompiled.covered.add(set)
  return lastCompiled.validators
}

/** Compiles the validators of all bodies, in turns; called once the service listens. */
export const compileBodies = () => compileInTurns(lastCompiled!.bodies)

/** Whether the first has every schema of the second: the server for batches has most of those of the other. */
function covers(schemas: Schemas, others: Schemas) {
  const known = new Map(Object.entries(schemas as object))
  return Object.entries(others as object).every(([name, schema]) => known.get(name) === schema)
}

type Compiler = ReturnType<ReturnType<typeof AjvCompiler>>
type Options = typeof options.customOptions

/**
 * A compiler, made on first use, which is handed the shared schemas that a schema refers to when that is compiled: to read
 * all of them takes a twentieth of a start, and a query refers to few.
 */
function compilerOf(
  shared: SharedSchemas,
  customOptions: { [Name in keyof Options]: boolean | object }
): Compiler {
  let ajv: { addSchema(schema: object): unknown } | undefined
  let made: Compiler | undefined
  const known = new Set<string>()
  return (route) => {
    const onCreate = (created: Formats & typeof ajv) => {
      options.onCreate(created)
      ajv = created
    }
    made ??= AjvCompiler()({}, { ...options, customOptions, onCreate } as never)
    for (const name of shared.referred((route as { schema: object }).schema, known))
      ajv!.addSchema(shared.named(name))
    return made(route)
  }
}

/**
 * A compiler that compiles a schema once, however often it is written: a HEAD and the routes of the server for batches
 * have schemas of their own that say the same, and compiling that of a story takes a tenth of a second.
 */
function memoizedBySchema(compiler: Compiler): Compiler {
  const compiled = new Map<string, Check>()
  return (route) => {
    const { schema } = route as { schema: object }
    const text = JSON.stringify(schema)
    const check = compiled.get(text) ?? compiler(route)
    compiled.set(text, check)
    return check
  }
}

/** Long bodies are validated up to the first error only: there may be a hundred thousand, a microsecond each. */
function compilers(shared: SharedSchemas, bodies: BodyValidators) {
  const { customOptions } = options
  const lenient = memoizedBySchema(compilerOf(shared, customOptions))
  const strict = memoizedBySchema(compilerOf(shared, { ...customOptions, coerceTypes: false }))
  const first = memoizedBySchema(
    compilerOf(shared, { ...customOptions, coerceTypes: false, allErrors: false })
  )
  return (route: Parameters<typeof strict>[0]) => {
    const { httpPart, schema } = route as { httpPart?: string; schema: object }
    // Schemas of headers are documentation only: each header has its own check, with its own problem.
    if (httpPart === 'headers') return acceptAll
    if (httpPart !== 'body') {
      const [keepDecimals, validator] = [decimalsOnly(schema), lazily(() => lenient(route))]
      return delegating((input) => {
        keepDecimals(input as Record<string, unknown>)
        return validator()
      })
    }
    const [all, one] = [lazily(() => strict(route)), lazily(() => first(route))]
    const compilers = [strict, first].map((compiler) => (schema: object) => compiler({ httpPart, schema }))
    bodies.add({ schema, compilers, validators: [all, one] })
    return delegating((input) => (isLong(input) ? one() : all()))
  }
}

type Check = ReturnType<Compiler>
const acceptAll = (() => true) as unknown as Check

/** A validator that is compiled on first use: compiling all would make a start a third longer. */
function lazily(make: () => Check): () => Check {
  let made: Check | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** A validator that delegates to another, chosen by the input. */
function delegating(choose: (input: unknown) => Check): Check {
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

/** The 400 for Ajv's errors. */
export function invalidInput(errors: ValidationError[], part: Part): HttpProblem {
  const at = places[part]
  const faults = withoutRepetition(mostSpecific(errors))
    .slice(0, 20)
    .map((error) => (at === 'query' ? withCommas(error, faultOf(error)) : faultOf(error)))
    .map((fault): Fault => ({ ...fault, ...(at && { in: at }) }))
  const [first] = faults
  const place = first!.pointer === '' ? '' : `${first!.pointer}: `
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''
  return new HttpProblem(
    'invalid-input',
    `${at === undefined ? 'Body' : `The ${at}`}: ${place}${first!.detail}${more}`,
    faults
  )
}

/** Says what to send instead, where several values were encoded together with the commas between them. */
const withCommas = ({ data, instancePath }: ValidationError, fault: Fault): Fault =>
  /\/\d+$/.test(instancePath) && String(data).includes(',')
    ? {
        ...fault,
        detail: `${fault.detail} A comma written as %2C is part of a value: repeat the parameter for each value, or write plain commas.`
      }
    : fault

/** How many errors are inspected: the first ones, and the last, which are those of the outermost anyOf and oneOf. */
const inspected = { first: 200, last: 20 }

const isWithin = (path: string, outer: string) => path === outer || path.startsWith(`${outer}/`)

/**
 * Ajv reports the errors of every branch of an `anyOf` or `oneOf`. Only those of the best matching branch are kept: the
 * ones with the deepest paths.
 */
function mostSpecific(all: ValidationError[]): ValidationError[] {
  const { first, last } = inspected
  const errors = all.filter((_, i) => i < first || i >= all.length - last)
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
  return choices.reduce((left, choice) => {
    const inside = left.filter(({ instancePath }) => isWithin(instancePath, choice.instancePath))
    const deepest = inside.filter(({ instancePath }) => instancePath.length > choice.instancePath.length)
    // A field that the object has besides its choice is unknown, whichever of them is meant.
    const isOwn = ({ keyword, parentSchema }: ValidationError) =>
      keyword === 'additionalProperties' && parentSchema === choice.parentSchema
    const outside = left.filter((error) => isOwn(error) || !inside.includes(error))
    return [
      ...outside,
      ...(deepest.length > 0 ? deepest : [{ ...choice, message: describeForms(choice, inside) }])
    ]
  }, errors)
}
