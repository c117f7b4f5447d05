// The ways in which a request that ought to succeed is made another, and what must come of each.
import { pick } from '../bench/random.ts'
import { broken } from './breaking.ts'
import { faults, operationsAt } from './contract.ts'
import { brokenBodies } from './corpus.ts'
import { propertyNames } from './document.ts'
import { columns, desk, local, outliving, retrying, streamed, trash } from './hints.ts'
import { places, put } from './places.ts'
import { type Parts, urlOf } from './requests.ts'
import { isGuarded, prefixIn, type Scene } from './valid.ts'

/** What must be answered. */
export interface Expectation {
  said: string
  statuses: (status: number) => boolean
}

export interface Twisted {
  parts: Parts
  expects: Expectation
}

type Twist = (scene: Scene, parts: Parts) => Twisted | undefined

const only = (...statuses: number[]): Expectation => ({
  said: statuses.join(' or '),
  statuses: (status) => statuses.includes(status)
})
const refused: Expectation = { said: '4xx', statuses: (status) => status >= 400 && status < 500 }
export const anything: Expectation = { said: 'any documented status', statuses: () => true }

/** Every way, with how often it is gone. */
export const twists: Record<string, readonly [weight: number, Twist]> = {
  'a wrong body': [10, wrongBody],
  'a body that is no JSON': [3, noJson],
  'more properties': [4, moreProperties],
  'a wrong parameter': [6, wrongParameter],
  'an unknown parameter': [2, unknownParameter],
  'another content type': [2, otherType],
  'another method': [2, otherMethod],
  'no token': [3, noToken],
  'a token nobody has': [2, unknownToken],
  'the wrong role': [4, wrongRole],
  'no If-Match': [2, noCondition],
  'a stale If-Match': [2, staleCondition],
  'what was deleted': [4, deleted],
  'a header full of nonsense': [2, oddHeaders]
}

function wrongBody({ document, random }: Scene, parts: Parts): Twisted | undefined {
  if (!parts.type?.endsWith('json')) return undefined
  const schema = parts.operation.bodies![parts.type]!
  const body = broken(document, schema, parts.body, random)
  const wrong = body === undefined || faults(document, schema, body).length > 0
  return { parts: { ...parts, body }, expects: wrong ? refused : anything }
}

function noJson({ random }: Scene, parts: Parts): Twisted | undefined {
  if (!parts.type?.endsWith('json') || streamed.includes(parts.operation.name)) return undefined
  return { parts: { ...parts, raw: pick(random, brokenBodies) }, expects: only(400) }
}

/** Names that no client may write, with values that can be told from others. */
function moreProperties({ document, random }: Scene, parts: Parts): Twisted | undefined {
  if (parts.type === undefined) return undefined
  const schema = parts.operation.bodies![parts.type]!
  const holders = places(document, schema, parts.body).filter(
    ({ schema, value }) =>
      schema.additionalProperties === false && typeof value === 'object' && value !== null
  )
  if (holders.length === 0) return undefined
  const { path, schema: at } = pick(random, holders)
  const names = [...columns, ...propertyNames(document)].filter((name) => !(name in at.properties!))
  const name = pick(random, names)
  const body = put(parts.body, [...path, name], pick(random, ['zqmass', 99_999, true]))
  return { parts: { ...parts, body }, expects: refused }
}

function wrongParameter({ random }: Scene, parts: Parts): Twisted | undefined {
  const wrong = pick(random, [
    '',
    '-1',
    '0',
    '1e9',
    'null',
    '%',
    '\u0000',
    '..',
    "' OR 1=1",
    'x'.repeat(600),
    '١',
    '*',
    'a"b'
  ])
  const names = Object.keys(parts.path)
  if (names.length > 0 && random() < 0.5) {
    const path = { ...parts.path, [pick(random, names)]: wrong }
    return { parts: { ...parts, path }, expects: anything }
  }
  const queries = parts.operation.parameters.filter((one) => one.in === 'query')
  if (queries.length === 0) return undefined
  const { name, schema } = pick(random, queries)
  const query: Parts['query'] = [...parts.query.filter(([other]) => other !== name), [name, wrong]]
  // What the desk asks for can be lost with it.
  const role = name === desk.parameter ? 'admin' : parts.role
  const impossible = schema.enum !== undefined && !schema.enum.includes(wrong)
  return { parts: { ...parts, query, role }, expects: impossible ? only(400) : anything }
}

function unknownParameter({ random }: Scene, parts: Parts): Twisted {
  const name = pick(random, [
    'zq',
    'Limit',
    'limit[]',
    '__proto__',
    'constructor',
    'edition ',
    'access_token',
    'where'
  ])
  return { parts: { ...parts, query: [...parts.query, [name, '1']] }, expects: only(400) }
}

function otherType({ random }: Scene, parts: Parts): Twisted | undefined {
  const { bodies } = parts.operation
  if (bodies === undefined) return undefined
  const types = [
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/html',
    'x/y',
    'application/json-patch+json'
  ]
  const type = pick(
    random,
    types.filter((one) => !(one in bodies))
  )
  return { parts: { ...parts, raw: 'a=b', type }, expects: only(415) }
}

function otherMethod({ operations, random }: Scene, parts: Parts): Twisted | undefined {
  // A word may stand where another address has an id.
  const taken = operationsAt(operations, urlOf(parts)).map(({ method }) => method)
  const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !taken.includes(method))
  if (others.length === 0) return undefined
  return { parts: { ...parts, method: pick(random, others) }, expects: only(405) }
}

function noToken(_: Scene, parts: Parts): Twisted | undefined {
  if (!isGuarded(parts) || local.includes(parts.operation.name)) return undefined
  return { parts: { ...parts, role: null }, expects: only(401) }
}

function unknownToken({ random }: Scene, parts: Parts): Twisted | undefined {
  if (!isGuarded(parts)) return undefined
  const authorization = pick(random, [
    'Bearer onr_nobody',
    'Bearer ',
    'Basic b25yOm9ucg==',
    'onr_admin',
    'Bearer null',
    `Bearer onr_${'x'.repeat(300)}`
  ])
  return { parts: { ...parts, role: null, headers: { ...parts.headers, authorization } }, expects: only(401) }
}

function wrongRole({ tokens, random }: Scene, parts: Parts): Twisted | undefined {
  const others = Object.keys(tokens).filter((role) => !parts.operation.roles.includes(role))
  if (!isGuarded(parts) || others.length === 0) return undefined
  return { parts: { ...parts, role: pick(random, others) }, expects: only(403) }
}

const needsCondition = ({ operation }: Parts) =>
  operation.parameters.some(({ name, required }) => name === 'If-Match' && required)

function noCondition(_: Scene, parts: Parts): Twisted | undefined {
  if (!needsCondition(parts)) return undefined
  return { parts: { ...parts, headers: {} }, expects: refused }
}

function staleCondition({ random }: Scene, parts: Parts): Twisted | undefined {
  if (!parts.operation.parameters.some(({ name }) => name === 'If-Match')) return undefined
  const tag = pick(random, [
    '"0-x"',
    '"99999-2jmj7l5rSw0yVb_vlWAYkK"',
    'W/"1-x"',
    'nonsense',
    '"',
    '',
    '"a", "b"'
  ])
  return { parts: { ...parts, headers: { 'If-Match': tag } }, expects: refused }
}

function deleted(scene: Scene, parts: Parts): Twisted | undefined {
  const [name] = Object.keys(parts.path)
  const prefix = name && prefixIn(scene, parts.operation, name)
  const id = prefix && scene.world.deadOf(prefix)
  const { name: asked } = parts.operation
  if (!name || !id || outliving.includes(asked) || trash.of.test(asked)) return undefined
  // What was published stays so until its article is published again.
  const isPublic = parts.operation.method === 'GET' && !isGuarded(parts)
  const found = isPublic ? anything : refused
  return { parts: { ...parts, path: { ...parts.path, [name]: id } }, expects: found }
}

function oddHeaders({ random }: Scene, parts: Parts): Twisted {
  const odd: Record<string, string>[] = [
    { 'x-http-method-override': 'DELETE' },
    { 'x-forwarded-for': '127.0.0.1, ::1', 'x-forwarded-host': 'evil.example', forwarded: 'for="[::1]"' },
    { 'if-none-match': '"', 'if-modified-since': 'yesterday' },
    { 'if-modified-since': 'Thu, 99 Foo 2999 99:99:99 GMT' },
    { range: 'bytes=0-' },
    { 'accept-language': 'x'.repeat(1000), 'accept-encoding': 'gzip;q=2, *;q=nonsense' },
    { [retrying.header]: '' },
    { [retrying.header]: 'é' },
    { [retrying.header]: 'x'.repeat(256) },
    { cookie: '__proto__=1; session=admin', 'x-original-url': '/v1/tokens' }
  ]
  return { parts: { ...parts, headers: { ...parts.headers, ...pick(random, odd) } }, expects: anything }
}
