// What shows that somebody fetched the form of an article, and when: signed, and kept nowhere.
import { timingSafeEqual } from 'node:crypto'
import { hashing } from '../../storage/secrets.ts'

/** For how long a form may lie open, in seconds. */
const longest = 86_400

export interface Forms {
  /** A form for this article, fetched at this instant (in ms). */
  issue(articleId: string, now: number): string
  /** How many seconds ago it was fetched; null for what is no form of this article, or too old. */
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
      return age <= longest ? age : null
    }
  }
}
