// The places of a value, and what a schema says of each.
import { faults } from './contract.ts'
import { type Document, resolved, type Schema } from './document.ts'
import { isFree } from './values.ts'

export type Path = (string | number)[]

export interface Place {
  path: Path
  value: unknown
  schema: Schema
}

/** Every place of a value, from the outside in. */
export function places(document: Document, schema: Schema, value: unknown, path: Path = []): Place[] {
  const it = branch(document, resolved(document, schema), value)
  const here = { path, value, schema: it }
  if (typeof value !== 'object' || value === null) return [here]
  const inner = Object.entries(value).flatMap(([name, one]) =>
    places(document, partOf(it, name, value), one, [...path, Array.isArray(value) ? Number(name) : name])
  )
  return [here, ...inner]
}

function partOf({ items, properties, additionalProperties }: Schema, name: string, value: object): Schema {
  if (Array.isArray(value)) return items ?? anything
  const others = typeof additionalProperties === 'object' ? additionalProperties : anything
  return properties?.[name] ?? others
}

const anything: Schema = {}

/** The alternative of a schema that a value is. */
function branch(document: Document, schema: Schema, value: unknown): Schema {
  const choices = schema.properties ? undefined : (schema.anyOf ?? schema.oneOf)
  const fitting = choices?.find((one) => faults(document, one, value).length === 0)
  return fitting ? branch(document, resolved(document, fitting), value) : schema
}

/** The places of the texts of which nothing but a length is asked. */
export const freeTexts = (document: Document, schema: Schema, value: unknown) =>
  places(document, schema, value).filter(
    ({ value, schema }) => typeof value === 'string' && (isFree(schema) || Object.keys(schema).length === 0)
  )

/** What stands at a place, or undefined. */
export const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, name) => (inner as Record<string, unknown> | null | undefined)?.[name], value)

/** The value with another at one of its places. */
export function put(value: unknown, path: Path, other: unknown): unknown {
  if (path.length === 0) return other
  const copy = structuredClone(value)
  const [holder, name] = [at(copy, path.slice(0, -1)), path.at(-1)!]
  ;(holder as Record<string, unknown>)[name] = other
  return copy
}

/** The value without one of its places. */
export function without(value: unknown, path: Path): unknown {
  const copy = structuredClone(value)
  const [holder, name] = [at(copy, path.slice(0, -1)), path.at(-1)!]
  if (Array.isArray(holder)) holder.splice(Number(name), 1)
  else delete (holder as Record<string, unknown>)[name]
  return copy
}

/** A place as a JSON Pointer. */
export const pointer = (path: Path) => path.map((name) => `/${name}`).join('')
