// Values that are not requests, such as settings, checked by the same validator as requests.
import AjvCompiler from '@fastify/ajv-compiler'
import type { Static, TSchema } from 'typebox'

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

/** A validator, made on first use. With `isText` the values of an object are texts, and become what the schema says. */
function compiled(schema: TSchema, isText: boolean): () => Validator {
  let made: Validator | undefined
  return () => {
    const coercing = { coerceTypes: true, removeAdditional: 'all' } as const
    const customOptions = {
      ...(isText ? coercing : { coerceTypes: false, removeAdditional: false }),
      ...{ useDefaults: isText, strict: false, validateSchema: false }
    } as const
    made ??= compilers({}, { customOptions })({ schema } as never) as unknown as Validator
    return made
  }
}

/** Whether a value is what the schema says. */
export function checkerOf<Schema extends TSchema>(schema: Schema) {
  const validator = compiled(schema, false)
  return (value: unknown): value is Static<Schema> => validator()(value)
}

/** Reads texts by their names as the schema says, with its defaults; other names are left out. Answers the first error. */
export function textReader<Schema extends TSchema>(schema: Schema) {
  const validator = compiled(schema, true)
  return (texts: object): { value: Static<Schema> } | { error: SchemaError } => {
    const value = { ...texts }
    return validator()(value) ? { value: value as Static<Schema> } : { error: validator().errors![0]! }
  }
}
