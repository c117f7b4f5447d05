// What a quote card says: the words, whose they are according to whom, and where they stand.
import type { Article } from '../../content/articles/schema.ts'
import type { Quote } from '../../content/quotes/schema.ts'
import { printable } from '../../record/forms/lines.ts'
import { correctionText, correctionTitle, type Step, stepsOf } from '../articles/words.ts'
import { dayOf } from '../markup/phrases.ts'
import { kindNames } from '../markup/voices.ts'
import type { Publisher } from '../publisher/schema.ts'
import type { Paragraph } from './layout.ts'

export interface QuoteCard {
  words: string
  /** How they stand in the story: "quoted". */
  kind: string
  language: string
  /** Each chain, from who spoke to who told us. */
  chains: Step[][]
  newsroom: string
  title: string
  /** The language of the article. */
  articleLanguage: string
  publishedAt: string
  /** What was corrected in it, and whether all of the story is taken back. */
  notices: string[]
}

/** The card of a quote of this article. */
export function cardOf(quote: Quote, article: Article, { name }: Publisher): QuoteCard {
  const sources = new Map(article.sources.map((one) => [one.id, one]))
  const corrections = article.corrections.filter(
    ({ target }) => target && 'quoteId' in target && target.quoteId === quote.id
  )
  return {
    words: printable(quote.text),
    kind: kindNames[quote.kind],
    language: quote.language ?? article.language,
    chains: quote.attributions.map((one) => stepsOf(one, sources)),
    newsroom: printable(name),
    title: printable(article.title),
    articleLanguage: article.language,
    publishedAt: article.publishedAt!,
    notices: [
      ...(article.retracted ? ['This story is retracted.'] : []),
      ...corrections.map((one) => `${correctionTitle(one)}: ${correctionText(one)}`)
    ].map(printable)
  }
}

const stepText = ({ who, how }: Step) => `${who} (${how})`

/** A chain in words: "Mara Lindqvist, harbour master (told it), according to Harbour Post (reported it)". */
const chainText = ([said, ...others]: Step[]) =>
  printable([said!, ...others].map(stepText).join(', according to '))

/** Whose the words are, each chain in words. */
export const voicesOf = ({ chains }: QuoteCard) =>
  chains.length === 0 ? ['Nobody is on record for these words.'] : chains.map(chainText)

/** The card in paragraphs, as it is read from top to bottom. */
export const paragraphsOf = (card: QuoteCard): Paragraph[] => [
  { kind: 'note', text: card.kind },
  { kind: 'words', text: card.words },
  ...voicesOf(card).map((text) => ({ kind: 'who' as const, text })),
  { kind: 'from', text: card.title },
  { kind: 'from', text: `${card.newsroom} · ${dayOf(card.publishedAt)}` },
  ...card.notices.map((text) => ({ kind: 'notice' as const, text }))
]
