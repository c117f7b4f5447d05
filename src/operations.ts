// What every operation has, added in one place: who may, which errors, which headers, what it consumes.
import type { FastifyInstance, FastifyRequest, FastifySchema, onSendHookHandler, RouteOptions } from 'fastify'
import type { TObject } from 'typebox'
import { accepting, notAcceptable } from './accepting.ts'
import { gate, isOpen, type Permission, permissions, type Recognise } from './auth.ts'
import { checkContentType, contentTypes, json, noBody } from './parsing.ts'
import { type Kind, kinds, Problem } from './problems.ts'
import { ref, strict } from './schemas.ts'

/** Gives every operation its permission, its errors and its headers. Throws for one that auth.ts does not know. */
export function completeOperations(app: FastifyInstance, recognise: Recognise) {
  const admit = gate(recognise)
  app.addHook('onRoute', (route) => {
    const schema = route.schema
    if (schema?.operationId === undefined) return
    const permission = permissions[schema.operationId]
    if (permission === undefined)
      throw new Error(`auth.ts says nothing of the operation ${schema.operationId}`)
    route.schema = complete(route, schema, permission)
    const types = typesOf(route.schema.response as object)
    const accepts = accepting(types)
    route.onRequest = (request, _, done) => {
      if (!accepts(request.headers.accept)) return done(notAcceptable(types))
      if (isOpen(permission, request)) return done()
      admit(request, permission).then(() => done(), done)
    }
    // Fastify's own comes before it, and says that a 304 has no bytes.
    if (route.method === 'HEAD') route.onSend = [route.onSend ?? [], withoutLength].flat()
    if (schema.body !== undefined) {
      route.preParsing = async (request) => checkContentType(request)
      if ((route.config as { optionalBody?: boolean } | undefined)?.optionalBody)
        route.preValidation = (request, _, done) => {
          // A `null` that was sent is a body, and a wrong one.
          if (request.body === undefined) request.body = {}
          done()
        }
    } else if (route.method === 'GET' || route.method === 'HEAD') {
      const names = parametersOfSeveral(route.schema.querystring as TObject)
      if (names.length > 0) route.preValidation = (request, _, done) => done(void separate(request, names))
    } else {
      route.preValidation = async ({ body }) => {
        if (body !== undefined && JSON.stringify(body) !== '{}') throw noBody()
      }
    }
  })
}

/** A 304 says no length but that of the 200 it stands for (RFC 9110, 8.6): HEAD says none, as GET does. */
const withoutLength: onSendHookHandler = (_, reply, payload, done) => {
  if (reply.statusCode === 304) reply.removeHeader('content-length')
  done(null, payload)
}

/** The content types of what is answered when all goes well: none where only a status is. */
function typesOf(response: object): string[] {
  const successes = Object.entries(response).filter(([status]) => status < '300')
  return [...new Set(successes.flatMap(([, { content = {} }]) => Object.keys(content)))]
}

/** The parameters that take several values. */
const parametersOfSeveral = ({ properties }: TObject) =>
  Object.entries(properties).flatMap(([name, schema]) => ('items' in schema ? [name] : []))

/** Reads `a,b` as two values, and `a\\,b` as one (OpenAPI: style form, not exploded). */
function separate({ query }: FastifyRequest, names: string[]) {
  const values = query as Record<string, string | string[]>
  for (const name of names) {
    if (values[name] === undefined) continue
    values[name] = [values[name]]
      .flat()
      .flatMap((one) => one.split(/(?<!\\),/))
      .map((one) => one.replaceAll('\\,', ','))
  }
}

function complete(route: RouteOptions, schema: FastifySchema, permission: Permission): FastifySchema {
  const { method, url } = route
  const writes = method !== 'GET' && method !== 'HEAD'
  const conditional = !writes && permission.open === true && url.startsWith('/v1/')
  // One draft has a tag, as what is published has; a list at the desk has none.
  const isTagged = conditional || (url.startsWith('/v1/') && schema.operationId!.startsWith('get'))
  const answers = successes(schema.response as object, {
    ...(conditional && standing),
    ...(method === 'POST' && replayed)
  })
  const consumes = schema.consumes ?? (schema.body ? contentTypes[String(method)] : undefined)
  const errors: Kind[] = [
    'invalid-input',
    ...(permission.roles.length > 0 ? (['token-missing', 'token-invalid', 'forbidden'] as const) : []),
    ...(url.includes('/:') ? (['not-found', 'uri-too-long'] as const) : []),
    ...(conditional && url.includes('/:') ? (['gone'] as const) : []),
    ...(typesOf(answers).length > 0 ? (['not-acceptable'] as const) : []),
    ...(consumes?.includes(json) ? (['malformed-json'] as const) : []),
    ...(schema.body ? (['too-large', 'unsupported-media-type'] as const) : []),
    ...((route.config as { errors?: Kind[] } | undefined)?.errors ?? []),
    ...(method === 'POST' ? (['key-in-progress', 'key-reused', 'conflict'] as const) : []),
    ...(permission.always ? [] : (['too-many-requests', 'overloaded'] as const)),
    'internal',
    'unavailable',
    ...(writes ? (['insufficient-storage'] as const) : [])
  ]
  return {
    ...schema,
    querystring: schema.querystring ?? strict({}),
    ...(consumes && { consumes }),
    ...together(
      schema.headers as HeaderSchema | undefined,
      errors.includes('stale') && !schema.headers && ifMatch(errors.includes('precondition-required')),
      conditional && ifNoneMatch,
      method === 'POST' && idempotencyKey
    ),
    security: security(permission),
    // Spread, because Fastify's type of a schema knows no extensions of OpenAPI (3.1, 4.9).
    ...{ 'x-roles': permission.roles },
    description: [schema.description, who(permission)].filter(Boolean).join(' '),
    response: {
      ...answers,
      ...(isTagged && notModified),
      ...problems(errors)
    }
  }
}

const security = ({ open, roles }: Permission): Record<string, string[]>[] => [
  ...(open ? [{}] : []),
  ...(open && roles.length === 0 ? [] : [{ token: [] }, { oidc: [] }])
]

const who = ({ open, local, roles }: Permission) =>
  open && roles.length === 0
    ? 'Open to everybody.'
    : `${open ? 'Open to everybody; the draft edition needs' : 'Needs'} a token of the role ${roles.join(', ')}${local ? ', unless asked for on the same machine' : ''}.`

interface HeaderSchema {
  type: 'object'
  required?: string[]
  properties: Record<string, object>
}

/** The headers of all of these, where there are any. */
function together(...some: (HeaderSchema | false | undefined)[]): { headers?: HeaderSchema } {
  const all = some.filter((one) => one !== undefined && one !== false)
  if (all.length === 0) return {}
  const required = all.flatMap((one) => one.required ?? [])
  const properties = Object.assign({}, ...all.map((one) => one.properties))
  return { headers: { type: 'object', required, properties } }
}

const idempotencyKey: HeaderSchema = {
  type: 'object',
  properties: {
    'Idempotency-Key': {
      type: 'string',
      minLength: 1,
      maxLength: 255,
      description:
        'A key of your own for this request. Sent again with the same key within 24 hours, it is answered as it was, with `Idempotency-Replayed: true`, and done once; what was refused, or writes nothing, is not kept, and is tried anew.',
      examples: ['5f1d3c0a-6a52-4a0b-9d4b-0c6a3f4f8e11']
    }
  }
}

/** Node takes no more than this of all header fields together, and answers 431. */
const maxLength = 16_384

const ifMatch = (required: boolean): HeaderSchema => ({
  type: 'object',
  ...(required && { required: ['If-Match'] }),
  properties: {
    'If-Match': {
      type: 'string',
      maxLength,
      description:
        'The ETag of the draft you read, as a proxy may have made it (`W/"..."`), or `*` to overwrite knowingly (RFC 9110, 13.1.1).',
      examples: ['"3-2jmj7l5rSw0yVb_vlWAYkK"']
    }
  }
})

const ifNoneMatch: HeaderSchema = {
  type: 'object',
  properties: {
    'If-None-Match': {
      type: 'string',
      maxLength,
      description: 'The ETag you have: answered 304 when it still holds.'
    },
    'If-Modified-Since': {
      type: 'string',
      maxLength,
      description:
        'The Last-Modified you have: answered 304 when it still holds. If-None-Match goes before it.'
    }
  }
}

const notModified = { 304: { description: 'What you have still holds (RFC 9110, 15.4.5).', type: 'null' } }

/** The successful answers, as JSON with the headers they carry, and what more there is for this operation. */
const successes = (response: object, more: object) =>
  Object.fromEntries(
    Object.entries(response).map(([status, schema]) => [
      status,
      'content' in schema || 'description' in schema ? schema : described(status, schema, more)
    ])
  )

function described(status: string, schema: object, more: object) {
  if (status === '204') return { description: 'Done.', type: 'null' }
  const location = { Location: { type: 'string', description: 'Where it is.' } }
  const etag = {
    ETag: { type: 'string', description: 'The version of this representation, where it has one.' }
  }
  const placed = status === '201' || status === '202'
  const description = status === '201' ? 'Created.' : 'As asked for.'
  return {
    description,
    headers: { ...etag, ...(placed && location), ...more },
    content: { 'application/json': { schema } }
  }
}

/** What a POST says that was sent before. */
const replayed = {
  'Idempotency-Replayed': {
    type: 'string',
    description: '`true` where this Idempotency-Key was answered before: this is that answer.'
  }
}

/** What the answers of the newsstand say to caches; those of the desk are `private, no-store`. */
const standing = {
  'Last-Modified': { type: 'string', description: 'Since when it is so, for a single record.' },
  'Cache-Control': { type: 'string', description: 'How long it may be kept (RFC 9111, RFC 5861).' },
  Vary: { type: 'string', description: 'Accept-Encoding: what the bytes depend on.' },
  'Surrogate-Key': {
    type: 'string',
    description:
      'The lists that the answer depends on and, while they fit into 1000 bytes, ids: purge it by any of them.'
  }
}

const currentTag = { type: 'string', description: 'The version there is now.' }

const retryAfter = { type: 'string', description: 'After how many seconds to ask again.' }

/** draft-ietf-httpapi-ratelimit-headers-10 */
const rateLimit = {
  RateLimit: { type: 'string', description: 'What is left of the budget, and for how many seconds.' },
  'RateLimit-Policy': { type: 'string', description: 'The budget: how many requests in how many seconds.' }
}

/** The headers that the problems of a status carry, where they carry any. */
function headersOf(kinds: Kind[]) {
  const isTemporary = kinds.includes('too-many-requests') || kinds.includes('unavailable')
  const headers = {
    ...(kinds.includes('stale') && { ETag: currentTag }),
    ...(kinds.includes('too-many-requests') && rateLimit),
    ...(isTemporary && { 'Retry-After': retryAfter })
  }
  return Object.keys(headers).length > 0 && { headers }
}

/** One answer a status, naming the problems it may be. */
function problems(errors: Kind[]) {
  const statuses = Map.groupBy(new Set(errors), (kind) => kinds[kind][0])
  return Object.fromEntries(
    [...statuses].map(([status, some]) => [
      status,
      {
        description: some.map((kind) => `\`${kind}\`: ${kinds[kind][2]}`).join(' '),
        ...headersOf(some),
        content: { 'application/problem+json': { schema: ref(Problem) } }
      }
    ])
  )
}
