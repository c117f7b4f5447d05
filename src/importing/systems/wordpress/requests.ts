// Requests to a live site, one after the other, to addresses that are allowed only, wherever a redirect leads.
import type { IncomingMessage } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { type Allows, urlFault } from '../../../changes/webhooks/addresses.ts'
import { openGuarded } from '../../../changes/webhooks/guarded.ts'
import { RefusedExport } from '../item.ts'

export interface Fetching {
  allows: Allows
  /** How long to wait before the first try anew, in ms; each later one waits twice as long. */
  patience: number
}

export interface Answer {
  status: number
  link: string | undefined
  text: string
  /** The value of the body; undefined where it is no JSON. */
  json: unknown
}

/** What allows addresses that are not public. */
const setting = 'ONRECORD_FETCH_PRIVATE'
const limits = { redirects: 5, tries: 5, bytes: 64 * 1024 * 1024, timeout: 60_000, wait: 300_000 }

/** Asks for an address until it answers otherwise than that it is busy. Throws RefusedExport. */
export async function ask(address: URL, { allows, patience }: Fetching): Promise<Answer> {
  let target = address
  let [redirects, tries] = [0, 1]
  for (;;) {
    const fault = urlFault(target, allows, setting)
    if (fault) throw refused(`The address ${target.href} ${fault}`)
    const { status, location, after, ...answer } = await get(target, allows).catch((error: Error) => {
      if (error instanceof RefusedExport || tries >= limits.tries)
        throw refused(`${target.href} could not be fetched: ${error.message}.`)
      return { status: 503, location: undefined, after: undefined, link: undefined, text: '' }
    })
    if (status >= 300 && status < 400 && location !== undefined) {
      if (++redirects > limits.redirects || !URL.canParse(location, target))
        throw refused(`${address.href} redirects too often, or to no address.`)
      target = new URL(location, target)
      if (!/^https?:$/.test(target.protocol)) throw refused(`${address.href} redirects to ${target.protocol}`)
    } else if (status === 429 || status >= 500) {
      if (++tries > limits.tries)
        throw refused(`${target.href} answers ${status}: run the command again later, and it goes on.`)
      const asked = Number(after) * 1000
      await pause(asked > 0 ? Math.min(asked, limits.wait) : patience * 2 ** (tries - 2))
    } else return { status, ...answer, json: jsonIn(answer.text) }
  }
}

const refused = (reason: string) => new RefusedExport('site-not-readable', reason)

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function get(target: URL, allows: Allows) {
  const headers = { accept: 'application/json, text/html', 'accept-encoding': 'identity' }
  const signal = AbortSignal.timeout(limits.timeout)
  const notPublic = (host: string) => refused(`${host} is not on the public internet (${setting})`)
  const asked = await openGuarded(target, { headers, signal }, { allows, notPublic })
  const body = await new Promise<IncomingMessage>((resolve, reject) => {
    asked.once('response', resolve)
    asked.on('error', reject)
    asked.end()
  })
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += (chunk as Buffer).length
    if (bytes > limits.bytes) throw refused('an answer is larger than 64 MB')
    chunks.push(chunk as Buffer)
  }
  const { location, link, 'retry-after': after } = body.headers
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
  return { status: Number(body.statusCode), location, after, link: link?.toString(), text }
}
