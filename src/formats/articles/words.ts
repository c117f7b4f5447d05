// What the written forms of an article say beside its own words.
import type { Article } from '../../content/articles/schema.ts'
import type { Attribution, Hop } from '../../content/attributions/schema.ts'
import type { Correction } from '../../content/corrections/schema.ts'
import { titles } from '../../content/corrections/titles.ts'
import type { Media } from '../../content/media/schema.ts'
import type { Source } from '../../content/sources/schema.ts'
import { dayOf } from '../markup/phrases.ts'
import { relations, termsOf } from '../markup/voices.ts'

/** "By Ida Reporter, Bo Writer · 2 November 2026", as far as it is known. */
export const creditLine = ({ bylines, publishedAt }: Article): string =>
  [
    bylines.length > 0 && `By ${bylines.map(({ name }) => name).join(', ')}`,
    publishedAt !== null && dayOf(publishedAt)
  ]
    .filter(Boolean)
    .join(' · ')

/** What stands below a picture: its caption, who made it and whose it is. */
export function captionOf({ caption, credits, unavailable }: Media): string {
  const lines = credits.map(({ creditLine, licence }) =>
    licence ? `${creditLine} (${licence.name})` : creditLine
  )
  const ended = unavailable && 'This is no longer shown: its rights have ended.'
  return [ended, caption, lines.join('; ')].filter(Boolean).join(' ')
}

/** "Correction, 2 November 2026", the day in UTC. */
export const correctionTitle = ({ kind, publishedAt }: Correction): string =>
  `${titles[kind]}, ${dayOf(publishedAt!)}`

/** What was wrong, and what it said before and now. */
export const correctionText = ({ text, was, now }: Correction): string =>
  [text, was && `It said: ${was}`, was && now && `It says now: ${now}`].filter(Boolean).join(' ')

/** A step of a chain in words. */
export interface Step {
  who: string
  how: string
  /** Where it was said or published. */
  url: string | null
}

/** The steps of a chain from who spoke to who told us. */
export const stepsOf = ({ hops }: Pick<Attribution, 'hops'>, sources: Map<string, Source>): Step[] =>
  hops.toReversed().map((hop) => ({
    who: whoOf(hop, sources),
    how: [
      `${relations[hop.relation]}${termsOf(hop)}`,
      hop.at && `, ${dayOf(hop.at)}`,
      hop.positionToKnow && `. ${hop.positionToKnow}`
    ]
      .filter(Boolean)
      .join(''),
    url: hop.url ?? null
  }))

/** Whom a step leads to: "Mara Lindqvist, harbour master"; the words of the story where a source is not named. */
export function whoOf({ sourceId, unnamed }: Hop, sources: Map<string, Source>): string {
  if (unnamed) {
    const { description, reason } = unnamed
    return `${description} (not named${reason ? `: ${reason}` : ''})`
  }
  const source = sourceId ? sources.get(sourceId)! : undefined
  if (source === undefined) return 'an article of ours'
  return source.role ? `${source.name}, ${source.role}` : source.name
}
