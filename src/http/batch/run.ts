// Runs the operations of a batch in order, each as a request of its own.
import type { FastifyInstance, InjectOptions } from 'fastify'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import { HttpProblem } from '../problems.ts'
import { failureOf } from './failure.ts'
import { bodyOf, type Names, pathOf } from './references.ts'
import type { Operation, Result } from './schema.ts'

type Answer = Awaited<ReturnType<FastifyInstance['inject']>>

/** The largest response of a batch, in bytes. */
const maxBytes = 16 * 1024 * 1024

/** Collections whose operations read, stream, take other content than JSON, or issue secrets. */
const excludedCollections = ['batch', 'changes', 'deliveries', 'imports', 'tokens', 'webhooks']

/** Throws 400 for operations that are not allowed in a batch. */
export function checkPaths(operations: Operation[]) {
  const errors = operations.flatMap(({ path }, i) => {
    const collection = path.split(/[/?]/)[2]!
    return excludedCollections.includes(collection)
      ? [{ pointer: `/operations/${i}/path`, detail: `/v1/${collection} is not for a batch.` }]
      : []
  })
  if (errors.length > 0)
    throw new HttpProblem('invalid-input', `Body: ${errors[0]!.pointer}: ${errors[0]!.detail}`, errors)
}

/** An operation whose body was prepared before the transaction. */
export interface Prepared extends Operation {
  /** Fields that replace those of the body. */
  fields?: object
  /** Fields that are added to its response. */
  more?: object
}

/** The caller of a batch: each operation has the same token and address. */
export interface Sender {
  authorization: string
  remoteAddress: string
}

/** Runs the operations on `server`; answers the results as JSON. Throws the problem of the first that fails. */
export async function run(
  server: FastifyInstance,
  operations: Prepared[],
  sender: Sender
): Promise<string[]> {
  const names: Names = new Map()
  const results: string[] = []
  let bytes = 0
  for (const [index, operation] of operations.entries()) {
    // Other requests are answered between two operations, but not between any two: a turn costs as much as a small one.
    await yieldIfDue()
    const answer = await server.inject(requestOf(operation, names, sender))
    if (answer.statusCode >= 400)
      throw failureOf(index, operation, JSON.parse(answer.payload), answer.headers)
    bytes += answer.rawPayload.length
    if (bytes > maxBytes) throw tooLarge(index)
    const id = operation.key && answer.payload !== '' ? idIn(answer.payload) : undefined
    if (id) names.set(`$${operation.key}`, id)
    results.push(resultOf(answer, operation))
  }
  return results
}

/** The id of a record in JSON: its first field, for which the rest need not be parsed. */
const idIn = (json: string): string | undefined => /^\{"id":"(\w+)"/.exec(json)?.[1]

function requestOf(operation: Prepared, names: Names, sender: Sender): InjectOptions {
  const { authorization, remoteAddress } = sender
  const { method, path, ifMatch, body, fields } = operation
  const headers = { authorization, ...(ifMatch !== undefined && { 'if-match': ifMatch }) }
  const url = pathOf(names, path)
  if (body === undefined) return { method, url, headers, remoteAddress }
  const named = bodyOf(names, body)
  const payload = JSON.stringify(fields ? { ...(named as object), ...fields } : named)
  return { method, url, remoteAddress, headers: { ...headers, 'content-type': 'application/json' }, payload }
}

/** A result as JSON, built from the response, which may be long and is JSON already. */
function resultOf({ statusCode, headers, payload }: Answer, { more }: Prepared): string {
  const about: Result = {
    status: statusCode,
    ...(headers.etag !== undefined && { etag: String(headers.etag) }),
    ...(headers.location !== undefined && { location: String(headers.location) })
  }
  if (payload === '') return JSON.stringify(about)
  return withField(
    JSON.stringify(about),
    'body',
    more ? mergeObjects(payload, JSON.stringify(more)) : payload
  )
}

/** Merges two objects in JSON. */
const mergeObjects = (one: string, other: string) => `${one.slice(0, -1)},${other.slice(1)}`

const withField = (object: string, name: string, value: string) =>
  mergeObjects(object, `{"${name}":${value}}`)

function tooLarge(index: number) {
  const detail = `The answers of this batch take more than ${maxBytes} bytes. Send fewer operations.`
  return new HttpProblem('too-large', detail, [{ pointer: `/operations/${index}`, detail }])
}
