// Fetching what a client names by its address: only from addresses that are allowed, whichever a redirect leads to.
import type { IncomingMessage } from 'node:http'
import { type Allows, urlFault } from '../../changes/webhooks/addresses.ts'
import { openGuarded } from '../../changes/webhooks/guarded.ts'
import { fileName } from '../../http/input/file-names.ts'
import { unprocessable } from '../../http/problems.ts'

/** What allows addresses that are not public. */
const setting = 'ONRECORD_FETCH_PRIVATE'

/** How many redirects are followed. */
const maxRedirects = 5

export interface DownloadOptions {
  allows: Allows
  /** How long all of it may take, in ms. */
  timeout: number
}

/** An answer, whose body is still to be read. */
export interface Download {
  body: IncomingMessage
  /** What the server says it is. */
  type: string | undefined
  /** The last part of its address. */
  name: string | null
}

/**
 * Asks for a file. Each address is checked by its text, by the addresses that its name has, and by the one that is
 * connected to. Throws 422 at `/from` for what is not allowed, not there, too slow, or redirected too often.
 */
export async function download(url: string, { allows, timeout }: DownloadOptions): Promise<Download> {
  const signal = AbortSignal.timeout(timeout)
  let target = new URL(url)
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const fault = urlFault(target, allows, setting)
    if (fault) throw refused(`The address ${target.href} ${fault}`)
    const body = await get(target, allows, signal)
    const { statusCode = 0, headers } = body
    if (statusCode === 200) return { body, type: headers['content-type'], name: nameIn(target) }
    body.destroy()
    const next = statusCode >= 300 && statusCode < 400 ? headers.location : undefined
    if (next === undefined) throw refused(`${target.href} answered ${statusCode}, not with a file.`)
    if (!URL.canParse(next, target)) throw refused(`${target.href} redirects to no address.`)
    target = new URL(next, target)
    if (!/^https?:$/.test(target.protocol))
      throw refused(`${url} redirects to ${target.protocol}, not to HTTP.`)
  }
  throw refused(`${url} redirects more than ${maxRedirects} times.`)
}

const refused = (detail: string) => unprocessable('/from', detail)

const nameIn = ({ pathname }: URL) => fileName(decoded(pathname.split('/').at(-1)!))

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Sends GET, and answers when the head of the answer is there. */
async function get(target: URL, allows: Allows, signal: AbortSignal): Promise<IncomingMessage> {
  const headers = { accept: 'image/*, audio/*, video/*, application/pdf', 'accept-encoding': 'identity' }
  const asked = await openGuarded(target, { headers, signal }, { allows, notPublic })
  return new Promise((resolve, reject) => {
    asked.once('response', resolve)
    asked.on('error', (error: NodeJS.ErrnoException) => {
      const why = signal.aborted ? 'it took too long' : [error.message, error.code].find(Boolean)
      reject(refused(`${target.href} could not be fetched: ${why}.`))
    })
    asked.end()
  })
}

const notPublic = (host: string) => new Error(`${host} is not on the public internet (${setting})`)
