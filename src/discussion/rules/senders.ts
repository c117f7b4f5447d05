// Rules about the sender of a comment.
import { HttpProblem, unprocessable } from '../../http/problems.ts'
import { type Facts, holdWhen, type Rule, refuseWhen } from './rule.ts'

const tooMany = (seconds: number) =>
  new HttpProblem('too-many-requests', `Too many comments. Try again in ${seconds} seconds.`, undefined, {
    'retry-after': String(seconds)
  })

/** Rate limits by network and by author. */
export const limits: Rule<Pick<Facts, 'waits'>> = {
  name: 'limits',
  find({ waits }) {
    const seconds = Math.max(waits.network, waits.author)
    return refuseWhen(seconds > 0, () => tooMany(seconds))
  }
}

/** A proof of work, where one is required. */
export const challenge: Rule<Pick<Facts, 'proof'>> = {
  name: 'challenge',
  find: ({ proof }) =>
    refuseWhen(
      proof === 'missing',
      () => new HttpProblem('challenge-required', 'Comments need a proof of work now: see the comment form.')
    )
}

export const senderRules: Rule[] = [
  limits,
  {
    name: 'ban',
    find: ({ banned }) =>
      refuseWhen(banned, () => new HttpProblem('banned', 'No comments are taken from you here.'))
  },
  {
    name: 'form',
    find({ input, settings, formAge }) {
      const unknown = formAge === null && (settings.requireForm || Boolean(input.form))
      return refuseWhen(unknown, () =>
        unprocessable('/form', 'This needs the form of the article: fetch it (again).')
      )
    }
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
  },
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
