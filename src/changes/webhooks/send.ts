// An HTTP request to an untrusted server: only to allowed addresses (no SSRF), without following redirects, bounded in
// time and in response size.
import { lookup } from 'node:dns'
import type { ClientRequest, IncomingMessage, request } from 'node:http'
import { isIP, type LookupFunction } from 'node:net'
import { type Allows, hostOf } from './addresses.ts'

/** How much of a response is read, in bytes. For webhooks only the status matters. */
const maxResponse = 64 * 1024

export interface SignedRequest {
  url: string
  headers: Record<string, string>
  body: string
}

/** The outcome of a request: its status, and the error where it did not succeed. */
export interface Outcome {
  status: number | null
  error: string | null
  /** The body, as far as it was read. */
  text?: string
}

export interface SendOptions {
  allows: Allows
  /** The time-out, in ms. */
  timeout: number
  /** Aborts it. */
  stopped: AbortSignal
}

/** Sends a POST request. */
export async function send(
  { url, headers, body }: SignedRequest,
  { allows, timeout, stopped }: SendOptions
): Promise<Outcome> {
  const target = new URL(url)
  const host = hostOf(target)
  // A literal IP address is not looked up by DNS.
  if (isIP(host) && !allows(host)) return { status: null, error: notPublic(host).message }
  // Imported where a module begins, node:http would load all of fetch at every start.
  const { request: ask } = await import(target.protocol === 'https:' ? 'node:https' : 'node:http')
  const late = AbortSignal.timeout(timeout)
  const request = open(target, ask, { headers, allows, signal: AbortSignal.any([late, stopped]) })
  return new Promise((resolve) => {
    let status: number | null = null
    let failure: NodeJS.ErrnoException | undefined
    let parts: Buffer[] = []
    request.once('response', (response) => {
      status = response.statusCode!
      parts = readLimited(response)
    })
    request.on('error', (error) => {
      failure ??= late.aborted ? new Error('it took too long.') : error
    })
    request.once('close', () => {
      resolve({ status, error: errorOf(status, failure), text: Buffer.concat(parts).toString('utf8') })
    })
    request.end(body)
  })
}

/** Opens a request, and destroys it when it connects to an address that is not allowed. */
function open(
  target: URL,
  ask: typeof request,
  { headers, allows, signal }: { headers: SignedRequest['headers']; allows: Allows; signal: AbortSignal }
): ClientRequest {
  const connection = { agent: false as const, autoSelectFamily: true, lookup: publicLookup(allows) }
  const opened = ask(target, { method: 'POST', headers, signal, ...connection })
  opened.once('socket', (socket) =>
    // Nothing has been sent before this event.
    socket.once('connect', () => {
      if (!allows(socket.remoteAddress!)) opened.destroy(notPublic(target.hostname))
    })
  )
  return opened
}

/** Collects the chunks of a response up to the limit. */
function readLimited(response: IncomingMessage): Buffer[] {
  const parts: Buffer[] = []
  let read = 0
  response.on('data', (part: Buffer) => {
    parts.push(part)
    read += part.length
    if (read >= maxResponse) response.destroy()
  })
  response.on('error', () => {})
  return parts
}

/** A DNS lookup whose checked addresses are the ones connected to (no DNS rebinding). */
const publicLookup =
  (allows: Allows): LookupFunction =>
  (name, options, answer) =>
    lookup(name, { ...options, all: true }, (error, addresses = []) => {
      const isInternal = addresses.some(({ address }) => !allows(address))
      answer(isInternal ? notPublic(name) : error, addresses)
    })

const notPublic = (host: string) => new Error(`${host} is not on the public internet.`)

function errorOf(status: number | null, failure: NodeJS.ErrnoException | undefined): string | null {
  // When none of several addresses answers, Node's AggregateError has a code and no message.
  if (status === null) return `It could not be reached: ${[failure!.message, failure!.code].find(Boolean)}`
  if (status >= 200 && status < 300) return null
  return status >= 300 && status < 400
    ? `It answered ${status}: redirects are not followed.`
    : `It answered ${status}.`
}
