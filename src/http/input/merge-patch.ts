// JSON Merge Patch (RFC 7396): deriving its schema from that of the resource, and applying it.
import { type TObject, type TSchema, Type } from 'typebox'
import { nullable, strict } from '../schemas.ts'

const patches = new WeakMap<TObject, TObject>()

/** The schema of a merge patch, memoised: the server for batches uses the same one. */
export function patchOf(input: TObject, $id: string): TObject {
  const patch = patches.get(input) ?? newPatch(input, $id)
  patches.set(input, patch)
  return patch
}

/** The schema of a merge patch: every property is optional, and optional ones may be null. */
function newPatch(input: TObject, $id: string): TObject {
  const required = new Set<string>(input.required ?? [])
  const optional = (name: string) => !required.has(name)
  const properties = Object.entries(input.properties).map(([name, schema]) => [
    name,
    Type.Optional(optional(name) ? nullable(part(schema)) : part(schema))
  ])
  const { examples } = input as { examples?: object[] }
  return strict(Object.fromEntries(properties), { $id, examples })
}

/** The schema of a property: nested objects are patched recursively, and defaults are dropped. */
function part(schema: TSchema): TSchema {
  const {
    properties,
    additionalProperties,
    default: standard,
    required: _,
    minProperties: _min,
    maxProperties: _max,
    ...rest
  } = schema as {
    properties?: Record<string, TSchema>
    additionalProperties?: TSchema | boolean
    default?: unknown
    required?: unknown
    minProperties?: number
    maxProperties?: number
  }
  // A map: each of its values is patched, or removed by null.
  if (typeof additionalProperties === 'object')
    return Type.Unsafe({ ...rest, additionalProperties: nullable(part(additionalProperties)) })
  if (properties === undefined) return standard === undefined ? schema : Type.Unsafe(rest)
  return Type.Unsafe({
    ...rest,
    additionalProperties,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, inner]) => [name, nullable(part(inner))])
    )
  })
}

/** Applies a merge patch: null removes, objects are merged, everything else is replaced. */
export function merge(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch
  const merged: Record<string, unknown> =
    typeof target === 'object' && !Array.isArray(target) ? { ...target } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name]
    else merged[name] = merge(merged[name], value)
  }
  return merged
}
