// What the OpenAPI document says of each operation.

/** A schema of the document, as far as values can be made of it. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  minProperties?: number
  maxProperties?: number
  items?: Schema
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  minLength?: number
  maxLength?: number
  pattern?: string
  format?: string
  minimum?: number
  maximum?: number
  examples?: unknown[]
  example?: unknown
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema: Schema
}

interface Described {
  operationId: string
  description?: string
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }>; headers?: object }>
  security: object[]
  'x-roles'?: string[]
}

export interface Document {
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Schema> }
}

export interface Operation {
  /** The operationId. */
  name: string
  method: string
  path: string
  parameters: Parameter[]
  /** What a body may be, by content type; undefined where there is none. */
  bodies: Record<string, Schema> | undefined
  /** Which statuses are documented. */
  statuses: string[]
  /** The roles that may, with a token. */
  roles: string[]
  /** Whether it can be done without a token. */
  open: boolean
}

const copies = new WeakMap<object, object>()

/** The document with shared parameters, headers, responses and bodies where they are referred to. Schemas stay. */
export function inlined<T extends object>(document: T): T {
  const copy = copies.get(document) ?? inline(document)
  copies.set(document, copy)
  return copy as T
}

function inline(document: object): object {
  const { components, security, ...rest } = document as {
    components?: Record<string, Record<string, object>>
    security?: object[]
    paths?: Record<string, Record<string, { security?: object[] }>>
  }
  function follow(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(follow)
    if (typeof value !== 'object' || value === null) return value
    const [, kind, name] =
      /^#\/components\/(?!schemas)(\w+)\/(.+)$/.exec(String('$ref' in value && value.$ref)) ?? []
    if (kind) return follow(components![kind]![name!])
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, follow(inner)]))
  }
  const copy = follow(rest) as typeof rest
  for (const methods of Object.values(copy.paths ?? {}))
    for (const operation of Object.values(methods)) if (security) operation.security ??= security
  return { ...copy, components }
}

/** Every operation of the document. */
export const operationsOf = (document: Document): Operation[] =>
  Object.entries(inlined(document).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      name: described.operationId,
      method: method.toUpperCase(),
      path,
      parameters: described.parameters ?? [],
      bodies: described.requestBody && bodiesOf(described.requestBody.content),
      statuses: Object.keys(described.responses),
      roles: rolesOf(described),
      open: described.security.some((one) => Object.keys(one).length === 0)
    }))
  )

const bodiesOf = (content: Record<string, { schema: Schema }>) =>
  Object.fromEntries(Object.entries(content).map(([type, { schema }]) => [type, schema]))

/** The roles as the document lists them, or as its description says them. */
function rolesOf({ 'x-roles': listed, description = '' }: Described): string[] {
  if (listed) return listed
  return /(?:token of the role|Roles:|drafts:) ([\w, ]+)\./.exec(description)?.[1]?.split(', ') ?? []
}

/** The schema itself, where it is named elsewhere. */
export function resolved({ components }: Document, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema
  return resolved({ components } as Document, components.schemas[schema.$ref.split('/').at(-1)!]!)
}

/** The examples of a schema. */
export const examplesOf = ({ examples, example }: Schema): unknown[] =>
  examples ?? (example === undefined ? [] : [example])

/** The values of a parameter, where the document lists them. */
export function choicesOf({ parameters }: Operation, name: string): unknown[] {
  const schema = parameters.find((one) => one.in === 'query' && one.name === name)?.schema
  return schema?.enum ?? []
}

/** Every name that the document gives to a property. */
export function propertyNames({ components }: Document): string[] {
  const names = new Set<string>()
  const visit = (schema: unknown) => {
    if (typeof schema !== 'object' || schema === null) return
    const { properties } = schema as Schema
    for (const name of Object.keys(properties ?? {})) names.add(name)
    for (const inner of Object.values(schema)) visit(inner)
  }
  visit(components.schemas)
  return [...names]
}
