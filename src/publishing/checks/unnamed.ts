// Checks of unnamed sources: whether a reason is given, and whether the article has a byline.
import type { Article } from '../../content/articles/schema.ts'
import type { Attribution, Hop } from '../../content/attributions/schema.ts'
import { cited } from '../../content/body/anchors/wording.ts'
import type { Body } from '../../content/body/schema.ts'
import { textOf, textsOf } from '../../content/body/text.ts'
import { type Check, type Failure, when } from './check.ts'

interface Unnamed {
  source: NonNullable<Hop['unnamed']>
  terms: Hop['terms']
  pointer: string
}

/** All unnamed sources, with their places in chains. */
export function unnamedIn({ quotes, attributions }: Article): Unnamed[] {
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
const unexplained = (sources: Unnamed[]): Failure[] =>
  sources
    .filter(({ source }) => !source.reason)
    .map(({ source, pointer }) => ({
      pointer: `${pointer}/reason`,
      detail: `Readers are not told why ${cited(source.description)} is not named.`
    }))

const isDeep = ({ terms }: Unnamed) => terms === 'deep_background'

export const unnamedChecks: Check[] = [
  {
    code: 'unnamed-without-reason',
    severity: 'warning',
    fix: 'Give the reason for which the source is not named, for the readers.',
    find: ({ article }) => unexplained(unnamedIn(article).filter((one) => !isDeep(one)))
  },
  {
    // For a source on deep background, only the reason is public.
    code: 'deep-background-without-reason',
    severity: 'error',
    fix: 'Give the reason for which the source is not named, or agree on other terms with it.',
    find: ({ article }) => unexplained(unnamedIn(article).filter(isDeep))
  },
  {
    code: 'unnamed-opinion',
    severity: 'error',
    fix: 'Name who holds the opinion, or leave it out.',
    find: ({ article }) =>
      unnamedIn(article)
        .filter(({ source }) => source.basis === 'opinion')
        .map(({ source, pointer }) => ({
          pointer: `${pointer}/basis`,
          detail: `${cited(source.description)} is not named, and gives an opinion instead of facts.`
        }))
  },
  {
    code: 'unnamed-without-byline',
    severity: 'warning',
    fix: 'Put the names of those who know the source into the bylines.',
    find: ({ article }) =>
      when(
        article.bylines.length === 0 && unnamedIn(article).length > 0,
        '/bylines',
        'The article rests on a source that is not named, and nobody signs for it.'
      )
  },
  {
    code: 'unnamed-declined-to-comment',
    severity: 'warning',
    fix: 'Take out that the source declined to comment, or make clear that it was somebody else.',
    find({ article, body }) {
      const refusals = refusalsIn(body)
      return unnamedIn(article).flatMap(({ source: { description }, pointer }) => {
        const names = naming(description)
        return refusals
          .filter((sentence) => names.test(sentence))
          .slice(0, 1)
          .map((sentence) => ({
            pointer: `${pointer}/description`,
            detail: `${cited(description)} speaks without a name, and is said not to comment: ${cited(sentence)}`
          }))
      })
    }
  }
]

/** English phrases, whatever the language of the article. */
const refuses =
  /\b(declin|refus)(e|es|ed|ing) to (comment|speak|answer|be interviewed)|\b(would|did|does|do|could) ?n[o’']t (comment|respond|reply|answer|return)|\bhad no comment\b|\bcould not be reached\b/i

/** The sentences of the body that say that somebody declined to comment. */
function refusalsIn(body: Body): string[] {
  const texts = textsOf(body)
    .map(textOf)
    .filter((text) => refuses.test(text))
  const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })
  return texts
    .flatMap((text) => [...sentences.segment(text)].map(({ segment }) => segment))
    .filter((sentence) => refuses.test(sentence))
}

const counting = '(?:the|an?|one|two|three|four|five|several|some|both|another|second|third|\\d+)'
const leading = new RegExp(`^(?:${counting}\\s+)+`, 'i')

/** A matcher of a source's description, without its article or number: "one official" matches "the official". */
function naming(description: string): RegExp {
  const words = description.trim().replace(leading, '').split(/\s+/)
  const core = words.map(RegExp.escape).join('\\s+')
  // A single word is ambiguous: "an official" is not "a harbour official".
  const before = words.length === 1 ? `(?:^|\\b${counting}\\s+)` : '(?<![\\p{L}\\p{N}])'
  return new RegExp(`${before}${core}(?![\\p{L}\\p{N}])`, 'iu')
}
