// Refusals as errors: problem details (RFC 9457) with what a program decides by.
import { retryAfter } from './retry.ts'

/** The body of a refusal. */
export interface ProblemDetails {
  /** `/problems/<kind>`, a page that explains it. */
  type: string
  title: string
  status: number
  /** What is wrong here, and what to do about it. */
  detail: string
  instance?: string
  /** Every place where something is wrong, as JSON Pointers. */
  errors?: { pointer: string; in?: 'query' | 'path' | 'headers'; code?: string; detail: string }[]
  /** What the operation of a batch was answered that failed. */
  problem?: ProblemDetails
}

/** A request that was refused. `message` is the detail of the problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly status: number
  /** The last part of its type: `not-found`, `stale`, `checks-failed`; `unknown` where a proxy answered. */
  readonly kind: string
  readonly problem: ProblemDetails
  /** After how many seconds to ask again, where that is told. */
  readonly retryAfter: number | undefined
  /** The current ETag, where the one in `If-Match` was stale. */
  readonly etag: string | undefined
  readonly response: Response

  constructor(problem: ProblemDetails, response: Response) {
    super(problem.detail)
    this.problem = problem
    this.status = response.status
    this.kind = /^\/problems\/([\w-]+)$/.exec(problem.type)?.[1] ?? 'unknown'
    this.retryAfter = retryAfter(response)
    this.etag = response.headers.get('ETag') ?? undefined
    this.response = response
  }
}

const isProblem = (body: unknown): body is ProblemDetails =>
  typeof body === 'object' && body !== null && 'type' in body && 'detail' in body

/** The error for an answer that is no success, whoever gave it. */
export function problemOf(body: unknown, response: Response): ProblemError {
  if (isProblem(body)) return new ProblemError(body, response)
  const { status, statusText } = response
  const detail = typeof body === 'string' && body !== '' ? body.slice(0, 200) : `HTTP ${status}`
  return new ProblemError(
    { type: 'about:blank', title: statusText || `HTTP ${status}`, status, detail },
    response
  )
}

/** What openapi-fetch answers. */
export interface Answered<Data> {
  data?: Data
  error?: unknown
  response: Response
}

/** The data of an answer. Throws a ProblemError where the request was refused. */
export async function dataOf<Data>(call: PromiseLike<Answered<Data>>): Promise<Data> {
  const { data, error, response } = await call
  if (!response.ok) throw problemOf(error, response)
  // openapi-fetch has data wherever the status is a success; an answer without content is typed as undefined.
  return data as Data
}
