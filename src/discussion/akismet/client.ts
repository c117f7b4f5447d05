// Asking a service about comments, in the form that Akismet gave the question (akismet.com/developers).
import { Webhook as Signer } from 'standardwebhooks'
import { type SignedRequest, send } from '../../changes/webhooks/send.ts'

/** How many questions may be on their way at once, and how many may wait. */
const mostAtOnce = 4
const mostWaiting = 100

/** What is asked. The address and the agent are nowhere but here. */
export interface Question {
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

export interface Asking {
  /** Asks, and hands on what was answered. What cannot be asked, or gets no answer, is never heard of again. */
  ask(question: Question, settle: (opinion: AkismetVerdict) => Promise<void>): void
  stop(): Promise<void>
}

interface Service {
  url: string
  key: string
  site: string
}

interface Configured {
  ONRECORD_AKISMET_URL?: string
  ONRECORD_AKISMET_KEY?: string
  ONRECORD_SITE_URL?: string
}

interface Surroundings {
  clock: () => Date
  /** How long an answer may take, in ms. */
  patience: number
  /** Is told what went wrong; the comment waits for a moderator. */
  failed(error: unknown): void
}

/** The question as a letter, signed as webhooks are (Standard Webhooks 1.0). */
function letter(question: Question, { url, key, site }: Service, now: Date): SignedRequest {
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

/** The service that is configured, which needs all three; undefined where none is asked. */
export const akismetClient = (
  { ONRECORD_AKISMET_URL: url, ONRECORD_AKISMET_KEY: key, ONRECORD_SITE_URL: site }: Configured,
  surroundings: Surroundings
) => (url && key && site ? asking({ url, key, site }, surroundings) : undefined)

/** Asks this service, few at a time: what does not fit waits for a moderator. */
function asking(service: Service, { clock, patience, failed }: Surroundings): Asking {
  const stopping = new AbortController()
  // The service is the operator's choice, and may stand beside this one.
  const terms = { allows: () => true, timeout: patience, stopped: stopping.signal }
  const waiting: (() => Promise<void>)[] = []
  const under = new Set<Promise<void>>()

  async function opinion(question: Question): Promise<AkismetVerdict> {
    const { error, text } = await send(letter(question, service, clock()), terms)
    if (error === null && text === 'true') return 'spam'
    if (error === null && text === 'false') return 'ham'
    throw new Error(`The check of ${question.id} failed: ${error ?? 'the answer is neither true nor false.'}`)
  }

  function next() {
    if (under.size >= mostAtOnce) return
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
      if (waiting.length >= mostWaiting) return
      waiting.push(async () => settle(await opinion(question)))
      next()
    },
    async stop() {
      waiting.length = 0
      stopping.abort()
      await Promise.all(under)
    }
  }
}
