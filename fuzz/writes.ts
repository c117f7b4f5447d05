// A request that was refused has written nothing.
import { nextOf, parsed } from './contract.ts'
import type { Driver } from './driver.ts'
import { busy, type GoingOn, goingOn, jobs, log, rendering, restless, sendingBack } from './hints.ts'
import type { Exchange } from './oracles.ts'
import { type Parts, urlOf } from './requests.ts'
import { retry } from './retries.ts'
import { anything, type Expectation } from './twists.ts'
import { deskUrl } from './valid.ts'

/** Asks as a driver does, and looks whether a refused request wrote something all the same. */
export type Watched = (parts: Parts, twist: string, expects?: Expectation) => Promise<Exchange>

const oracle = 'what is refused writes nothing'

interface Logged extends Record<string, unknown> {
  kind: string
  seq: number
  actor: { name: string }
}

/** Watches the change log, and for every third request the record at the desk. */
export function watching(driver: Driver): Watched {
  const { scene, report, send, ask, fail } = driver
  const authorization = `Bearer ${scene.tokens.admin}`
  const read = async (url: string) =>
    (await send({ method: 'GET', url, headers: { authorization } }, 'admin')).answer
  const changes = scene.operations.find(({ name }) => name === log.operation)!.path
  let [last, writes, byJobs] = [0, -1, 0]

  /** Reads the log to its end. Answers how many changes there were. */
  async function settle(): Promise<number> {
    let found = 0
    for (let isMore = true; isMore; ) {
      const { body } = await read(`${changes}?${log.after}=${last}&limit=100`)
      const { data = [] } = (parsed(body) ?? {}) as { data?: Logged[] }
      const rows = data.filter(({ kind }) => !busy.includes(kind))
      const asked = rows.filter(({ actor }) => !jobs.includes(actor.name)).length
      found += asked
      byJobs += rows.length - asked
      last = data.at(-1)?.seq ?? last
      isMore = data.length > 0 && nextOf(body) !== undefined
    }
    writes = report.writes
    return found
  }

  /** Where to ask for what goes on after its answer, with what that said last, and whether any of it does. */
  let unfinished = new Map<string, { one: GoingOn; last: string }>()
  let goesOn = false

  /** Asks how far it is. What has ended since it was asked before may have written until now. */
  async function follow() {
    const before = unfinished
    unfinished = new Map()
    goesOn = false
    for (const [url, { one, last }] of before) {
      const { body } = await read(url)
      if (!one.waits?.test(body) || body !== last) [goesOn, writes] = [true, -1]
      if (one.state.test(body)) unfinished.set(url, { one, last: body })
    }
  }

  /** The same, but none while something goes on that was asked for before: it writes under the name of who asked. */
  async function settleAlone(): Promise<number> {
    await follow()
    const found = await settle()
    return goesOn || unfinished.size > 0 ? 0 : found
  }

  return async function watched(parts, twist, expects = anything) {
    if (parts.method === 'GET') return await ask(parts, twist, expects)
    const isStill = !restless.test(parts.operation.path)
    const url = isStill && scene.random() < 0.3 ? deskUrl(scene, parts) : undefined
    const jobsBefore = byJobs
    await follow()
    const before = url ? await read(url) : undefined
    if (writes !== report.writes && (twist !== '' || before)) await settle()
    const isSettled = writes === report.writes && !goesOn
    const exchange = await ask(parts, twist, expects)
    if (exchange.answer.status < 400) {
      const one = goingOn.find(({ operations }) => operations.test(parts.operation.name))
      // What is made is answered before it is done, with 202.
      if (one && (!one.isMade || exchange.answer.status === 202)) {
        const operation = scene.operations.find(({ name }) => name === one.read)!
        const path = one.isMade ? (parsed(exchange.answer.body) as Record<string, string>) : parts.path
        unfinished.set(urlOf({ operation, path, query: [] }), { one, last: '' })
      }
      await retry(driver, exchange, settleAlone)
      return exchange
    }
    const { operations, detail } = sendingBack
    if (operations.test(parts.operation.name) && exchange.answer.body.includes(detail)) {
      // Its rows are of no request that comes after it.
      await settle()
      return exchange
    }
    const found = isSettled && writes === report.writes ? await settle() : 0
    if (found > 0) fail(oracle, `no row in the change log, not ${found}`, exchange)
    if (before?.status !== 200 || rendering.test(before.body)) return exchange
    const after = await read(url!)
    const isSame = after.body === before.body && after.headers.etag === before.headers.etag
    // What is scheduled may be published just then.
    if (!isSame && !goesOn && ((await settle()) > 0 || byJobs === jobsBefore))
      fail(oracle, `${url} as it was: ${before.headers.etag}, not ${after.headers.etag}`, exchange)
    return exchange
  }
}
