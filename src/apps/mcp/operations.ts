// What agents are told of the API: its operations and schemas, read from the OpenAPI document.
import { readFile } from 'node:fs/promises'

const file = new URL('../../../openapi/openapi.json', import.meta.url)

type Json = Record<string, unknown>

interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
}

interface RequestBody {
  required?: boolean
  content: Record<string, { schema: Json }>
}

interface DescribedOperation {
  operationId: string
  summary: string
  description?: string
  tags: string[]
  parameters?: (Parameter | { $ref: string })[]
  requestBody?: RequestBody | { $ref: string }
  responses: Record<string, { content?: Record<string, { schema?: Json }> } | { $ref: string }>
  'x-roles': string[]
}

export interface Operation extends Omit<DescribedOperation, 'requestBody'> {
  requestBody?: RequestBody
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
}

interface Document {
  paths: Record<string, Record<string, DescribedOperation>>
  components: Record<string, Record<string, Json>>
}

/** Operations that answer secrets, never end, or hold others. */
const excludedTags = ['tokens', 'webhooks', 'batch']
const excluded = ['streamChanges']

/** The type in which an agent sends the body of an operation: a page as text, all else as JSON. Files are not for agents. */
export const bodyTypeOf = ({ requestBody }: Pick<Operation, 'requestBody'>) =>
  requestBody && 'text/plain' in requestBody.content ? 'text/plain' : 'application/json'

const methods = ['get', 'post', 'put', 'patch', 'delete']

/**
 * Whether agents may call an operation. Writes that are open to everybody are those of readers, who speak for themselves:
 * an agent that does what it read in a comment must not post as one.
 */
const isForAgents = ({ path, method, tags, operationId, 'x-roles': roles }: Operation) =>
  path.startsWith('/v1/') &&
  !tags.some((tag) => excludedTags.includes(tag)) &&
  !excluded.includes(operationId) &&
  (method === 'GET' || roles.length > 0)

export type Catalogue = Awaited<ReturnType<typeof readCatalogue>>

/** Reads the operations that agents may call, and ways to look through them. */
export async function readCatalogue() {
  const document = JSON.parse(await readFile(file, 'utf8')) as Document
  const resolve = <T>(value: T | { $ref: string }): T => {
    if (!(typeof value === 'object' && value !== null && '$ref' in value)) return value as T
    const [kind, name] = value.$ref.split('/').slice(2)
    return document.components[kind!]![name!] as T
  }
  const operations = Object.entries(document.paths)
    .flatMap(([path, item]) =>
      methods.flatMap((method) => {
        const one = item[method]
        if (one === undefined) return []
        const requestBody = resolve(one.requestBody)
        return [{ ...one, requestBody, path, method: method.toUpperCase() } as Operation]
      })
    )
    .filter(isForAgents)
  const byId = new Map(operations.map((one) => [one.operationId, one]))

  /** A line for each operation that has all of these words. */
  function list(words: string): string[] {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
    return operations
      .map(({ operationId, method, path, summary, 'x-roles': roles }) => {
        const who = roles.length > 0 ? roles.join(', ') : 'everybody'
        return `${operationId}: ${method} ${path}. ${summary} (${who})`
      })
      .filter((line) => wanted.every((word) => line.toLowerCase().includes(word)))
  }

  /** A schema with all that it refers to, by name. */
  function withReferences(schema: unknown): { schema: unknown; schemas: Json } {
    const schemas: Json = {}
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      if ('$ref' in value && typeof value.$ref === 'string') {
        const name = value.$ref.split('/').at(-1)!
        if (name in schemas) return
        schemas[name] = document.components.schemas![name]
        visit(schemas[name])
      } else for (const part of Object.values(value)) visit(part)
    }
    visit(schema)
    return { schema, schemas }
  }

  /** What an operation takes and answers. */
  function describe({ operationId, method, path, summary, description, ...one }: Operation): Json {
    const parameters = parametersOf(one.parameters)
    const sent = one.requestBody?.content[bodyTypeOf(one)]?.schema
    const [, success] = Object.entries(one.responses).find(([status]) => status < '300')!
    const answer = Object.values(resolve(success).content ?? {})[0]?.schema
    const { schema: body, schemas } = withReferences(sent)
    return {
      ...{ operation: operationId, request: `${method} ${path}`, summary, description },
      roles: one['x-roles'],
      ...(parameters.length > 0 && { parameters }),
      ...(body !== undefined && { body, bodyRequired: one.requestBody?.required === true, schemas }),
      ...(answer && { answer })
    }
  }

  /** The parameters of an operation; headers are given in other ways. */
  const parametersOf = (parameters: DescribedOperation['parameters'] = []) =>
    parameters.map((one) => resolve<Parameter>(one)).filter((one) => one.in !== 'header')

  return {
    list,
    describe,
    parametersOf,
    find: (id: string) => byId.get(id),
    /** A schema by its name, with all that it refers to; undefined without one. */
    schema(name: string) {
      const found = document.components.schemas![name]
      return found && { name, ...withReferences(found) }
    }
  }
}
