// Checks of unnamed sources: whether a reason is given, and whether the article has a byline.
import type { Article } from '../../content/articles/schema.ts'
import type { Attribution, Hop } from '../../content/attributions/schema.ts'
import { quotedExcerpt } from '../../content/body/anchors/wording.ts'
import type { Body } from '../../content/body/schema.ts'
import { textOf, textsOf } from '../../content/body/text.ts'
import { onFirstUse } from '../../storage/text/on-first-use.ts'
import { type Check, type Failure, failureIf } from './check.ts'

interface Unnamed {
  source: NonNullable<Hop['unnamed']>
  terms: Hop['terms']
  pointer: string
}

/** All unnamed sources, with their places in chains. */
export function unnamedSources({ quotes, attributions }: Article): Unnamed[] {
  const inChains = (chains: Attribution[], path: string) =>
    chains.flatMap(({ hops }, i) =>
      hops.flatMap(({ unnamed: source, terms }, h) =>
        source ? [{ source, terms, pointer: `${path}/${i}/hops/${h}/unnamed` }] : []
      )
    )
  const ofQuotes = quotes.flatMap(({ attributions }, i) =>
    inChains(attributions, `/quotes/${i}/attributions`)
  )
  return [...ofQuotes, ...inChains(attributions, '/attributions')]
}

/** Unnamed sources without a reason. */
const withoutReason = (sources: Unnamed[]): Failure[] =>
  sources
    .filter(({ source }) => !source.reason)
    .map(({ source, pointer }) => ({
      pointer: `${pointer}/reason`,
      detail: `Readers are not told why ${quotedExcerpt(source.description)} is not named.`
    }))

const isDeepBackground = ({ terms }: Unnamed) => terms === 'deep_background'

export const unnamedChecks: Check[] = [
  {
    code: 'unnamed-without-reason',
    severity: 'warning',
    fix: 'Give the reason for which the source is not named, for the readers.',
    find: ({ article }) => withoutReason(unnamedSources(article).filter((one) => !isDeepBackground(one)))
  },
  {
    // For a source on deep background, only the reason is public.
    code: 'deep-background-without-reason',
    severity: 'error',
    fix: 'Give the reason for which the source is not named, or agree on other terms with it.',
    find: ({ article }) => withoutReason(unnamedSources(article).filter(isDeepBackground))
  },
  {
    code: 'unnamed-opinion',
    severity: 'error',
    fix: 'Name who holds the opinion, or leave it out.',
    find: ({ article }) =>
      unnamedSources(article)
        .filter(({ source }) => source.basis === 'opinion')
        .map(({ source, pointer }) => ({
          pointer: `${pointer}/basis`,
          detail: `${quotedExcerpt(source.description)} is not named, and gives an opinion instead of facts.`
        }))
  },
  {
    code: 'unnamed-without-byline',
    severity: 'warning',
    fix: 'Put the names of those who know the source into the bylines.',
    find: ({ article }) =>
      failureIf(
        article.bylines.length === 0 && unnamedSources(article).length > 0,
        '/bylines',
        'The article rests on a source that is not named, and nobody signs for it.'
      )
  },
  {
    code: 'unnamed-declined-to-comment',
    severity: 'warning',
    fix: 'Take out that the source declined to comment, or make clear that it was somebody else.',
    find({ article, refusals }) {
      if (refusals.length === 0) return []
      return unnamedSources(article).flatMap(({ source: { description }, pointer }) => {
        const names = descriptionMatcher(description)
        return refusals
          .filter((sentence) => names.test(sentence))
          .slice(0, 1)
          .map((sentence) => ({
            pointer: `${pointer}/description`,
            detail: `${quotedExcerpt(description)} speaks without a name, and is said not to comment: ${quotedExcerpt(sentence)}`
          }))
      })
    }
  }
]

/** English phrases, whatever the language of the article. */
const declinePhrases =
  /\b(declin|refus)(e|es|ed|ing) to (comment|speak|answer|be interviewed)|\b(would|did|does|do|could) ?n[o’']t (comment|respond|reply|answer|return)|\bhad no comment\b|\bcould not be reached\b/i

const sentences = onFirstUse(() => new Intl.Segmenter('en', { granularity: 'sentence' }))

/** The sentences of the body that say that somebody declined to comment. */
export function declinesIn(body: Body): string[] {
  const texts = textsOf(body)
    .map(textOf)
    .filter((text) => declinePhrases.test(text))
  return texts
    .flatMap((text) => [...sentences().segment(text)].map(({ segment }) => segment))
    .filter((sentence) => declinePhrases.test(sentence))
}

const quantifiers = '(?:the|an?|one|two|three|four|five|several|some|both|another|second|third|\\d+)'
const leadingQuantifiers = new RegExp(`^(?:${quantifiers}\\s+)+`, 'i')

/** A matcher of a source's description, without its article or number: "one official" matches "the official". */
function descriptionMatcher(description: string): RegExp {
  const words = description.trim().replace(leadingQuantifiers, '').split(/\s+/)
  const core = words.map(RegExp.escape).join('\\s+')
  // A single word is ambiguous: "an official" is not "a harbour official".
  const before = words.length === 1 ? `(?:^|\\b${quantifiers}\\s+)` : '(?<![\\p{L}\\p{N}])'
  return new RegExp(`${before}${core}(?![\\p{L}\\p{N}])`, 'iu')
}
