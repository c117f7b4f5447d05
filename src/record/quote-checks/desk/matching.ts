// Finding a quotation among the quotes of drafts, for the desk: by the full text of drafts, which is written with each change.
import { and, desc, inArray, ne, or } from 'drizzle-orm'
import { hasTwoWords } from '../../../content/articles/list/desk-words.ts'
import { isNotTrashed } from '../../../content/articles/soft-deletion.ts'
import * as articles from '../../../content/articles/store.ts'
import * as quotes from '../../../content/quotes/store.ts'
import * as published from '../../../newsstand/documents/published.ts'
import { yieldIfDue } from '../../../storage/commits/turns.ts'
import type { Reader } from '../../../storage/database.ts'
import { differenceOf } from '../difference.ts'
import { codeOf } from '../keys.ts'
import { distance, type Match, nearest } from '../matching.ts'
import type { CheckedQuotation, DraftQuoteMatch } from '../schema.ts'
import { weightsIn } from '../weights.ts'
import { isDots, type Word, wordsOf } from '../words.ts'

/** Two of the words that tell most are looked for: of so many, four may be altered. */
const maxSought = 8

/** How many drafts are looked into, the newest. */
const maxDrafts = 100

/** The articles whose drafts are not as they are published and have two of these words; the newest first. */
async function draftsWith(db: Reader, words: string[], except?: string) {
  const { articles: a } = db.t
  const isUnpublished = or(ne(a.status, 'published'), ne(a.version, a.publishedVersion))
  return db.q
    .select({ id: a.id })
    .from(a)
    .where(
      and(
        hasTwoWords(db, 'article', a.id, words),
        isUnpublished,
        isNotTrashed(db, a.id),
        except === undefined ? undefined : ne(a.id, except)
      )
    )
    .orderBy(desc(a.id))
    .limit(maxDrafts)
}

/** The quotes of drafts that these words are, or nearly, and that are not published like that: the nearest first. */
async function draftMatchesOf(db: Reader, words: Word[], except?: string): Promise<Match[]> {
  const weightOfCode = await weightsIn(db)
  const weightOf = (word: Word) => weightOfCode(codeOf(word))
  const some = new Map(words.filter((word) => !isDots(word)).map((word) => [word.key, word]))
  const sought = [...some.values()]
    .sort((one, other) => weightOf(other) - weightOf(one))
    .slice(0, maxSought)
    .map(({ key }) => key)
  const matches: Match[] = []
  for (const { id } of await draftsWith(db, sought, except)) {
    for (const quote of (await quotes.ofArticle(db, id)).quotes) {
      const match = hasTwoOf(sought, quote) && nearest(quote, words, weightOf)
      if (match && !(await isPublished(db, match))) matches.push(match)
    }
    await yieldIfDue()
  }
  return matches.sort((one, other) => distance(one) - distance(other))
}

/** Whether a quote has two of these words, or the only one: most quotes of an article have not, and need no alignment. */
function hasTwoOf(sought: string[], { text, verbatim }: Match['quote']): boolean {
  const keys = new Set([text, verbatim ?? ''].flatMap(wordsOf).map(({ key }) => key))
  return sought.filter((key) => keys.has(key)).length >= Math.min(2, sought.length)
}

/** Whether a quote is on record with the same words. */
async function isPublished(db: Reader, { quote, text }: Match): Promise<boolean> {
  const document = await published.documentOf(db, 'quote', quote.id)
  if (document === undefined) return false
  const before = JSON.parse(document.toString()) as Match['quote']
  return text === before.text || text === before.verbatim
}

const maxMatches = 5

/** Quotations that were checked, with the same words in drafts. */
export async function withDrafts(db: Reader, checked: CheckedQuotation[], except?: string) {
  const all: CheckedQuotation[] = []
  for (const one of checked) {
    const matches = (await draftMatchesOf(db, wordsOf(one.words), except)).slice(0, maxMatches)
    const drafts: DraftQuoteMatch[] = []
    for (const match of matches) drafts.push(await shownDraft(db, match, one.words))
    all.push({ ...one, drafts })
  }
  return all
}

/** A match in a draft as the desk is told of it. */
async function shownDraft(db: Reader, { quote, text, alignment }: Match, quotation: string) {
  const { id, title, status } = (await articles.byIdOrSlug(db, quote.articleId))!
  const ends = quote.attributions.map(({ hops }) => hops.at(-1)!)
  const names = await namesOf(
    db,
    ends.flatMap(({ sourceId }) => sourceId ?? [])
  )
  return {
    quoteId: quote.id,
    words: text,
    sources: ends.flatMap(({ sourceId, unnamed }) => {
      if (sourceId) return { id: sourceId, name: names.get(sourceId)! }
      return unnamed ? { id: null, name: unnamed.description } : []
    }),
    article: { id, title, status },
    changed: alignment.changed,
    difference: differenceOf(alignment, quotation, text)
  }
}

async function namesOf({ q, t: { sources } }: Reader, ids: string[]) {
  const rows = await q
    .select({ id: sources.id, name: sources.name })
    .from(sources)
    .where(inArray(sources.id, ids))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
