// A run: which operation is asked next, and how its request is twisted.
import { pick, seeded } from '../bench/random.ts'
import { parsed } from './contract.ts'
import { nasty, words } from './corpus.ts'
import { type Document, type Operation, operationsOf } from './document.ts'
import { type Driver, newDriver } from './driver.ts'
import { newHanded } from './handed.ts'
import { issuing, showing, trash } from './hints.ts'
import { newReport, type Report, succeeded } from './report.ts'
import type { Parts } from './requests.ts'
import { putBack, settle } from './ruling.ts'
import type { Send } from './transport.ts'
import { twists } from './twists.ts'
import { prefixIn, type Scene, valid } from './valid.ts'
import { walking } from './walk.ts'
import { anId, newWorld, prefixOfId } from './world.ts'
import { type Watched, watching } from './writes.ts'

export interface Options {
  send: Send
  /** A token of an admin. */
  admin: string
  requests: number
  seed: number
  /** The operations to ask, by their names; all of them when left out. */
  only?: RegExp
  /** Texts to try besides our own. */
  texts?: string[]
  /** Ends the run when it is aborted. */
  signal?: AbortSignal
  /** Told of progress before each request, with what there is so far. */
  progress?(report: Report): void
}

/** Sends so many requests to a server. Answers what was found. */
export async function fuzz(options: Options): Promise<Report> {
  const driver = await opened(options)
  const { everything } = await wander(driver, options)
  await everything()
  return driver.report
}

/** Sends so many requests. Answers the walk of the public. */
export async function wander(driver: Driver, options: Pick<Options, 'requests' | 'signal' | 'progress'>) {
  const { random } = driver.scene
  const watched = watching(driver)
  const walk = walking(driver, watched)
  let focus: string | undefined
  while (driver.report.sent < options.requests && !options.signal?.aborted) {
    options.progress?.(driver.report)
    await settle(driver)
    if (random() < 0.08) await walk.step()
    else focus = await attempt(driver, watched, random() < 0.5 ? focus : undefined)
  }
  return walk
}

let last: { text: string; document: Document } | undefined

/** The document; the same for the same text, so that its schemas are compiled once. */
function documentOf(text: string): Document {
  if (last?.text !== text) last = { text, document: JSON.parse(text) as Document }
  return last.document
}

/** A driver that knows the document, and has a token of every role. */
export async function opened(
  { send, admin, seed, only = /./, texts = [] }: Options,
  shares?: Record<string, number>
): Promise<Driver> {
  const { body } = await send({ method: 'GET', url: '/openapi.json', headers: {} })
  const document = documentOf(body)
  const operations = operationsOf(document)
  const random = seeded(seed)
  const scene: Scene = {
    document,
    operations,
    asked: operations.filter(({ name }) => only.test(name)),
    random,
    world: newWorld(random),
    tokens: { admin },
    texts: [...words, ...words, ...nasty, ...texts],
    cursors: new Map(),
    etags: new Map(),
    makers: new Map(),
    handed: newHanded(random),
    due: []
  }
  const driver = newDriver(scene, newReport(operations), send, shares)
  await issueTokens(driver)
  putBack(scene)
  return driver
}

/** Makes a token of every role, which nobody may revoke by chance. */
async function issueTokens({ scene, send }: Driver) {
  const { operations, tokens, world } = scene
  const authorization = `Bearer ${tokens.admin}`
  const url = (name: string) => operations.find((one) => one.name === name)!.path
  for (const role of new Set(operations.flatMap(({ roles }) => roles))) {
    if (role === 'admin') continue
    const body = JSON.stringify(issuing.body(role))
    const headers = { authorization, 'content-type': 'application/json' }
    const { answer } = await send({ method: 'POST', url: url(issuing.operation), headers, body }, 'admin')
    tokens[role] = (parsed(answer.body) as { token: string }).token
  }
  const list = `${url(issuing.list)}?limit=100`
  world.hide((await send({ method: 'GET', url: list, headers: { authorization } }, 'admin')).answer.body)
}

/** One request, twisted or not. Answers the record that the next may be about. */
async function attempt(driver: Driver, watched: Watched, focus?: string): Promise<string | undefined> {
  const { scene } = driver
  const operation = chosen(driver, focus)
  const parts = valid(scene, operation, { ...(focus && { focus }), edge: scene.random() < 0.1 })
  const twisted = scene.random() < 0.4 ? twist(scene, parts) : undefined
  const { answer } = await watched(twisted?.parts ?? parts, twisted?.name ?? '', twisted?.expects)
  return anId.exec(String(answer.headers.location))?.[0] ?? Object.values(parts.path)[0]
}

/** An operation: those that have never succeeded more often, and deletions less. */
function chosen(driver: Driver, focus?: string): Operation {
  const { scene, report } = driver
  const { asked, random } = scene
  const prefix = focus && `^${prefixOfId(focus)}_`
  const near = asked.filter(({ parameters }) =>
    parameters.some((one) => one.in === 'path' && prefix && one.schema.pattern?.startsWith(prefix))
  )
  const among = near.length > 0 ? near : asked
  const tried = Array.from({ length: 4 }, () => pick(random, among))
  const open = (random() < 0.5 ? among : asked).filter(({ name }) => !succeeded(report, name))
  const unproved = open.length > 0 && random() < 0.6 ? pick(random, open) : undefined
  const one = unproved ?? tried.find(({ method }) => method !== 'DELETE' || random() < 0.3) ?? tried[0]!
  return missing(scene, one) ?? one
}

/** The operation that makes the records which another is about, where there are few of them. */
function missing({ operations, world, makers, random, ...scene }: Scene, operation: Operation) {
  const [name] = /(?<=\{)\w+/.exec(operation.path) ?? []
  const prefix = name && prefixIn({ operations, world, makers, random, ...scene }, operation, name)
  if (prefix && trash.of.test(operation.name) && !world.trashed(prefix))
    return operations.find((one) => one.name === trash.filling)
  if (prefix === showing.prefix && showing.needed.test(operation.name) && !world.shown(prefix))
    return operations.find((one) => one.name === showing.operation)
  if (!prefix || world.count(prefix) >= 3 || random() < 0.3) return undefined
  return makers.get(prefix)
}

function twist(scene: Scene, parts: Parts) {
  const all = Object.entries(twists).flatMap(([name, [weight]]) => Array.from({ length: weight }, () => name))
  const name = pick(scene.random, all)
  const twisted = twists[name]![1](scene, parts)
  return twisted && { ...twisted, name }
}
