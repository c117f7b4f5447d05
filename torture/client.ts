// A client as the writers and readers use it: it knows what was answered, and what never was.
import http from 'node:http'

export const adminToken = 'onr_torture'

/** What came back: `unsent` when nobody listened, `unknown` when the answer never came. */
export interface Answer {
  status: number | 'unsent' | 'unknown'
  etag: string
  retryAfter: string
  text: string
  json<T>(): T
}

export interface Ask {
  body?: unknown
  match?: string
  /** Asks as the public does. */
  anonymous?: boolean
}

/** A client with connections of its own, which asks one thing after the other. */
export function client() {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })

  function ask(address: string, method: string, path: string, how: Ask = {}): Promise<Answer> {
    return new Promise((resolve) => {
      const request = http.request(`${address}${path}`, { method, agent, headers: headersOf(method, how) })
      const failed = ({ code }: NodeJS.ErrnoException) =>
        resolve(answer(code === 'ECONNREFUSED' ? 'unsent' : 'unknown'))
      request.on('error', failed)
      request.on('response', (response) => {
        let text = ''
        response.on('data', (chunk) => (text += chunk))
        response.on('end', () => resolve(answer(response.statusCode!, text, response.headers)))
        response.on('error', failed)
      })
      request.end(how.body === undefined ? undefined : JSON.stringify(how.body))
    })
  }

  return { ask, close: () => agent.destroy() }
}
export type Client = ReturnType<typeof client>

/** An address of a network that nobody has. */
const somewhere = () => `10.${[0, 0, 0].map(() => Math.floor(Math.random() * 256)).join('.')}`

function headersOf(method: string, { body, match, anonymous }: Ask) {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
  return {
    ...(anonymous ? { 'x-forwarded-for': somewhere() } : { authorization: `Bearer ${adminToken}` }),
    ...(body === undefined ? {} : { 'content-type': type }),
    ...(match && { 'if-match': match })
  }
}

const answer = (
  status: Answer['status'],
  text = '',
  { etag = '', 'retry-after': retryAfter = '' }: http.IncomingHttpHeaders = {}
): Answer => ({
  status,
  etag,
  retryAfter,
  text,
  json: () => JSON.parse(text)
})
