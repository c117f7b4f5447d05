// Where the database is another machine's, it may be silent while this process goes on: what is cached is served then, for as
// long as others may show it while the service does not answer, and marked.
import type { IncomingMessage } from 'node:http'
import { performance } from 'node:perf_hooks'
import type { Database } from '../../storage/database.ts'

/** Nobody else may keep what may be outdated (RFC 9111, RFC 9211). */
const marks = { 'cache-control': 'no-cache', 'cache-status': 'onrecord; hit; detail=database-silent' }

/** Follows whether the database answers; `awaitFresh` is to be awaited once for each request, before it looks at anything. */
export function silenceOf(
  { fresh }: Pick<Database, 'fresh'>,
  { ONRECORD_STALE_IF_ERROR: limit }: { ONRECORD_STALE_IF_ERROR: number }
) {
  let since: number | undefined
  // Fastify gets what the listener has awaited already.
  const fresher = new WeakSet<IncomingMessage>()

  return {
    awaitFresh:
      fresh &&
      async function awaitFresh(request: IncomingMessage) {
        if (fresher.has(request)) return
        fresher.add(request)
        since = await fresh()
      },
    /** Whether the database has been silent for longer than anything may be shown without it. */
    isTooLong: () => since !== undefined && performance.now() - since > limit * 1000,
    /** The headers that an answer has now in place of its own, where its Cache-Control is to be this one. */
    headersNow(policy: string | undefined): Record<string, string> | undefined {
      if (since !== undefined) return marks
      return policy === undefined ? undefined : { 'cache-control': policy }
    }
  }
}
