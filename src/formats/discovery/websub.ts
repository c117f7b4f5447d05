// WebSub (W3C Recommendation, 2018): a hub is told when a feed changes, and tells those who follow it. The hub fetches the
// feed itself, so what is sent is its address alone.
import type { FastifyInstance } from 'fastify'
import { type JobOptions, startPolling } from '../../changes/polling.ts'
import type { Allows } from '../../changes/webhooks/addresses.ts'
import { send } from '../../changes/webhooks/send.ts'
import type { Config } from '../../config/config.ts'
import type { Database, Reader, Writer } from '../../storage/database.ts'
import { topicsOf } from '../feeds/links.ts'
import { put, row } from '../publisher/about.ts'
import { publisher } from '../publisher/store.ts'

const id = 'websub'

/** How often a process looks whether a feed has changed, in ms. */
const interval = 1000
/** How long one process has for telling the hub, in ms, before another does it. */
const lease = 60_000
/** The time-out of a request, in ms. */
const timeout = 15_000
/** The delays after failures, in ms; the last one stays. */
const delays = [5, 30, 120, 600, 3600].map((seconds) => seconds * 1000)

/** What the hub was told of, and when it is told again. */
interface HubState {
  /** The entity tags of the feeds, by their addresses. */
  tags: Record<string, string>
  failures: number
  /** It is told no earlier. */
  nextAt: string
}

interface Options extends JobOptions {
  allows: Allows
  /** The time-out of a request, in ms. */
  timeout: number
}

const hubState = async (db: Reader): Promise<HubState> =>
  // As: nothing else writes this row.
  ((await row(db, id))?.about as HubState | undefined) ?? { tags: {}, failures: 0, nextAt: '' }

const changedTopics = (state: HubState, tags: HubState['tags']) =>
  Object.keys(tags).filter((topic) => tags[topic] !== state.tags[topic])

/** Takes the task, unless another process has it: answers the feeds that the hub is to be told of. */
async function claim(tx: Writer, tags: HubState['tags'], until: string): Promise<string[]> {
  const state = await hubState(tx)
  const topics = state.nextAt > tx.now ? [] : changedTopics(state, tags)
  if (topics.length > 0) await put(tx, id, { ...state, nextAt: until })
  return topics
}

/** Answers a function that tells the hub of the feeds that have changed since it was told. */
export function hubTeller(
  app: FastifyInstance,
  db: Database,
  { hub, siteUrl, stopped }: { hub: string; siteUrl: string | undefined; stopped: AbortSignal },
  { clock, allows, timeout, failed }: Options
) {
  const later = (ms: number) => new Date(clock().getTime() + ms).toISOString()
  let seen: number | undefined

  /** The feeds as they are now, by their addresses: from the response cache, until one of their articles changes. */
  async function current(): Promise<HubState['tags']> {
    const tags: HubState['tags'] = {}
    for (const { path, href } of topicsOf(await publisher(db.read, siteUrl)))
      tags[href] = String((await app.inject({ method: 'HEAD', url: path })).headers.etag)
    return tags
  }

  /** Tells the hub of one feed (PubSubHubbub 0.4, 7; WebSub leaves it to the hub): the reason where that failed. */
  async function tell(topic: string): Promise<string[]> {
    const body = String(new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': topic }))
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(body))
    }
    const { error } = await send({ url: hub, headers, body }, { allows, timeout, stopped })
    return error === null ? [] : [error]
  }

  /** Notes that the hub was not told, and when it is told again: at once where this process ends. */
  async function postpone(state: HubState, error: string) {
    if (stopped.aborted) return db.write('websub', (tx) => put(tx, id, { ...state, nextAt: '' }))
    // Once, not with each attempt.
    if (state.failures === 0) failed(new Error(`The hub ${hub} was not told. ${error}`))
    const nextAt = later(delays[Math.min(state.failures, delays.length - 1)]!)
    return db.write('websub', (tx) => put(tx, id, { ...state, failures: state.failures + 1, nextAt }))
  }

  return async function tellChanged() {
    const version = db.version()
    const state = await hubState(db.read)
    // What failed is tried again although nothing has changed.
    if ((version === seen && state.failures === 0) || state.nextAt > later(0)) return
    const tags = await current()
    seen = version
    if (changedTopics(state, tags).length === 0) return
    const topics = await db.write('websub', (tx) => claim(tx, tags, later(lease)))
    if (topics.length === 0) return
    const [error] = (await Promise.all(topics.map(tell))).flat()
    if (error !== undefined) return void (await postpone(state, error))
    await db.write('websub', (tx) => put(tx, id, { tags, failures: 0, nextAt: '' }))
  }
}

/** Tells the hub of changed feeds, where there is one, until the service closes. */
export function startWebSub(
  app: FastifyInstance,
  db: Database,
  {
    ONRECORD_WEBSUB_HUB: hub,
    ONRECORD_SITE_URL: siteUrl,
    ...options
  }: Pick<Config, 'ONRECORD_WEBSUB_HUB' | 'ONRECORD_SITE_URL'> & Pick<Options, 'clock' | 'pace' | 'allows'>
) {
  if (hub === undefined) return
  const stopping = new AbortController()
  const failed = (error: unknown) => app.log.error(error)
  const about = { hub, siteUrl, stopped: stopping.signal }
  const tellChanged = hubTeller(app, db, about, { ...options, timeout, failed })
  const stop = startPolling(tellChanged, { interval, failed, pace: options.pace })
  app.addHook('preClose', () => {
    stopping.abort()
    return stop()
  })
}
