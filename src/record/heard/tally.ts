// Counting who is heard: each quote and claim is of whoever its chains of attribution end in.
import type { Article } from '../../content/articles/schema.ts'
import type { Attribution } from '../../content/attributions/schema.ts'
import type { Source } from '../../content/sources/schema.ts'
import { onFirstUse } from '../../storage/text/on-first-use.ts'
import type { HeardGroup, HeardMonth, HeardSource, SourceReport } from './schema.ts'

const nothing = { articles: 0, quotes: 0, direct: 0, claims: 0, words: 0 }
type Counts = typeof nothing

interface Statement {
  chains: Attribution[]
  /** The quote; undefined for a claim. */
  quote?: { kind: string; words: number }
}

const segmenter = onFirstUse(() => new Intl.Segmenter('und', { granularity: 'word' }))

/** The words of a text in any language (UAX #29). */
function countWords(text: string): number {
  let words = 0
  for (const { isWordLike } of segmenter().segment(text)) if (isWordLike) words++
  return words
}

/** The sources in which the chains end; the empty text for one that is not named. */
const originsOf = (chains: Attribution[]) =>
  new Set(
    chains.flatMap(({ hops }) => {
      const { sourceId, unnamed } = hops.at(-1)!
      return sourceId ?? (unnamed ? '' : [])
    })
  )

const statementsOf = ({ quotes, attributions }: Article): Statement[] => [
  ...quotes.map(({ kind, text, attributions: chains }) => ({
    chains,
    quote: { kind, words: countWords(text) }
  })),
  ...attributions.map((claim) => ({ chains: [claim] }))
]

function add(counts: Counts, { quote }: Statement) {
  if (quote === undefined) counts.claims++
  else {
    counts.quotes++
    counts.words += quote.words
    if (quote.kind === 'direct') counts.direct++
  }
}

interface Period extends Counts {
  named: number
  heard: Set<string>
}
const newPeriod = (): Period => ({ ...nothing, named: 0, heard: new Set() })

/** Somebody who is heard, and in how many quotes. */
export interface Heard {
  id: string
  quotes: number
}

export class Tally {
  readonly #all = newPeriod()
  readonly #months = new Map<string, Period>()
  readonly #bySource = new Map<string, Counts>()
  readonly #cards = new Map<string, Source>()

  /** The ids of the sources that are heard. */
  get sources(): string[] {
    return [...this.#bySource.keys()].filter((id) => id !== '')
  }

  /** The persons among them, with the number of their quotes. */
  get persons(): Heard[] {
    return this.sources
      .filter((id) => this.#cards.get(id)!.kind === 'person')
      .map((id) => ({ id, quotes: this.#bySource.get(id)!.quotes }))
  }

  /** Counts a published article; they come in the order in which they were published. */
  add(article: Article) {
    const name = article.publishedAt!.slice(0, 7)
    const month = this.#months.get(name) ?? newPeriod()
    this.#months.set(name, month)
    for (const source of article.sources) this.#cards.set(source.id, source)
    const here = new Set<string>()
    for (const statement of statementsOf(article)) {
      const origins = originsOf(statement.chains)
      for (const period of [this.#all, month]) {
        add(period, statement)
        if (statement.quote && [...origins].some((id) => id !== '')) period.named++
        for (const id of origins) if (id !== '') period.heard.add(id)
      }
      for (const id of origins) {
        const counts = this.#bySource.get(id) ?? { ...nothing }
        this.#bySource.set(id, counts)
        add(counts, statement)
        here.add(id)
      }
    }
    for (const id of here) this.#bySource.get(id)!.articles++
    this.#all.articles++
    month.articles++
  }

  /** The report; `isFirst` tells which sources no article named before. */
  report(period: Pick<SourceReport, 'from' | 'to'>, isFirst: (id: string) => boolean): SourceReport {
    const sources = this.sources.map((id): HeardSource => {
      const { name, kind, role, affiliationId } = this.#cards.get(id)!
      const affiliation = this.#cards.get(affiliationId ?? '')?.name ?? null
      return { id, name, kind, role, affiliation, firstTime: isFirst(id), ...this.#bySource.get(id)! }
    })
    sources.sort(byTimesHeard)
    const { articles, ...totals } = totalsOf(this.#all, isFirst)
    return {
      ...period,
      articles,
      quotesPerArticle: articles === 0 ? 0 : Math.round((100 * totals.quotes) / articles) / 100,
      totals,
      months: Array.from(
        this.#months,
        ([month, counts]): HeardMonth => ({ month, ...totalsOf(counts, isFirst) })
      ),
      kinds: grouped(sources, ({ kind }) => kind),
      roles: grouped(sources, ({ role }) => role),
      affiliations: grouped(sources, ({ affiliation }) => affiliation),
      unnamed: this.#bySource.get('') ?? nothing,
      sources: sources.slice(0, 1000)
    }
  }
}

const totalsOf = ({ heard, ...counts }: Period, isFirst: (id: string) => boolean) => ({
  ...counts,
  sources: heard.size,
  firstTime: [...heard].filter(isFirst).length
})

const byTimesHeard = (one: HeardSource, other: HeardSource) =>
  other.quotes - one.quotes || other.claims - one.claims || one.id.localeCompare(other.id)

/** Sources that have this in common, the most heard first. `articles` is the sum over the sources. */
function grouped(sources: HeardSource[], nameOf: (source: HeardSource) => string | null): HeardGroup[] {
  const groups = [...Map.groupBy(sources, nameOf)].map(([name, some]) => {
    const sum = (of: keyof Counts) => some.reduce((total, source) => total + source[of], 0)
    return {
      name,
      sources: some.length,
      articles: sum('articles'),
      quotes: sum('quotes'),
      direct: sum('direct'),
      claims: sum('claims'),
      words: sum('words')
    }
  })
  return groups.sort((one, other) => other.quotes - one.quotes).slice(0, 100)
}
