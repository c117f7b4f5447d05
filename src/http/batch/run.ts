// The operations of a batch, one after the other, each as if it were sent alone.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { HttpProblem } from '../problems.ts'
import { failed } from './failing.ts'
import { bodyOf, type Names, pathOf } from './references.ts'
import type { Operation, Result } from './schema.ts'

type Answer = Awaited<ReturnType<FastifyInstance['inject']>>

/** How many bytes a batch is answered at most. */
const most = 16 * 1024 * 1024

/** What is sent alone: it reads, lasts, takes other content than JSON, or hands out secrets. */
const alone = ['batch', 'changes', 'deliveries', 'imports', 'tokens', 'webhooks']

/** Throws 400 for operations that no batch takes. */
export function checkPaths(operations: Operation[]) {
  const errors = operations.flatMap(({ path }, i) => {
    const collection = path.split(/[/?]/)[2]!
    return alone.includes(collection)
      ? [{ pointer: `/operations/${i}/path`, detail: `/v1/${collection} is not for a batch.` }]
      : []
  })
  if (errors.length > 0)
    throw new HttpProblem('invalid-input', `Body: ${errors[0]!.pointer}: ${errors[0]!.detail}`, errors)
}

/** An operation with what was made of its body before the transaction. */
export interface Prepared extends Operation {
  /** These fields go in the place of those that were sent. */
  fields?: object
  /** What its answer says beside. */
  more?: object
}

/** Who sent a batch: each operation comes from the same token and the same address. */
export interface Sender {
  authorization: string
  remoteAddress: string
}

/** Sends the operations to `server` for who sent the batch. Throws the problem of the first that fails. */
export async function run(
  server: FastifyInstance,
  operations: Prepared[],
  sender: Sender
): Promise<Result[]> {
  const names: Names = new Map()
  const results: Result[] = []
  let bytes = 0
  for (const [index, operation] of operations.entries()) {
    // Who reads is answered between two operations.
    await nextTurn()
    const answer = await server.inject(requestOf(operation, names, sender))
    if (answer.statusCode >= 400) throw failed(index, operation, JSON.parse(answer.payload), answer.headers)
    bytes += answer.rawPayload.length
    if (bytes > most) throw tooMuch(index)
    const result = resultOf(answer, operation)
    const { id } = (result.body ?? {}) as { id?: string }
    if (operation.key && id) names.set(`$${operation.key}`, id)
    results.push(result)
  }
  return results
}

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

function resultOf({ statusCode, headers, payload }: Answer, { more }: Prepared): Result {
  return {
    status: statusCode,
    ...(headers.etag !== undefined && { etag: String(headers.etag) }),
    ...(headers.location !== undefined && { location: String(headers.location) }),
    ...(payload !== '' && { body: { ...JSON.parse(payload), ...more } })
  }
}

function tooMuch(index: number) {
  const detail = `The answers of this batch take more than ${most} bytes. Send fewer operations.`
  return new HttpProblem('too-large', detail, [{ pointer: `/operations/${index}`, detail }])
}
