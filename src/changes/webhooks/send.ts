// An HTTP request to an untrusted server: only to allowed addresses (no SSRF), without following redirects, bounded in
// time and in response size.
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { type Allows, hostOf } from './addresses.ts'
import { openGuarded } from './guarded.ts'

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
  const late = AbortSignal.timeout(timeout)
  const signal = AbortSignal.any([late, stopped])
  const request = await openGuarded(target, { method: 'POST', headers, signal }, { allows, notPublic })
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

const notPublic = (host: string) => new Error(`${host} is not on the public internet.`)

function errorOf(status: number | null, failure: NodeJS.ErrnoException | undefined): string | null {
  // When none of several addresses answers, Node's AggregateError has a code and no message.
  if (status === null) return `It could not be reached: ${[failure!.message, failure!.code].find(Boolean)}`
  if (status >= 200 && status < 300) return null
  return status >= 300 && status < 400
    ? `It answered ${status}: redirects are not followed.`
    : `It answered ${status}.`
}
