// What every record of the desk has in common over HTTP: it is changed by PUT, PATCH and DELETE, guarded by
// If-Match, and answered with its ETag and never cached.
import { isDeepStrictEqual } from 'node:util'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, type TObject, type TSchema, Type } from 'typebox'
import { actorOf } from '../http/callers/caller.ts'
import {
  type Current,
  type Expected,
  optionalIfMatch,
  requiredIfMatch,
  withCurrentTag
} from '../http/etag.ts'
import { merge, patchOf } from '../http/input/merge-patch.ts'
import { HttpProblem, type Kind, mayFail } from '../http/problems.ts'
import { ref, strict } from '../http/schemas.ts'
import type { Database, Reader, Writer } from '../storage/database.ts'
import { sendDraft } from './drafts.ts'

/** What a 412 tells where no earlier drafts are kept: the draft there is now. */
export const currentBy =
  (byId: (db: Reader, id: string) => Promise<{ version: number } | undefined>) =>
  async (db: Reader, id: string): Promise<Current> => ({ draft: (await byId(db, id))! })

type Told = (db: Reader, id: string, versions: Expected) => Promise<Current>

/** Writes to the record of the address, on behalf of who asks; a 412 tells what `current` answers. */
const guarding =
  (db: Database, current: Told) =>
  <T>(request: FastifyRequest, versions: Expected, work: (tx: Writer, id: string) => Promise<T>) => {
    const { id } = request.params as { id: string }
    return db.write(actorOf(request), (tx) =>
      withCurrentTag(
        () => work(tx, id),
        () => current(tx, id, versions)
      )
    )
  }

/** Handlers of what is done to a draft: If-Match is heeded where it is sent, and a 412 tells what `current` answers. */
export const acting = (db: Database, current: Told) => {
  const guard = guarding(db, current)
  return (
    work: (
      tx: Writer,
      id: string,
      versions: Expected,
      request: FastifyRequest
    ) => Promise<{ version: number } | HttpProblem>
  ) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const versions = optionalIfMatch(request.headers['if-match'])
      const draft = await guard(request, versions, (tx, id) => work(tx, id, versions, request))
      // A problem that is answered, not thrown, is one whose transaction stays: it wrote why it was refused.
      if (draft instanceof HttpProblem) throw draft
      return sendDraft(request, reply, draft)
    }
}

/**
 * What the merge patch of a request makes of a record. It throws 400 for what would not be a record: a part may be fine
 * and the whole not be. A field that stays as it is is not checked again, for it may be older than the rule.
 */
export const patched =
  <T extends object>(
    request: FastifyRequest,
    whole: TSchema,
    patch: unknown = request.body,
    checked: string[] = []
  ) =>
  (now: T): T => {
    const merged = merge(now, patch)
    const check = request.compileValidationSchema(whole, 'body')
    if (check(without(merged, checked))) return merged as T
    const before = new Map(Object.entries(now))
    const after = new Map(Object.entries(merged as object))
    const faults = check.errors!.filter(({ instancePath }) => {
      const [, field] = instancePath.split('/')
      return field === undefined || !isDeepStrictEqual(before.get(field), after.get(field))
    })
    if (faults.length > 0) throw Object.assign(new Error(), { validation: faults, validationContext: 'body' })
    return merged as T
  }

/** Those of these fields in which a merge patch has null: it removes them, and may ask for another value thereby. */
const nullsOf = (patch: object, fields: string[] = []) =>
  Object.fromEntries(Object.entries(patch).filter(([name, value]) => value === null && fields.includes(name)))

/** What is left of an object without these fields. */
const without = (value: unknown, fields: string[]) =>
  Object.fromEntries(Object.entries(value as object).filter(([name]) => !fields.includes(name)))

/** A body that was worked on before anything is written, and what the answer says of that. */
interface Prepared<Value> {
  input: Value
  more?: object
}

interface Changeable<
  Input extends TObject,
  Output extends { version: number },
  Query extends TObject,
  Value extends object = Static<Input>
> {
  /** As it stands in operationIds: `Quote`, `MediaCredit`. */
  name: string
  /** As it stands in sentences: `a quote`, `an article`. */
  one: string
  collection: string
  id: TSchema
  /** What a client sends with PUT; PATCH sends a part of it. */
  input: Input
  /** The fields in which null asks for something, such as a new value. */
  asking?: string[]
  output: TSchema
  /** The problems that a change may meet. */
  errors?: Kind[]
  /** The problems that a deletion may meet. */
  inUse?: Kind[]
  /** What a 412 tells. */
  current: Told
  change(tx: Writer, id: string, versions: Expected, edit: (now: Value) => Value): Promise<Output>
  /** The parameters of PUT and PATCH. */
  query?: Query
  /** What takes long with what was sent, so that it is done before a transaction is opened. */
  prepare?(sent: Static<Input>, query: Static<Query>): Promise<Prepared<Value>>
  /** The fields that need no second look when a part of the record was changed. */
  checked?: string[]
  remove(tx: Writer, id: string, versions: Expected): Promise<void>
}

/** PUT, PATCH and DELETE of one record of the desk. */
export function changeable<
  Input extends TObject,
  Output extends { version: number },
  Query extends TObject,
  Value extends object = Static<Input>
>(app: FastifyInstance, db: Database, record: Changeable<Input, Output, Query, Value>) {
  const { name, one, collection, input, checked } = record
  const url = `/${collection}/:id`
  const shared = { tags: [collection], params: strict({ id: record.id }) }
  const named = ref(input)
  const patch = patchOf(input, `${name}Patch`)
  app.addSchema(patch)
  const failing = mayFail('stale', 'precondition-required', ...(record.errors ?? ['unprocessable']))

  const guard = guarding(db, record.current)
  const asSent = async (sent: unknown): Promise<Prepared<Value>> => ({ input: sent as Value })
  const { prepare = asSent } = record
  const querystring = record.query && { querystring: record.query }

  async function change(
    request: FastifyRequest,
    reply: FastifyReply,
    editOf: (sent: Value) => (now: Value) => Value
  ) {
    const versions = requiredIfMatch(request.headers['if-match'])
    const { input, more } = await prepare(request.body as Static<Input>, request.query as Static<Query>)
    const edit = editOf(input)
    const draft = await guard(request, versions, (tx, id) => record.change(tx, id, versions, edit))
    return sendDraft(request, reply, draft, more)
  }

  app.put(
    url,
    {
      ...failing,
      schema: {
        ...shared,
        operationId: `replace${name}`,
        summary: `Replace the draft of ${one}.`,
        ...querystring,
        body: named,
        response: { 200: record.output }
      }
    },
    (request, reply) => change(request, reply, (sent) => () => sent)
  )

  app.patch(
    url,
    {
      ...failing,
      schema: {
        ...shared,
        operationId: `update${name}`,
        summary: `Change parts of the draft of ${one} (RFC 7396).`,
        ...querystring,
        body: ref(patch),
        response: { 200: record.output }
      }
    },
    (request, reply) =>
      change(request, reply, (sent) => {
        const edit = patched<Value>(request, named, sent, checked)
        const nulls = nullsOf(sent, record.asking)
        return (now) => ({ ...edit(now), ...nulls })
      })
  )

  app.delete(
    url,
    {
      ...mayFail('stale', 'precondition-required', ...(record.inUse ?? [])),
      schema: {
        ...shared,
        operationId: `delete${name}`,
        summary: `Delete ${one}.`,
        response: { 204: Type.Null() }
      }
    },
    async (request, reply) => {
      const versions = requiredIfMatch(request.headers['if-match'])
      await guard(request, versions, (tx, id) => record.remove(tx, id, versions))
      return reply.code(204).send()
    }
  )
}
