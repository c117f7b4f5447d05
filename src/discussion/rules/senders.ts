// Rules about the sender of a comment, and those of them that reports of errors have, too.
import { HttpProblem, unprocessable } from '../../http/problems.ts'
import { withCount } from '../../storage/text/with-count.ts'
import type { Settings } from '../settings/schema.ts'
import { type Facts, holdWhen, type Rule, refuseWhen } from './rule.ts'

/** What these rules read of a comment or a report. */
interface SenderFacts extends Pick<Facts, 'banned' | 'formAge' | 'proof'> {
  input: { form?: string | null; website?: string | null }
  settings: Pick<Settings, 'requireForm' | 'minSeconds'>
}

/** The rules about senders that comments and reports share, in words that name what was sent. */
export function sharedRules(sent: 'comments' | 'reports') {
  const capital = sent === 'comments' ? 'Comments' : 'Reports'

  /** Refuses where this many seconds are to be waited. */
  const waiting = (seconds: number) => {
    const detail = `Too many ${sent}. Try again in ${withCount(seconds, 'second')}.`
    const headers = { 'retry-after': String(seconds) }
    return refuseWhen(seconds > 0, () => new HttpProblem('too-many-requests', detail, undefined, headers))
  }

  const challenge: Rule<Pick<SenderFacts, 'proof'>> = {
    name: 'challenge',
    find: ({ proof }) =>
      refuseWhen(
        proof === 'missing',
        () =>
          new HttpProblem(
            'challenge-required',
            `${capital} need a proof of work now: solve the \`challenge\` of \`GET /v1/articles/{id}/comment-form\`, and send it as \`proof\`.`
          )
      )
  }

  const rules: Rule<SenderFacts>[] = [
    {
      name: 'ban',
      find: ({ banned }) =>
        refuseWhen(banned, () => new HttpProblem('banned', `No ${sent} are taken from you here.`))
    },
    {
      name: 'form',
      find: ({ input, settings, formAge }) =>
        refuseWhen(formAge === null && (settings.requireForm || Boolean(input.form)), () =>
          unprocessable(
            '/form',
            'This needs the `form` of this article, a day old at most: `GET /v1/articles/{id}/comment-form` answers a new one.'
          )
        )
    },
    challenge,
    {
      name: 'honeypot',
      find: ({ input: { website } }) => (website ? [{ outcome: 'spam', matched: website.slice(0, 200) }] : [])
    },
    {
      name: 'haste',
      find: ({ formAge, settings: { minSeconds } }) =>
        holdWhen(formAge !== null && formAge < minSeconds, `${formAge} s after the form was fetched`)
    }
  ]
  return { waiting, challenge, rules }
}

const shared = sharedRules('comments')

/** A proof of work, where one is required. */
export const { challenge } = shared

/** Rate limits by network and by author. */
export const limits: Rule<Pick<Facts, 'waits'>> = {
  name: 'limits',
  find: ({ waits }) => shared.waiting(Math.max(waits.network, waits.author))
}

export const senderRules: Rule[] = [
  limits,
  ...shared.rules,
  {
    name: 'first',
    routine: true,
    find: ({ mode, trusted }) =>
      holdWhen(mode === 'first' && !trusted, 'no comment of this author was approved before')
  },
  {
    name: 'akismet',
    routine: true,
    find: ({ asked }) => holdWhen(asked, 'not answered yet')
  }
]
