// The parts of an OpenAPI document (3.1) that are rewritten before it is written down.

export interface Schema {
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  default?: unknown
  description?: string
  examples?: unknown[]
  example?: unknown
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  discriminator?: { propertyName: string; mapping?: Record<string, string> }
  style?: string
  explode?: boolean
}

export interface Parameter {
  $ref?: string
  name: string
  in: string
  required?: boolean
  description?: string
  example?: unknown
  style?: string
  explode?: boolean
  schema: Schema
}

export interface Response {
  $ref?: string
  description: string
  headers?: Record<string, object>
  content?: Record<string, { schema: Schema; example?: unknown }>
}

export interface Operation {
  operationId: string
  summary: string
  tags: string[]
  security?: object[]
  parameters?: Parameter[]
  requestBody?: { $ref?: string; content: Record<string, { schema: Schema }> }
  responses: Record<string, Response>
}

type Methods = Record<string, Operation>

export interface Document {
  security?: object[]
  paths: Record<string, Methods>
  webhooks: Record<string, { $ref: string }>
  components: {
    schemas: Record<string, Schema>
    pathItems: Record<string, Methods>
    [kind: string]: Record<string, object>
  }
}

/** Every operation, those of webhooks too. */
export const operationsOf = ({ paths, components: { pathItems } }: Document) =>
  [paths, pathItems].flatMap((some) => Object.values(some).flatMap((methods) => Object.values(methods)))

/** `If-None-Match` and `publishedAt.gte` as IfNoneMatch and PublishedAtGte. */
export const pascal = (name: string) =>
  name.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** The schema of a component that `$ref` names. */
export const target = ({ components }: Document, $ref: string) => components.schemas[$ref.split('/').at(-1)!]!

/** Whether a value is an object or a list, and so may have schemas in it. */
const isNode = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Calls `visit` for a schema and every schema within it, the outer ones first. Examples are not schemas. */
export function walk(node: object, visit: (schema: Schema) => void) {
  visit(node)
  for (const [key, inner] of Object.entries(node)) {
    if (key === 'examples' || key === 'example' || key === 'default' || key === 'enum' || !isNode(inner))
      continue
    // The keys of `properties` are names, which may be those of keywords.
    if (key === 'properties') for (const property of Object.values(inner)) walk(property, visit)
    else walk(inner, visit)
  }
}
