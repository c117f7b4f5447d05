// Examples that follow from a schema: of a choice its first value, of a list one item. Objects have those of their
// properties.
import type { Document, Parameter, Schema } from './types.ts'
import { operationsOf, walk } from './types.ts'

/** Gives every property and parameter an example, where its schema says or implies one. */
export function addExamples(document: Document) {
  for (const schema of Object.values(document.components.schemas)) exemplify(document, schema)
  for (const { parameters = [], responses, requestBody } of operationsOf(document)) {
    for (const parameter of parameters) place(document, parameter)
    for (const { headers = {} } of Object.values(responses))
      for (const header of Object.values(headers)) place(document, header as Parameter)
    for (const response of Object.values(responses)) exemplify(document, response)
    if (requestBody) exemplify(document, requestBody)
  }
}

/** Adds the example of every property within a schema. A reference has those of the schema it names. */
function exemplify(document: Document, schema: object) {
  walk(schema, ({ properties = {} }) => {
    for (const property of Object.values(properties)) {
      if (property.$ref !== undefined || property.examples !== undefined) continue
      const example = exampleOf(document, property)
      if (example !== undefined) property.examples = [example]
    }
  })
}

/** Moves the example of a parameter or header, and how several values are written, from its schema to itself. */
function place(document: Document, parameter: Parameter) {
  const { schema } = parameter
  // The default.
  if (parameter.required === false) delete parameter.required
  parameter.example ??= exampleOf(document, schema)
  delete schema.examples
  if (schema.items) delete schema.items.examples
  for (const key of ['style', 'explode'] as const) {
    if (schema[key] !== undefined) Object.assign(parameter, { [key]: schema[key] })
    delete schema[key]
  }
}

/** A value of the schema, from its examples and from those of its parts; undefined where they have none. */
function exampleOf(document: Document, schema: Schema): unknown {
  if (schema.examples) return schema.examples[0]
  if (schema.enum) return schema.default ?? schema.enum[0]
  if (schema.type === 'boolean') return true
  if (schema.default !== undefined && schema.default !== null) return schema.default
  const [form] = schema.anyOf ?? schema.oneOf ?? []
  if (form) return exampleOf(document, form)
  const { items } = schema
  const item = items && items.type !== 'object' ? exampleOf(document, items) : undefined
  return item === undefined ? undefined : [item]
}
