// One request to a server we know nothing of: it goes only where it may, follows nothing, and takes no longer and
// reads no more than it is given.
import { lookup } from 'node:dns'
import type { ClientRequest, IncomingMessage, request } from 'node:http'
import { isIP, type LookupFunction } from 'node:net'
import { type Allows, hostOf } from './addresses.ts'

/** How much of an answer is read, in bytes. Of webhooks only its status counts. */
const enough = 64 * 1024

export interface Letter {
  url: string
  headers: Record<string, string>
  body: string
}

/** What came of it: the status that was answered, and what was wrong where it was not a success. */
export interface Outcome {
  status: number | null
  error: string | null
  /** What it said, as far as it was read. */
  text?: string
}

export interface Terms {
  allows: Allows
  /** How long it may take, in ms. */
  patience: number
  /** Ends it at once. */
  stopped: AbortSignal
}

/** Posts a letter. */
export async function send(
  { url, headers, body }: Letter,
  { allows, patience, stopped }: Terms
): Promise<Outcome> {
  const target = new URL(url)
  const host = hostOf(target)
  // A host that is an address is not looked up.
  if (isIP(host) && !allows(host)) return { status: null, error: internal(host).message }
  // Imported where a module begins, node:http would load all of fetch at every start.
  const { request: ask } = await import(target.protocol === 'https:' ? 'node:https' : 'node:http')
  const late = AbortSignal.timeout(patience)
  const request = open(target, ask, { headers, allows, signal: AbortSignal.any([late, stopped]) })
  return new Promise((resolve) => {
    let status: number | null = null
    let failure: NodeJS.ErrnoException | undefined
    let parts: Buffer[] = []
    request.once('response', (response) => {
      status = response.statusCode!
      parts = readSome(response)
    })
    request.on('error', (error) => {
      failure ??= late.aborted ? new Error('it took too long.') : error
    })
    request.once('close', () => {
      resolve({ status, error: wrong(status, failure), text: Buffer.concat(parts).toString('utf8') })
    })
    request.end(body)
  })
}

/** A request to a server that may be sent to. */
function open(
  target: URL,
  ask: typeof request,
  { headers, allows, signal }: { headers: Letter['headers']; allows: Allows; signal: AbortSignal }
): ClientRequest {
  const connection = { agent: false as const, autoSelectFamily: true, lookup: publicly(allows) }
  const opened = ask(target, { method: 'POST', headers, signal, ...connection })
  opened.once('socket', (socket) =>
    // What is written waits for the connection: nothing has been sent yet.
    socket.once('connect', () => {
      if (!allows(socket.remoteAddress!)) opened.destroy(internal(target.hostname))
    })
  )
  return opened
}

/** Reads an answer as far as courtesy asks, into what it answers. */
function readSome(response: IncomingMessage): Buffer[] {
  const parts: Buffer[] = []
  let read = 0
  response.on('data', (part: Buffer) => {
    parts.push(part)
    read += part.length
    if (read >= enough) response.destroy()
  })
  response.on('error', () => {})
  return parts
}

/** Looks a name up once: the addresses that are found, and checked, are those that are connected to. */
const publicly =
  (allows: Allows): LookupFunction =>
  (name, options, answer) =>
    lookup(name, { ...options, all: true }, (error, addresses = []) => {
      const isInternal = addresses.some(({ address }) => !allows(address))
      answer(isInternal ? internal(name) : error, addresses)
    })

const internal = (host: string) => new Error(`${host} is not on the public internet.`)

function wrong(status: number | null, failure: NodeJS.ErrnoException | undefined): string | null {
  // Where none of several addresses answers, the error has a code and no words.
  if (status === null) return `It could not be reached: ${[failure!.message, failure!.code].find(Boolean)}`
  if (status >= 200 && status < 300) return null
  return status >= 300 && status < 400
    ? `It answered ${status}: redirects are not followed.`
    : `It answered ${status}.`
}
