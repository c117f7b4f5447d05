// A client of spam check services with Akismet's comment-check API (akismet.com/developers).
import { Webhook as Signer } from 'standardwebhooks'
import { type SignedRequest, send } from '../../../changes/webhooks/send.ts'

/** How many requests may be in flight, and how many may wait. */
const maxConcurrent = 4
const maxWaiting = 100

/** A comment to check. Its IP address and user agent are only in memory. */
export interface SpamQuestion {
  id: string
  name: string
  email?: string | null
  body: string
  address: string
  agent?: string
  referrer?: string
  permalink: string | null
}

export type AkismetVerdict = 'spam' | 'ham'

export interface SpamCheck {
  /** Checks a comment, and passes the verdict on. A check that fails is not retried. */
  ask(question: SpamQuestion, settle: (opinion: AkismetVerdict) => Promise<void>): void
  stop(): Promise<void>
}

interface Service {
  url: string
  key: string
  site: string
}

interface AkismetConfig {
  ONRECORD_AKISMET_URL?: string
  ONRECORD_AKISMET_KEY?: string
  ONRECORD_SITE_URL?: string
}

interface ClientOptions {
  clock: () => Date
  /** The time-out of a check, in ms. */
  patience: number
  /** Called with errors; the comment stays held for a moderator. */
  failed(error: unknown): void
}

/** The request, signed like webhooks (Standard Webhooks 1.0). */
function signedCheck(question: SpamQuestion, { url, key, site }: Service, now: Date): SignedRequest {
  const asked = {
    api_key: key,
    blog: site,
    comment_type: 'comment',
    user_ip: question.address,
    user_agent: question.agent,
    referrer: question.referrer,
    permalink: question.permalink,
    comment_author: question.name,
    comment_author_email: question.email,
    comment_content: question.body
  }
  const known = Object.entries(asked).filter((field): field is [string, string] => Boolean(field[1]))
  const body = new URLSearchParams(known).toString()
  return {
    url,
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'OnRecord',
      'webhook-id': question.id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Signer(key, { format: 'raw' }).sign(question.id, now, body)
    }
  }
}

/** The configured service (all three settings are needed); undefined where there is none. */
export const akismetClient = (
  { ONRECORD_AKISMET_URL: url, ONRECORD_AKISMET_KEY: key, ONRECORD_SITE_URL: site }: AkismetConfig,
  surroundings: ClientOptions
) => (url && key && site ? createClient({ url, key, site }, surroundings) : undefined)

/** Checks with limited concurrency; comments beyond the queue stay held for a moderator. */
function createClient(service: Service, { clock, patience, failed }: ClientOptions): SpamCheck {
  const stopping = new AbortController()
  // The operator configured the service, so a private address is allowed.
  const terms = { allows: () => true, timeout: patience, stopped: stopping.signal }
  const waiting: (() => Promise<void>)[] = []
  const under = new Set<Promise<void>>()

  async function requestVerdict(question: SpamQuestion): Promise<AkismetVerdict> {
    const { error, text } = await send(signedCheck(question, service, clock()), terms)
    if (error === null && text === 'true') return 'spam'
    if (error === null && text === 'false') return 'ham'
    throw new Error(`The check of ${question.id} failed: ${error ?? 'the answer is neither true nor false.'}`)
  }

  function next() {
    if (under.size >= maxConcurrent) return
    const work = waiting.shift()
    if (work === undefined) return
    const turn = work()
      .catch(failed)
      .finally(() => {
        under.delete(turn)
        next()
      })
    under.add(turn)
  }

  return {
    ask(question, settle) {
      if (waiting.length >= maxWaiting) return
      waiting.push(async () => settle(await requestVerdict(question)))
      next()
    },
    async stop() {
      waiting.length = 0
      stopping.abort()
      await Promise.all(under)
    }
  }
}
