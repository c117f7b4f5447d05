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
  for (let tries = 0; tries < most && candidates.length > 0; tries++) {
    const parts = candidates.shift()!
    const request = requestOf(parts, scene.tokens)
    const exchange = { ...failing, parts, request, answer: await send(request) }
    if (exchange.answer.status !== failing.answer.status) continue
    if (!verdicts(exchange, scene).some((one) => one.oracle === oracle)) continue
    smallest = exchange
    candidates = smaller(parts, scene)
  }
  return smallest
}

/** The parts with one less of them. */
function smaller(parts: Parts, { document }: Scene): Parts[] {
  const queries = parts.query.map((_, i) => ({ ...parts, query: parts.query.filter((_, j) => j !== i) }))
  const headers = Object.keys(parts.headers).map((name) => ({
    ...parts,
    headers: Object.fromEntries(Object.entries(parts.headers).filter(([other]) => other !== name))
  }))
  if (parts.raw !== undefined || typeof parts.body !== 'object') return [...queries, ...headers]
  const schema = parts.operation.bodies![parts.type!]!
  const inner = places(document, schema, parts.body).filter(({ path }) => path.length > 0 && path.length < 4)
  const bodies = inner.map(({ path }) => ({ ...parts, body: without(parts.body, path) }))
  return [...queries, ...headers, ...bodies]
}
