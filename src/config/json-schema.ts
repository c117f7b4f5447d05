// Values that are not requests, such as settings, checked by the same validator as requests.
import AjvCompiler from '@fastify/ajv-compiler'
import type { Static, TObject, TSchema } from 'typebox'

/** What is wrong with a value: where it is, as a JSON pointer, and what was expected. */
export interface SchemaError {
  instancePath: string
  message?: string
}

interface Validator {
  (value: unknown): boolean
  errors?: SchemaError[] | null
}

const compilers = AjvCompiler()

/** A validator. With `isText` the values of an object are texts, and become what the schema says. */
function compiled(schema: object, isText: boolean): Validator {
  const coercing = { coerceTypes: true, removeAdditional: 'all' } as const
  const customOptions = {
    ...(isText ? coercing : { coerceTypes: false, removeAdditional: false }),
    ...{ useDefaults: isText, strict: false, validateSchema: false }
  } as const
  return compilers({}, { customOptions })({ schema } as never) as unknown as Validator
}

/** Whether a value is what the schema says. The validator is made on first use. */
export function checkerOf<Schema extends TSchema>(schema: Schema) {
  let made: Validator | undefined
  return (value: unknown): value is Static<Schema> => {
    made ??= compiled(schema, false)
    return made(value)
  }
}

/**
 * Reads texts by their names as the schema says, with its defaults; other names are left out. Answers the first error.
 * Only what is given is validated, and a default is taken as it stands: to compile all settings is a part of each start.
 */
export function textReader<Schema extends TObject>(schema: Schema) {
  const properties = Object.entries<{ default?: unknown }>(schema.properties)
  return (texts: Record<string, unknown>): { value: Static<Schema> } | { error: SchemaError } => {
    const given = properties.filter(([name]) => texts[name] !== undefined)
    const value = Object.fromEntries(given.map(([name]) => [name, texts[name]]))
    if (given.length > 0) {
      const validator = compiled({ type: 'object', properties: Object.fromEntries(given) }, true)
      if (!validator(value)) return { error: validator.errors![0]! }
    }
    const standard = properties.flatMap(([name, { default: value }]) =>
      value === undefined ? [] : [[name, value]]
    )
    return { value: { ...Object.fromEntries(standard), ...value } as Static<Schema> }
  }
}
