// PUT, PATCH and DELETE of drafts, the same for every resource: guarded by If-Match, answered with the ETag, never
// cached.
import { isDeepStrictEqual } from 'node:util'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, type TObject, type TSchema, Type } from 'typebox'
import { actorOf } from '../http/callers/caller.ts'
import {
  type CurrentState,
  type Expected,
  optionalIfMatch,
  requiredIfMatch,
  withCurrentTag
} from '../http/etag.ts'
import { merge, patchOf } from '../http/input/merge-patch.ts'
import { HttpProblem, type Kind, mayFail } from '../http/problems.ts'
import { ref, strict } from '../http/schemas.ts'
import { yieldIfDue } from '../storage/commits/turns.ts'
import type { Database, Reader, Writer } from '../storage/database.ts'
import { sendDraft } from './drafts.ts'

/** The `current` of resources without kept revisions: the draft only. */
export const currentBy =
  (byId: (db: Reader, id: string) => Promise<{ version: number } | undefined>) =>
  async (db: Reader, id: string): Promise<CurrentState> => ({ draft: (await byId(db, id))! })

type CurrentOf = (db: Reader, id: string, versions: Expected) => Promise<CurrentState>

/** Runs a write to the record of the URL for the caller; a 412 gets the details of `current`. */
const writeGuarded =
  (db: Database, current: CurrentOf) =>
  <T>(request: FastifyRequest, versions: Expected, work: (tx: Writer, id: string) => Promise<T>) => {
    const { id } = request.params as { id: string }
    return db.write(actorOf(request), (tx) =>
      withCurrentTag(
        () => work(tx, id),
        () => current(tx, id, versions)
      )
    )
  }

/** Handlers of actions on a draft: If-Match is optional, and a 412 gets the details of `current`. */
export const draftAction = (db: Database, current: CurrentOf) => {
  const guard = writeGuarded(db, current)
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
      // A problem that is returned, not thrown, leaves the transaction committed: it recorded the refusal.
      if (draft instanceof HttpProblem) throw draft
      return sendDraft(request, reply, draft)
    }
}

/** Handlers of DELETE: If-Match is required, and a 412 gets the details of `current`. */
export const draftRemoval = (db: Database, current: CurrentOf) => {
  const guard = writeGuarded(db, current)
  return (remove: (tx: Writer, id: string, versions: Expected) => Promise<void>) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const versions = requiredIfMatch(request.headers['if-match'])
      await guard(request, versions, (tx, id) => remove(tx, id, versions))
      return reply.code(204).send()
    }
}

/**
 * Applies the merge patch of a request. Throws 400 when the merged record is invalid, which each part may be alone or
 * not. Unchanged fields are not validated again: they may be older than a rule.
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

/** The given fields that are null in a merge patch: null removes them, and may also request a new value. */
const nullsOf = (patch: object, fields: string[] = []) =>
  Object.fromEntries(Object.entries(patch).filter(([name, value]) => value === null && fields.includes(name)))

/** An object without these fields. */
const without = (value: unknown, fields: string[]) =>
  Object.fromEntries(Object.entries(value as object).filter(([name]) => !fields.includes(name)))

/** A body after slow preparation (conversion), and what the response says about that. */
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
  /** As in operationIds: `Quote`, `MediaCredit`. */
  name: string
  /** As in sentences: `a quote`, `an article`. */
  phrase: string
  collection: string
  id: TSchema
  /** The body of PUT; PATCH takes parts of it. */
  input: Input
  /** Fields in which null has a meaning of its own, such as requesting a new value. */
  meaningfulNulls?: string[]
  output: TSchema
  /** Problems of PUT and PATCH. */
  errors?: Kind[]
  /** Problems of DELETE. */
  deleteErrors?: Kind[]
  /** The details of a 412. */
  current: CurrentOf
  change(tx: Writer, id: string, versions: Expected, edit: (now: Value) => Value): Promise<Output>
  /** The parameters of PUT and PATCH. */
  query?: Query
  /** Slow work on the body, done before the transaction is opened. */
  prepare?(sent: Static<Input>, query: Static<Query>): Promise<Prepared<Value>>
  /** Fields that `change` validates itself, or that need no validation after a PATCH. */
  checked?: string[]
  remove(tx: Writer, id: string, versions: Expected): Promise<void>
}

/** Registers PUT, PATCH and DELETE of a resource. */
export function changeable<
  Input extends TObject,
  Output extends { version: number },
  Query extends TObject,
  Value extends object = Static<Input>
>(app: FastifyInstance, db: Database, record: Changeable<Input, Output, Query, Value>) {
  const { name, phrase, collection, input, checked } = record
  const url = `/${collection}/:id`
  const shared = { tags: [collection], params: strict({ id: record.id }) }
  const named = ref(input)
  const patch = patchOf(input, `${name}Patch`)
  app.addSchema(patch)
  const failing = mayFail('stale', 'precondition-required', ...(record.errors ?? ['unprocessable']))

  const guard = writeGuarded(db, record.current)
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
    await yieldIfDue()
    return sendDraft(request, reply, draft, more)
  }

  app.put(
    url,
    {
      ...failing,
      schema: {
        ...shared,
        operationId: `replace${name}`,
        summary: `Replace the draft of ${phrase}.`,
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
        summary: `Change parts of the draft of ${phrase} (RFC 7396).`,
        ...querystring,
        body: ref(patch),
        response: { 200: record.output }
      }
    },
    (request, reply) =>
      change(request, reply, (sent) => {
        const edit = patched<Value>(request, named, sent, checked)
        const nulls = nullsOf(sent, record.meaningfulNulls)
        return (now) => ({ ...edit(now), ...nulls })
      })
  )

  app.delete(
    url,
    {
      ...mayFail('stale', 'precondition-required', ...(record.deleteErrors ?? [])),
      schema: {
        ...shared,
        operationId: `delete${name}`,
        summary: `Delete ${phrase}.`,
        response: { 204: Type.Null() }
      }
    },
    draftRemoval(db, record.current)(record.remove)
  )
}
