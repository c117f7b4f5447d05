// What a prepared statement does with values: functions that encode its parameters and decode its rows, made once for each
// statement.
import { Column, is, Param, Placeholder, SQL } from 'drizzle-orm'

export type Values = Record<string, unknown>

/** A selected column or expression, and the name it gets. */
export interface Field {
  path: string[]
  field: unknown
}

type Parameter = (values: Values) => unknown

/** A function from the values of the placeholders to the parameters to bind. */
export function parametersOf(params: unknown[]): (values: Values) => unknown[] {
  if (params.every((param, i) => is(param, Placeholder) && param.name === String(i)))
    return numbered(params.length)
  const parameters = params.map(parameterOf)
  return (values) => parameters.map((parameter) => parameter(values))
}

/**
 * The values of placeholders that are named by their places (columns/rows.ts): nothing is looked up by a name. A list of them
 * is bound as it is.
 */
const numbered = (many: number) => (values: Values) => {
  if (Array.isArray(values) && values.length === many) {
    values.forEach(present)
    return values
  }
  const parameters = new Array<unknown>(many)
  for (let i = 0; i < many; i++) parameters[i] = present(values[i], i)
  return parameters
}

/** Throws where a statement is not given a value: undefined cannot be bound. */
function present(value: unknown, name: string | number): unknown {
  if (value !== undefined) return value
  throw new Error(`no value for ${name}`)
}

function parameterOf(param: unknown): Parameter {
  if (is(param, Placeholder)) return placeholderValue(param)
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param
  const { encoder } = param
  const value = placeholderValue(param.value)
  return (values) => encoder.mapToDriverValue(value(values))
}

const placeholderValue =
  ({ name }: Placeholder): Parameter =>
  (values) =>
    present(values[name], name)

type Decode = (value: unknown) => unknown

/** A function that maps rows to objects; undefined where a field is nested, or neither a column nor an expression. */
export function rowMapperOf(fields: Field[]): ((row: unknown[]) => Values) | undefined {
  if (!fields.every(({ path, field }) => path.length === 1 && (is(field, Column) || is(field, SQL))))
    return undefined
  const decoders = fields.map(({ path, field }) => [path[0]!, decoderOf(field)] as const)
  return (row) => {
    const values: Values = {}
    for (let i = 0; i < decoders.length; i++) {
      const [name, decode] = decoders[i]!
      const value = row[i]
      values[name] = value === null ? null : decode(value)
    }
    return values
  }
}

/** Decodes a value of the driver as drizzle would (mapResultRow in its utils.ts). Its types hide the decoder. */
function decoderOf(field: unknown): Decode {
  const decoder = is(field, Column) ? field : (field as HasDecoder).decoder
  return (value) => decoder.mapFromDriverValue(value)
}

interface HasDecoder {
  decoder: { mapFromDriverValue: Decode }
}
