// A failing request made smaller: one part less at a time, as long as it fails alike.
import type { Answer } from './contract.ts'
import { type Exchange, verdicts } from './oracles.ts'
import { places, without } from './places.ts'
import { type Parts, type Request, requestOf } from './requests.ts'
import type { Scene } from './valid.ts'

/** How many requests one failure is worth. */
const most = 40

/** The smallest exchange that was found to break an oracle as this one does. */
export async function shrunk(
  failing: Exchange,
  oracle: string,
  scene: Scene,
  send: (request: Request) => Promise<Answer>
): Promise<Exchange> {
  let smallest = failing
  let candidates = smaller(failing.parts, scene)
  for (let tries = 0; tries < most; tries++) {
    const { value: parts, done } = candidates.next()
    if (done) break
    const request = requestOf(parts, scene.tokens)
    const exchange = { ...failing, parts, request, answer: await send(request) }
    if (exchange.answer.status !== failing.answer.status) continue
    if (!verdicts(exchange, scene).some((one) => one.oracle === oracle)) continue
    smallest = exchange
    candidates = smaller(parts, scene)
  }
  return smallest
}

/** The parts with one less of them, each made when it is asked for: a body may have thousands of places. */
function* smaller(parts: Parts, { document }: Scene): Generator<Parts, undefined> {
  for (const left of parts.query) yield { ...parts, query: parts.query.filter((one) => one !== left) }
  for (const left of Object.keys(parts.headers)) {
    const headers = Object.entries(parts.headers).filter(([name]) => name !== left)
    yield { ...parts, headers: Object.fromEntries(headers) }
  }
  if (parts.raw !== undefined || typeof parts.body !== 'object') return
  const schema = parts.operation.bodies![parts.type!]!
  for (const { path } of places(document, schema, parts.body))
    if (path.length > 0 && path.length < 4) yield { ...parts, body: without(parts.body, path) }
}
