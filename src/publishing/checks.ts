// What must hold before an article is published. Adding a check is adding one entry to `checks`.
import type { Article } from '../articles/schema.ts'
import { quoteAnchor, standsAt } from '../body/anchors.ts'
import { mentions } from '../body/mentions.ts'
import type { Body } from '../body/schema.ts'
import type { Fault } from '../problems.ts'

/** A failed check, with its place in the draft. */
export type Failure = Fault & { code: string }

/** The draft as a check reads it, at the instant of publishing. */
export interface Checked {
  article: Article
  embargoUntil: string | null
  now: string
}

type Check = (checked: Checked) => Omit<Failure, 'code'>[]

const checks: Record<string, Check> = {
  'quote-not-in-body': ({ article }) =>
    article.quotes.flatMap(({ id, kind, text }, i) =>
      kind !== 'direct' || standsAt(article.body as Body, quoteAnchor(id), text)
        ? []
        : [
            {
              pointer: `/quotes/${i}/text`,
              detail: `The words of the direct quote ${id} do not stand in the body where it is anchored.`
            }
          ]
    ),

  'quote-without-attribution': ({ article }) =>
    article.quotes.flatMap(({ id, attributions }, i) =>
      attributions.length > 0
        ? []
        : [{ pointer: `/quotes/${i}/attributions`, detail: `Nobody is named for the quote ${id}.` }]
    ),

  'picture-without-credit': ({ article }) =>
    article.media.flatMap(({ id, kind, credits }, i) =>
      kind !== 'image' || credits.length > 0
        ? []
        : [{ pointer: `/media/${i}/credits`, detail: `The picture ${id} is shown without a credit.` }]
    ),

  'unknown-anchor': ({ article }) => {
    const ofQuotes = article.quotes.flatMap(({ attributions }) => attributions)
    const known = new Set([...article.quotes, ...ofQuotes, ...article.attributions].map(({ id }) => id))
    return mentions(article.body as Body)
      .filter(({ kind, id }) => kind !== 'media' && !known.has(id))
      .map(({ kind, id, pointer }) => ({
        pointer,
        detail: `The body is annotated with the ${kind} ${id}, which is not there.`
      }))
  },

  'under-embargo': ({ embargoUntil, now }) =>
    embargoUntil !== null && embargoUntil > now
      ? [{ pointer: '/embargoUntil', detail: `The article is under embargo until ${embargoUntil}.` }]
      : []
}

/** Every check the draft fails. */
export const failures = (checked: Checked): Failure[] =>
  Object.entries(checks).flatMap(([code, check]) => check(checked).map((failure) => ({ code, ...failure })))
