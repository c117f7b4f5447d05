// Requests that the document allows, for records that are there.
import { randomUUID } from 'node:crypto'
import { pick, type Random } from '../bench/random.ts'
import { choicesOf, type Document, type Operation, type Parameter, resolved } from './document.ts'
import type { Handed } from './handed.ts'
import { batch, cursor, desk, file, retrying, showing, streamed, trash } from './hints.ts'
import { type Parts, type Request, urlOf } from './requests.ts'
import { instants, prefixOf, type Sampling, sample, unknownId } from './values.ts'
import type { World } from './world.ts'

/** What a run is made with. */
export interface Scene {
  document: Document
  operations: Operation[]
  /** Those of them that are asked. */
  asked: Operation[]
  random: Random
  world: World
  handed: Handed
  /** The token of each role. */
  tokens: Record<string, string>
  /** What free texts are taken from. */
  texts: string[]
  /** The `next` of the pages that each operation answered. */
  cursors: Map<string, string[]>
  /** The ETag that each address was last answered with. */
  etags: Map<string, string>
  /** The operation that makes the records of each prefix. */
  makers: Map<string, Operation>
  /** What is to be put back. */
  due: Request[]
}

export interface Wish {
  /** The record that the request should be about. */
  focus?: string
  /** Whether the request is about secret records. */
  secret?: boolean
  /** Whether values stand at the edge of what is allowed. */
  edge?: boolean
}

/** Whether only a token lets this request through: always, or for the desk. */
export const isGuarded = ({ operation, query }: Pick<Parts, 'operation' | 'query'>) =>
  !operation.open ||
  (operation.roles.length > 0 &&
    query.some(([name, value]) => name === desk.parameter && value === desk.value))

/** The parts of a request that ought to succeed, as far as the document tells. */
export function valid(scene: Scene, operation: Operation, wish: Wish = {}): Parts {
  const path = pathOf(scene, operation, wish)
  const s = sampling(scene, Object.values(path), wish)
  const query = queryOf(scene, operation, s)
  const parts: Parts = { operation, method: operation.method, path, query, headers: {}, role: null }
  parts.role = roleFor(scene, parts)
  parts.headers = headersOf(scene, parts, s)
  return { ...parts, ...(batchOf(scene, parts, wish) ?? bodyOf(scene, parts, s)) }
}

/** A batch of a few requests that ought to succeed, mostly. */
function batchOf(scene: Scene, { operation }: Parts, wish: Wish) {
  const { random } = scene
  if (operation.name !== batch.operation || random() < 0.3) return undefined
  const others = scene.operations.filter(({ name }) => batch.of.test(name))
  const operations = Array.from({ length: pick(random, [1, 1, 2, 3]) }, () => {
    const parts = valid(scene, pick(random, others), wish)
    const ifMatch = parts.headers['If-Match']
    return {
      method: parts.method,
      path: urlOf({ ...parts, query: [] }),
      ...(ifMatch !== undefined && { ifMatch }),
      ...(parts.body !== undefined && { body: parts.body })
    }
  })
  return { type: 'application/json', body: { operations } }
}

/** What values of a request are made from: ids near these, where there are any. */
export const sampling = (
  { document, random, world, texts }: Scene,
  near: string[],
  wish: Wish
): Sampling => ({
  document,
  random,
  texts,
  instants: wish.secret ? instants.filter((instant) => instant > '2030') : instants,
  idOf: (prefix) =>
    world.idOf(prefix, near, wish.secret) ?? (wish.secret ? world.idOf(prefix, near) : undefined),
  edge: wish.edge ?? false
})

/** The last parameter first: what is further up belongs to it. */
function pathOf(scene: Scene, operation: Operation, { focus, secret = false }: Wish) {
  const told = scene.handed.address(operation.name)
  if (told && scene.random() < 0.9) return told
  const path: Record<string, string> = {}
  for (const { name, schema } of parametersIn(operation, 'path').reverse()) {
    const prefix = prefixIn(scene, operation, name)
    const known = prefix && preferred(scene, operation, prefix)
    const focused = known ?? (prefix && focus?.startsWith(`${prefix}_`) ? focus : undefined)
    path[name] = prefix
      ? (focused ?? scene.world.idOf(prefix, Object.values(path), secret) ?? unknownId(prefix, scene.random))
      : (scene.handed.value(`path.${name}`) ?? String(sample(schema, sampling(scene, [], {}))))
  }
  return path
}

/** The record of this prefix that an operation is about: one in the trash, or one that readers see. */
function preferred({ world, random }: Scene, { name }: Operation, prefix: string) {
  if (trash.of.test(name)) return world.trashed(prefix)
  return showing.needed.test(name) && random() < 0.8 ? world.shown(prefix) : undefined
}

const parametersIn = ({ parameters }: Operation, place: Parameter['in']) =>
  parameters.filter((one) => one.in === place)

/** The prefix of the ids that an address takes, where an operation of the same address tells. */
export function prefixIn({ operations }: Scene, { path }: Operation, name: string): string | undefined {
  const upTo = path.slice(0, path.indexOf(`{${name}}`) + name.length + 2)
  const schemas = operations
    .filter((one) => one.path.startsWith(upTo))
    .flatMap((one) => parametersIn(one, 'path').filter((parameter) => parameter.name === name))
  return schemas.map(({ schema }) => prefixOf(schema)).find((prefix) => prefix !== undefined)
}

/** How long a parameter may be, so that address and header stay shorter than a server takes. */
const mostOfParameter = 2000

function queryOf({ random, cursors }: Scene, operation: Operation, s: Sampling): [string, string][] {
  return parametersIn(operation, 'query').flatMap(({ name, required, schema }): [string, string][] => {
    if (name === cursor) {
      const known = cursors.get(operation.name) ?? []
      return known.length > 0 && random() < 0.3 ? [[name, pick(random, known)]] : []
    }
    if (!required && random() > (name === desk.parameter ? 0.5 : 0.12)) return []
    const values = [sample(schema, s)].flat().map(String)
    return encodeURIComponent(values.join('')).length > mostOfParameter
      ? []
      : values.map((value) => [name, value])
  })
}

/** The role that may, or nobody where nobody is needed. */
function roleFor({ random }: Scene, parts: Parts): string | null {
  const { roles } = parts.operation
  if (isGuarded(parts)) return pick(random, roles)
  return pick(random, [null, null, ...roles.slice(-1)])
}

function headersOf({ random, etags, handed }: Scene, { operation, path }: Parts, s: Sampling) {
  const headers = parametersIn(operation, 'header').flatMap(({ name, required, schema }) => {
    const told = handed.value(`header.${name}`)
    if (told !== undefined && random() < 0.9) return [[name, told]]
    if (!required && random() > 0.15) return []
    const etag = etags.get(Object.values(path).join('/'))
    if (name === 'If-Match') return [[name, etag && random() < 0.3 ? etag : '*']]
    if (name === 'If-None-Match' && etag) return [[name, etag]]
    // An upload that was just begun has no bytes.
    if (name === 'Upload-Offset' && random() < 0.5) return [[name, '0']]
    // Not of the seed: the same run against the same server is not the same request.
    if (name === retrying.header) return [[name, randomUUID()]]
    const value = String(sample(schema, s)).replace(/[^\x20-\x7e]/g, '')
    return value.length > mostOfParameter ? [] : [[name, value]]
  })
  return Object.fromEntries(headers) as Record<string, string>
}

function bodyOf(
  { random, document, handed }: Scene,
  { operation: { bodies, name }, path }: Parts,
  s: Sampling
) {
  if (bodies === undefined) return {}
  // Bytes of files are no text that could be made from a schema: where JSON is taken too, it is sent.
  const types = Object.keys(bodies).filter((type) => !streamed.includes(name) || type.startsWith('text/'))
  if (types.includes(file.type) && random() < 0.3) return { type: file.type, raw: file.bytes }
  const json = types.filter((type) => type.endsWith('json'))
  const type = pick(random, json.length > 0 ? json : types)
  const body = sample(bodies[type]!, s)
  const { properties = {} } = resolved(document, bodies[type]!)
  return { type, body: handed.filled(body, Object.keys(properties), Object.values(path)[0]) }
}

/** The address under which the desk reads the record, or the collection, that a request is about. */
export function deskUrl({ operations }: Scene, { operation, path }: Parts): string | undefined {
  const reads = operations.filter(
    (one) =>
      one.method === 'GET' &&
      one.path.includes('{') &&
      (operation.path === one.path || operation.path.startsWith(`${one.path}/`))
  )
  const [read] = reads.sort((one, other) => other.path.length - one.path.length)
  if (read === undefined) return undefined
  const url = read.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(path[name]!))
  return choicesOf(read, desk.parameter).includes(desk.value) ? `${url}?${desk.parameter}=${desk.value}` : url
}
