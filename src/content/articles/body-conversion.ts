// Bodies become Portable Text before a transaction is opened: no write waits for a conversion.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { HttpProblem } from '../../http/problems.ts'
import { inThread } from '../../threads/run.ts'
import { type BodyWarning, type ReadBody, read } from '../body/read.ts'
import type { NewBody } from '../body/schema.ts'
import type { Converted } from './schema.ts'

/**
 * How many characters of each form are converted at once, by the thread that answers requests: some milliseconds. Sending
 * them to another thread and back takes as long as converting a page of plain text.
 */
const smallBody = { text: 40_000, markdown: 8000 }

const readInThread = inThread<typeof read>(new URL('../body/read.ts', import.meta.url).href, 'read')

/** How many blocks are checked at once; others have a turn before more are. */
const blocksPerTurn = 100

/** The body as it is stored. Throws 422 for what no body can hold, 503 `busy` where too many large ones wait. */
export async function convertBody(body: NewBody): Promise<ReadBody> {
  if (!isCheap(body)) return readInThread(body)
  if (Array.isArray(body) && body.length > blocksPerTurn) await nextTurn()
  return read(body)
}

/** Portable Text is only checked. The parser of HTML takes a tenth of a second, and 20 MB, to load: threads do that. */
function isCheap(body: NewBody) {
  if (Array.isArray(body)) return true
  if ('text' in body) return body.text.length <= smallBody.text
  return 'markdown' in body && body.markdown.length <= smallBody.markdown
}

/** What was sent, with its body converted, and what of that is lost. Throws as `convertBody`, and 422 for losses if strict. */
export async function withConvertedBody<T extends { body?: NewBody | null }>(
  sent: T,
  { strict = false }: { strict?: boolean }
): Promise<{ input: Converted<T>; warnings: BodyWarning[] }> {
  const { body: unread, ...rest } = sent
  if (unread === undefined) return { input: rest, warnings: [] }
  // In a merge patch null takes the body away.
  if (unread === null) return { input: { ...rest, body: null }, warnings: [] }
  const { body, warnings } = await convertBody(unread)
  if (strict) refuseLosses(warnings)
  return { input: { ...rest, body }, warnings }
}

/** Throws 422 that names each loss. */
export function refuseLosses(warnings: BodyWarning[]) {
  if (warnings.length === 0) return
  const errors = warnings.map(({ code, detail, words, pointer = '/body' }) => ({
    pointer,
    code,
    detail: words ? `${detail} (${words})` : detail
  }))
  throw new HttpProblem(
    'unprocessable',
    `Not all of the body can be kept. ${errors[0]!.detail} Mend what \`errors\` names, or send it without strict=true.`,
    errors
  )
}
