// Describes the properties and parameters whose schemas say nothing of what they mean, from the dictionary.
import { content } from './dictionary/content.ts'
import { desk } from './dictionary/desk.ts'
import type { Entries } from './dictionary/entries.ts'
import { parameters as aboutParameters } from './dictionary/parameters.ts'
import type { Document, Schema } from './types.ts'
import { operationsOf } from './types.ts'

const aboutProperties = { ...desk, ...content }

/** The name of a schema without what tells its forms apart: `NewSource` and `SourcePatch` as Source. */
export const plainName = (name: string) =>
  name.replace(
    /^(?:New|Draft|Published|Listed|Written|Current|Issued|Edited|Posted|Own|Sent)(?=[A-Z])|(?:Patch|Card|Answer)$/g,
    ''
  )

/** Adds what the dictionary says of every property and parameter. */
export function describe(document: Document) {
  for (const [name, schema] of Object.entries(document.components.schemas))
    describeWithin(schema, [name, plainName(name), plainName(plainName(name))])
  for (const { operationId, parameters = [] } of operationsOf(document))
    for (const parameter of parameters)
      complete(parameter.schema, entryOf(aboutParameters, [operationId], parameter.name), parameter)
}

function describeWithin(schema: Schema, owners: string[]) {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    complete(property, entryOf(aboutProperties, owners, name))
    describeWithin(property, [name])
  }
  const parts = [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  for (const part of parts) if (part) describeWithin(part, owners)
}

const entryOf = (entries: Entries, owners: string[], name: string) =>
  owners.map((owner) => entries[`${owner}.${name}`]).find(Boolean) ?? entries[name]

/** Adds an entry to a schema, and its description to where that stands. */
function complete(
  schema: Schema,
  entry: Entries[string] | undefined,
  place: { description?: string } = schema
) {
  if (entry === undefined) return
  const [description, example] = entry
  if (description !== '') place.description ??= description
  if (example !== undefined && hasNone(schema)) schema.examples = [example]
}

/** Whether neither the schema nor what it is made of has an example. */
function hasNone({ type, examples, enum: choices, items, $ref, anyOf, properties }: Schema) {
  const parts = items && (items.examples ?? items.enum ?? items.$ref ?? items.properties)
  return type !== 'null' && (examples ?? choices ?? parts ?? $ref ?? anyOf ?? properties) === undefined
}
