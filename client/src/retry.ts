// Requests that were refused for now are sent again when `Retry-After` says so (RFC 9110, 10.2.3).

export interface Patience {
  /** How often a request is sent at most; 1 for once. 3 when left out. */
  tries?: number
  /** The longest `Retry-After`, in seconds, that is waited for; longer ones are answered to the caller. 30 when left out. */
  longestWait?: number
}

type Fetch = (request: Request) => Promise<Response>

/** Methods that may be sent twice without doing anything twice (RFC 9110, 9.2.2). */
const idempotent = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']

/** Whether sending it again does no harm. A 429 is answered before anything is done; a 503 may not be. */
function mayRepeat({ method, headers }: Request, status: number): boolean {
  if (status === 429) return true
  if (status !== 503) return false
  return idempotent.includes(method) || headers.has('If-Match') || headers.has('Idempotency-Key')
}

/** The seconds that an answer asks to wait for, from a number or a date; undefined without either. */
export function retryAfter({ headers }: Response): number | undefined {
  const value = headers.get('Retry-After')
  if (value === null) return undefined
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds)
}

/** `fetch` that waits as `Retry-After` asks, and sends the request again where that does no harm. */
export function patient(fetch: Fetch, { tries = 3, longestWait = 30 }: Patience): Fetch {
  return async (request) => {
    for (let sent = 1; ; sent++) {
      // A body can be read once: all but the last try send a copy.
      const response = await fetch(sent < tries ? request.clone() : request)
      const seconds = retryAfter(response)
      if (sent >= tries || seconds === undefined || seconds > longestWait) return response
      if (!mayRepeat(request, response.status)) return response
      await response.body?.cancel()
      await pause(seconds * 1000, request.signal)
    }
  }
}

/** Waits, or throws the reason of the signal as soon as it is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
