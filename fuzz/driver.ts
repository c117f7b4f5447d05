// Asks, holds each answer against the oracles, and remembers what there is.
import { nextOf, operationsAt } from './contract.ts'
import { type Asking, followUps, often } from './followups.ts'
import { log, reviving, showing, trash } from './hints.ts'
import { type Exchange, isPublic, verdicts } from './oracles.ts'
import { add, count, type Report } from './report.ts'
import { type Parts, type Request, requestOf } from './requests.ts'
import { owe } from './ruling.ts'
import { shrunk } from './shrinking.ts'
import type { Send } from './transport.ts'
import { anything, type Expectation } from './twists.ts'
import { isGuarded, type Scene } from './valid.ts'
import { anId } from './world.ts'

export interface Driver {
  scene: Scene
  report: Report
  /** Sends what these parts make, looks at the answer, and asks what follows from it. */
  ask(parts: Parts, twist?: string, expects?: Expectation): Promise<Exchange>
  /** Sends a request as it is, and looks only at what holds of every answer. */
  send(request: Request, role: string | null): Promise<Exchange>
  /** Remembers that an oracle does not hold. */
  fail(oracle: string, expected: string, exchange: Exchange): void
}

/** What is asked because of what was answered before. */
const following = 'what followed'

/** A driver that sends through `send`, and follows up as often as `shares` say. */
export function newDriver(
  scene: Scene,
  report: Report,
  send: Send,
  shares: Record<string, number> = often
): Driver {
  const driver: Driver = {
    scene,
    report,
    fail(oracle, expected, { parts, request, answer, twist }) {
      const { role, operation } = parts
      add(report, { oracle, operation: operation.name, twist, expected, request, role, answer })
    },
    async send(request, role) {
      const parts = partsOf(scene, request, role)
      const answer = await answered(request)
      return await judged({ parts, request, answer, twist: following, expects: anything })
    },
    async ask(parts, twist = '', expects = anything) {
      const request = requestOf(parts, scene.tokens)
      const exchange = await judged({ parts, request, answer: await answered(request), twist, expects })
      count(report, parts.operation, exchange.answer.status)
      remember(scene, exchange)
      await follow(exchange)
      return exchange
    }
  }

  async function answered(request: Request) {
    const answer = await send(request)
    report.sent += 1
    if (!['GET', 'HEAD'].includes(request.method) && answer.status < 400) report.writes += 1
    return answer
  }

  async function judged(exchange: Exchange): Promise<Exchange> {
    for (const { oracle, expected } of verdicts(exchange, scene)) {
      const isNew = !report.found.has(
        `${oracle} | ${exchange.parts.operation.name} | ${exchange.answer.status}`
      )
      const shown =
        isNew && exchange.twist !== following ? await shrunk(exchange, oracle, scene, answered) : exchange
      driver.fail(oracle, expected, shown)
    }
    return exchange
  }

  async function follow(exchange: Exchange) {
    for (const [oracle, holds] of Object.entries(followUps)) {
      if (scene.random() >= (shares[oracle] ?? 0)) continue
      const expected = await holds(exchange, asking(driver, exchange))
      if (expected !== undefined) driver.fail(oracle, expected, exchange)
    }
  }
  return driver
}

const asking = ({ scene, send }: Driver, { parts, request }: Exchange): Asking => ({
  scene,
  async again({ method = request.method, url = request.url, role = parts.role, headers = {}, body } = {}) {
    const sent = url === request.url ? { ...kept(request), ...headers } : { ...headers }
    if (role !== null) sent.authorization = `Bearer ${scene.tokens[role]}`
    if (body !== undefined) sent['content-type'] = headers['content-type'] ?? 'application/json'
    return (await send({ method, url, headers: sent, ...(body !== undefined && { body }) }, role)).answer
  }
})

/** The headers of a request that ask for a form of the answer. */
const kept = ({ headers }: Request): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('accept-')))

/** What of the document a request is about, as far as it matters to who may ask. */
function partsOf({ operations }: Scene, { method, url, headers }: Request, role: string | null): Parts {
  const here = operationsAt(operations, url)
  const operation = here.find((one) => one.method === (method === 'HEAD' ? 'GET' : method)) ?? here[0]
  const query = [...new URLSearchParams(url.split('?')[1] ?? '')] as Parts['query']
  return { operation: operation ?? operations[0]!, method, path: {}, query, headers, role }
}

/** Learns from an answer which records there are, and which are not. */
function remember(scene: Scene, exchange: Exchange) {
  const { parts, request, answer } = exchange
  const { world, handed, cursors, etags, makers } = scene
  const { operation, path, method } = parts
  const { status, body, headers } = answer
  const ids = Object.values(path)
  if (status === 404 && isGuarded(parts) && parts.role !== null)
    for (const id of ids.slice(-1)) world.forget(id)
  if (status < 300 && operation.name === showing.operation) world.show(ids[0]!)
  if (status < 300 && trash.ending.test(operation.name)) world.end(ids[0])
  else if (status === 204 && operation.name.startsWith('delete'))
    for (const id of ids.slice(0, 1)) world.bury(id)
  if (status < 300 && reviving.test(operation.name)) world.revive(ids[0]!)
  if (status >= 300 || operation.path === '/openapi.json') return
  // What is about a secret record, or is told without its words, is not known to be public.
  if (world.tells(Object.values(path).join())) world.hide(body)
  else if (operation.name !== log.operation) world.learn(body)
  handed.learn(body)
  // What readers write may show at once; what the desk writes beside something public does not.
  if (operation.open && isPublic(answer)) world.free(String(request.body))
  owe(scene, exchange)
  const made = anId.exec(String(headers.location))
  if (status === 201 && made) makers.set(made[1]!, operation)
  if (headers.etag && (method !== 'GET' || operation.path.endsWith('}')))
    etags.set(ids.join('/'), String(headers.etag))
  const next = nextOf(body)
  if (typeof next === 'string')
    cursors.set(operation.name, [...(cursors.get(operation.name) ?? []), next].slice(-5))
}
