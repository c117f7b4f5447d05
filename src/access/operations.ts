// Completes every route in one place: permission, errors, headers, content types.
import { isDeepStrictEqual } from 'node:util'
import type { FastifyInstance, FastifyRequest, FastifySchema, onSendHookHandler, RouteOptions } from 'fastify'
import type { TObject } from 'typebox'
import { checkContentType, contentTypes, json, noBody } from '../http/input/bodies.ts'
import { accepting, notAcceptable } from '../http/input/negotiation.ts'
import { valuesOf } from '../http/input/query.ts'
import type { Kind } from '../http/problems.ts'
import { strict } from '../http/schemas.ts'
import { type Reading, readOneState } from '../http/server/one-state.ts'
import { gate, needsNoToken, type TokenLookup } from './gate.ts'
import {
  entityTag,
  type HeaderSchema,
  idempotencyKey,
  ifMatch,
  ifNoneMatch,
  mergeHeaders,
  notModified,
  problems,
  publishedHeaders,
  rateLimit,
  replayedHeader,
  successes
} from './operation-schema.ts'
import { type Permission, permissions } from './permissions.ts'

/** Adds permission, errors and headers to every operation. Throws for one that permissions.ts lacks. */
export function completeOperations(app: FastifyInstance, recognise: TokenLookup, reading: Reading = {}) {
  readOneState(app, reading)
  const admit = gate(recognise)
  let lastCompleted: { given: FastifySchema; completed: FastifySchema } | undefined
  app.addHook('onRoute', (route) => {
    const schema = route.schema
    if (schema?.operationId === undefined) return
    const permission = permissions[schema.operationId]
    if (permission === undefined)
      throw new Error(`access/permissions.ts says nothing of the operation ${schema.operationId}`)
    // Fastify adds a HEAD with what was given for its GET, right after that.
    const ofGet = route.method === 'HEAD' ? lastCompleted : undefined
    route.schema = ofGet?.given === schema ? ofGet.completed : completeSchema(route, schema, permission)
    lastCompleted = { given: schema, completed: route.schema }
    const types = typesOf(route.schema.response as object)
    const { alternatives = [] } = (route.config ?? {}) as { alternatives?: string[] }
    const offered = types.length > 0 ? [...new Set([...types, ...alternatives])] : []
    const accepts = accepting(offered)
    route.onRequest = (request, _, done) => {
      if (!accepts(request.headers.accept)) return done(notAcceptable(offered))
      if (needsNoToken(permission, request)) return done()
      admit(request, permission).then(() => done(), done)
    }
    // Fastify's own, which it always has, comes before it, and says that a 304 has no bytes.
    if (route.method === 'HEAD') route.onSend = [route.onSend!, withoutLength].flat()
    if (schema.body !== undefined) {
      route.preParsing = async (request) => checkContentType(request)
      if ((route.config as { optionalBody?: boolean } | undefined)?.optionalBody)
        route.preValidation = (request, _, done) => {
          // JSON `null` is a body, and an invalid one.
          if (request.body === undefined) request.body = {}
          done()
        }
    } else if (route.method === 'GET' || route.method === 'HEAD') {
      const names = arrayParameters(route.schema.querystring as TObject)
      if (names.length > 0) route.preValidation = (request, _, done) => done(void splitValues(request, names))
    } else {
      route.preValidation = async ({ body }) => {
        if (body !== undefined && !isDeepStrictEqual(body, {})) throw noBody()
      }
    }
  })
}

/** A 304 may only have the Content-Length of the 200 (RFC 9110, 8.6); it is removed, for HEAD as for GET. */
const withoutLength: onSendHookHandler = (_, reply, payload, done) => {
  if (reply.statusCode === 304) reply.removeHeader('content-length')
  done(null, payload)
}

/** The content types of successful responses: none where they have no body. */
function typesOf(response: object): string[] {
  const successes = Object.entries(response).filter(([status]) => status < '300')
  return [...new Set(successes.flatMap(([, { content = {} }]) => Object.keys(content)))]
}

/** The query parameters with several values. */
const arrayParameters = ({ properties }: TObject) =>
  Object.entries(properties).flatMap(([name, schema]) => ('items' in schema ? [name] : []))

/** Parts `a,b` into two values, but not `a%2Cb`, which Fastify has decoded. */
function splitValues({ query, url }: FastifyRequest, names: string[]) {
  const values = query as Record<string, string | string[]>
  for (const name of names) {
    if (values[name] === undefined) continue
    const decoded = [values[name]].flat()
    values[name] = decoded.some((one) => one.includes(',')) ? valuesOf(url, name) : decoded
  }
}

function completeSchema(route: RouteOptions, schema: FastifySchema, permission: Permission): FastifySchema {
  const { method, url } = route
  const writes = method !== 'GET' && method !== 'HEAD'
  const isInApi = /^\/v1(\/|$)/.test(url)
  const conditional = !writes && permission.open === true && isInApi
  // Single drafts and published documents have ETags; lists of drafts have none.
  const isTagged = conditional || (isInApi && schema.operationId!.startsWith('get'))
  const answers = successes(schema.response as object, {
    ...((isTagged || writes) && entityTag),
    ...(conditional && publishedHeaders),
    ...(method === 'POST' && replayedHeader),
    ...(permission.always !== true && rateLimit)
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
    ...mergeHeaders(
      schema.headers as HeaderSchema | undefined,
      errors.includes('stale') && !schema.headers && ifMatch(errors.includes('precondition-required')),
      conditional && ifNoneMatch,
      method === 'POST' && idempotencyKey
    ),
    security: security(permission),
    // Spread, because Fastify's type of a schema knows no extensions of OpenAPI (3.1, 4.9).
    ...{ 'x-roles': permission.roles },
    description: [schema.description, rolesText(permission)].filter(Boolean).join(' '),
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

const rolesText = ({ open, local, roles }: Permission) => {
  if (open && roles.length === 0) return 'Open to everybody.'
  const named = roles.join(', ')
  const here = local ? ', and everybody on the same machine' : ''
  return `${open ? 'Open to everybody; drafts' : 'Roles'}: ${named}${here}.`
}
