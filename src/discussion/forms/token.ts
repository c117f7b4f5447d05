// Form tokens: signed, stateless proof of when the comment form of an article was fetched.
import { timingSafeEqual } from 'node:crypto'
import { hashing } from '../../storage/secrets.ts'

/** How long a form token is valid, in seconds. */
const maxAge = 86_400

export interface Forms {
  /** A token for the form of this article, fetched at this instant (in ms). */
  issue(articleId: string, now: number): string
  /** The age of a token in seconds; null for an invalid or expired one, or one of another article. */
  age(articleId: string, form: string, now: number): number | null
}

export function formTokens(secret: string): Forms {
  const hash = hashing(secret, 'comment form')
  const issue = (articleId: string, now: number) => `${now}.${hash(`${articleId} ${now}`)}`
  return {
    issue,
    age(articleId, form, now) {
      const at = Number(form.split('.', 1)[0])
      const genuine = Buffer.from(issue(articleId, at))
      const given = Buffer.from(form)
      if (given.length !== genuine.length || !timingSafeEqual(given, genuine)) return null
      const age = Math.floor((now - at) / 1000)
      return age <= maxAge ? age : null
    }
  }
}
