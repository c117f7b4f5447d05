// A request with a key of its own that is sent again is answered as it was, and done once.
import type { Answer } from './contract.ts'
import type { Driver } from './driver.ts'
import { idle, retrying } from './hints.ts'
import type { Exchange } from './oracles.ts'
import { freeTexts, put } from './places.ts'
import { type Request, requestOf } from './requests.ts'
import type { Scene } from './valid.ts'
import { fitted } from './values.ts'

const oracle = 'what is sent again is done once'

/** The headers that belong to what was answered. */
const told = ['content-type', 'location', 'etag', 'link', 'cache-control']

const alike = (one: Answer, other: Answer) =>
  one.status === other.status &&
  one.body === other.body &&
  told.every((name) => String(one.headers[name]) === String(other.headers[name]))

/** Sends what succeeded with a key again: as it was, and with another body. `settle` counts the changes since it was last asked. */
export async function retry(
  { scene, send, fail }: Driver,
  exchange: Exchange,
  settle: () => Promise<number>
): Promise<void> {
  const { parts, request, answer } = exchange
  const isKept = parts.method === 'POST' && !idle.includes(parts.operation.name)
  if (!isKept || !(retrying.header in parts.headers)) return
  await settle()
  const again = await send(request, parts.role)
  const isReplayed = again.answer.headers[retrying.replayed] === 'true'
  if (!isReplayed || !alike(answer, again.answer))
    fail(oracle, `${answer.status} and ${retrying.replayed}, as before: ${answer.body.slice(0, 400)}`, again)
  const other = otherwise(scene, exchange)
  const refused = other && (await send(other, parts.role))
  if (refused && refused.answer.status !== 422) fail(oracle, '422 to another body', refused)
  const found = await settle()
  if (found > 0) fail(oracle, `no row in the change log, not ${found}`, again)
}

/** The request with another text in its body, where there is one. */
function otherwise({ document, tokens }: Scene, { parts }: Exchange): Request | undefined {
  if (parts.body === undefined || parts.raw !== undefined) return undefined
  const [first] = freeTexts(document, parts.operation.bodies![parts.type!]!, parts.body)
  if (first === undefined) return undefined
  const [word, other] = ['winter', 'summer'].map((word) => fitted(word, first.schema))
  const body = put(parts.body, first.path, first.value === word ? other : word)
  return requestOf({ ...parts, body }, tokens)
}
