// Checks of the right of reply: whether who is accused was asked, and what became of it.
import type { Article } from '../../content/articles/schema.ts'
import { plainText } from '../../content/body/text.ts'
import { hasName } from '../../storage/text/has-name.ts'
import type { ReplyFacts } from '../replies/facts.ts'
import { isSame, type Party } from '../replies/parties.ts'
import { type Check, type CheckedDraft, type Failure, failureIf } from './check.ts'

type Request = ReplyFacts['requests'][number]

/** The place of a quote or claim in the draft; undefined where it is not there. */
function placeOf({ quotes, attributions }: Article, id: string): string | undefined {
  const q = quotes.findIndex((quote) => quote.id === id || quote.attributions.some((one) => one.id === id))
  if (q >= 0) return `/quotes/${q}`
  const a = attributions.findIndex((claim) => claim.id === id)
  return a >= 0 ? `/attributions/${a}` : undefined
}

/** The whole draft (RFC 6901, 5): who was asked does not stand in it. */
const whole = ''

const called = ({ names }: Party) => names[0]!

/** Failures for requests. */
const eachRequest = ({ replies }: CheckedDraft, find: (request: Request) => Failure[]) =>
  replies.requests.flatMap(find)

/** Whether a text names somebody: in full, or a person of several names by the last. */
const isNamedIn = (text: string, { names }: Party) =>
  names.flatMap((name) => [name.trim(), name.trim().split(/\s+/).at(-1)!]).some((name) => hasName(text, name))

/** Whether anything in the article is attributed to somebody. */
function isHeard({ article, body }: CheckedDraft, person: Party): boolean {
  const chains = [...article.quotes.flatMap(({ attributions }) => attributions), ...article.attributions]
  const heard = new Set(chains.flatMap(({ hops }) => hops.flatMap(({ sourceId }) => sourceId ?? [])))
  if (person.sourceId !== null) return heard.has(person.sourceId)
  return isNamedIn(plainText(body), person)
}

const isEnglish = ({ article: { language } }: CheckedDraft) => /^(en|und)\b/.test(language)

export const replyChecks: Check[] = [
  {
    code: 'accused-not-asked',
    severity: 'error',
    fix: 'Ask them, and keep that as a request for comment of the article.',
    find: ({ article, replies: { allegations, requests } }) =>
      allegations.flatMap(({ statementId, accused }) => {
        const place = placeOf(article, statementId)
        const isAsked = requests.some(({ person }) => isSame(person, accused))
        return failureIf(
          place !== undefined && !isAsked,
          place!,
          `${called(accused)} is accused here, and was not asked to comment.`
        )
      })
  },
  {
    code: 'allegation-without-statement',
    severity: 'error',
    fix: 'Point the allegation at the quote or claim that accuses now, or delete it.',
    find: ({ article, replies: { allegations } }) =>
      allegations.flatMap(({ id, statementId, accused }) =>
        failureIf(
          placeOf(article, statementId) === undefined,
          whole,
          `The allegation ${id} against ${called(accused)} is about ${statementId}, which does not belong to the article any more.`
        )
      )
  },
  {
    code: 'reply-awaited',
    severity: 'error',
    fix: 'Wait until the deadline is over, or an answer came: keep it in the request for comment.',
    find: (checked) =>
      eachRequest(checked, ({ id, state, deadline, person }) =>
        failureIf(
          state === 'asked' && deadline !== null && deadline > checked.at,
          whole,
          `${called(person)} has until ${deadline} to answer the request for comment ${id}.`
        )
      )
  },
  {
    code: 'reply-not-in-article',
    severity: 'warning',
    fix: 'Say in the article what they answered, and attribute it to them.',
    find: (checked) =>
      eachRequest(checked, ({ id, state, terms, person }) =>
        failureIf(
          state === 'answered' && !isUnnamed(terms) && !isHeard(checked, person),
          whole,
          `${called(person)} answered the request for comment ${id}, and is not heard in the article.`
        )
      )
  },
  {
    code: 'refusal-not-told',
    severity: 'warning',
    fix: 'Tell readers that they were asked, and did not comment.',
    find: (checked) => {
      if (!isEnglish(checked) || checked.refusals.length > 0) return []
      return eachRequest(checked, ({ id, state, deadline, person }) => {
        const isOver = state === 'asked' && (deadline === null || deadline <= checked.at)
        return failureIf(
          state === 'declined' || isOver,
          whole,
          `${called(person)} did not comment (request ${id}), and readers are not told that they were asked.`
        )
      })
    }
  },
  {
    code: 'said-to-decline-but-answered',
    severity: 'error',
    fix: 'Take out that they declined: they spoke without their name, which readers would be misled about.',
    find: (checked) =>
      eachRequest(checked, ({ id, state, terms, person }) =>
        checked.refusals
          .filter((sentence) => state === 'answered' && isUnnamed(terms) && isNamedIn(sentence, person))
          .slice(0, 1)
          .map((sentence) => ({
            pointer: '/body',
            detail: `${called(person)} answered the request ${id} without being named, and is said not to have: “${sentence.trim()}”`
          }))
      )
  }
]

const isUnnamed = (terms: Request['terms']) => terms === 'background' || terms === 'deep_background'
