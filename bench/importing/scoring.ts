// What is counted: how often what was read is what is right.

import type { NewStory } from '../../src/content/articles/schema.ts'
import type { Body } from '../../src/content/body/schema.ts'
import { textOf, textsOf } from '../../src/content/body/text.ts'
import { readPage } from '../../src/importing/proposals/page.ts'
import type { GoldPage } from './pages.ts'
import type { MarkedText } from './texts.ts'

/** How much was wanted, how much of it was found, and how much was found that nobody wanted. */
export interface Count {
  right: number
  wanted: number
  surplus: number
}
export type Counts = Map<string, Count>
/** What was not as it should be: where, what was wanted, and what was read. */
export interface Miss {
  where: string
  what: string
  wanted: unknown
  read: unknown
}

const folded = (text: string) =>
  text
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
    ?.join(' ') ?? ''

export class Scores {
  readonly counts: Counts = new Map()
  readonly misses: Miss[] = []

  count(what: string): Count {
    const found = this.counts.get(what) ?? { right: 0, wanted: 0, surplus: 0 }
    this.counts.set(what, found)
    return found
  }

  /** One thing that is wanted. */
  expect(where: string, what: string, isRight: boolean, { wanted, read }: Pick<Miss, 'wanted' | 'read'>) {
    const count = this.count(what)
    count.wanted++
    if (isRight) count.right++
    else this.misses.push({ where, what, wanted, read })
  }
}

// ---- pages

const same = (a: string[], b: string[]) => folded(a.toSorted().join('|')) === folded(b.toSorted().join('|'))

/** Reads a page and counts what of it is right. */
export function scorePage(scores: Scores, gold: GoldPage) {
  const { story } = readPage(gold.html, 'text/html')
  const text = folded(
    textsOf(story.body as Body)
      .map(textOf)
      .join('\n')
  )
  const expect = (what: string, isRight: boolean, wanted: unknown, read: unknown) =>
    scores.expect(gold.name, what, isRight, { wanted, read })
  for (const words of gold.within)
    expect('body: stretches that are there', text.includes(folded(words)), words, undefined)
  for (const words of gold.without)
    expect('body: stretches that are not', !text.includes(folded(words)), 'nothing', words)
  const field = (what: string, wanted: string | undefined, read: string | null | undefined) => {
    if (wanted !== undefined) expect(what, folded(wanted) === folded(read ?? ''), wanted, read)
  }
  field('title', gold.title, story.title)
  field('date', gold.published, story.publishedAt?.slice(0, 10))
  field('section', gold.section, story.section)
  field('dek', gold.dek, story.dek)
  field('canonical address', gold.canonical, story.canonicalUrl)
  field('publisher', gold.publisher, story.origin?.publisher)
  const bylines = (story.bylines ?? []).map(({ name }) => name)
  expect('bylines', same(gold.bylines, bylines), gold.bylines, bylines)
  if (gold.tags) expect('tags', same(gold.tags, story.tags ?? []), gold.tags, story.tags)
  creditsOf(scores, gold.name, gold.credits, story)
}

type Credit = GoldPage['credits'][number]

function creditsOf(scores: Scores, where: string, wanted: Credit[], story: NewStory) {
  const read = (story.media ?? [])
    .flatMap(({ credits = [] }) => credits)
    .map(({ creators = [], suppliers = [] }) => ({ creators, suppliers }))
  for (const credit of wanted) {
    const right = read.some(
      (one) => same(one.creators, credit.creators) && same(one.suppliers, credit.suppliers)
    )
    scores.expect(where, 'credits, creators and suppliers apart', right, { wanted: credit, read })
  }
}

// ---- texts

interface Said {
  words: string
  /** The chain from the reader's side, "?" for who is not named. */
  chain: string
}

/** The text without its marks, and what they mark. */
function unmarked(marked: string) {
  const of = (pattern: RegExp): Said[] =>
    [...marked.matchAll(pattern)].map(([, words, chain]) => ({
      words: folded(words!),
      chain: namesOf(chain!)
    }))
  return {
    text: marked.replace(/(?:\[\[|\{\{)(.*?)\|.*?(?:\]\]|\}\})/g, '$1'),
    quotes: of(/\[\[(.*?)\|(.*?)\]\]/g),
    claims: of(/\{\{(.*?)\|(.*?)\}\}/g)
  }
}

/** A chain with its names in small letters. */
const namesOf = (chain: string) =>
  chain
    .split(' > ')
    .map((name) => (name === '?' ? '?' : folded(name)))
    .join(' > ')

/** What a story says, in the form of what is wanted. */
function saidIn({ sources = [], quotes = [], attributions = [] }: NewStory) {
  const chainOf = (hops: { sourceId?: string | undefined }[] = []) =>
    hops
      .map(({ sourceId }) => {
        const name = sources.find(({ key }) => key === sourceId)?.name
        return name === undefined ? '?' : folded(name)
      })
      .join(' > ')
  return {
    quotes: quotes.flatMap(({ text, attributions }) =>
      text.split(' ... ').map((part) => ({ words: folded(part), chain: chainOf(attributions?.[0]?.hops) }))
    ),
    claims: attributions.map(({ claim, hops }) => ({ words: folded(claim), chain: chainOf(hops) }))
  }
}

/** Reads a text and counts whose words were found, and led to the right one. */
export function scoreText(scores: Scores, { marked, language }: MarkedText) {
  const { text, quotes, claims } = unmarked(marked)
  const said = saidIn(readPage(`The weir of Varn\n\n${text}`, 'text/plain').story)
  compare(scores, { language, where: marked, kind: 'quotes' }, quotes, said.quotes)
  compare(scores, { language, where: marked, kind: 'claims' }, claims, said.claims)
}

// ---- what editors decided (npm run labels)

/** A line of labelled data. */
export interface Label {
  id: string
  language: string
  text: string
  page?: { mediaType: 'text/html' | 'text/plain'; content: string }
  quotes: { text: string[]; speaker: string | null; unnamed?: true; chain?: string[]; type?: 'claim' }[]
  media: { creators: string[]; suppliers: string[] }[]
}

/** Reads a page that was reviewed once more, and counts what of it an editor would leave as it is. */
export function scoreLabel(scores: Scores, { id: where, language, text, page, quotes, media }: Label) {
  const { story } = readPage(page?.content ?? text, page?.mediaType ?? 'text/plain')
  const said = saidIn(story)
  const wanted = (type: 'claim' | undefined) =>
    quotes
      .filter((one) => one.type === type)
      .flatMap(({ text, speaker, unnamed, chain = [] }) => {
        const last = unnamed || speaker === null ? '?' : speaker
        return text.map((part) => ({ words: folded(part), chain: namesOf([...chain, last].join(' > ')) }))
      })
  compare(scores, { language, where, kind: 'quotes' }, wanted(undefined), said.quotes)
  compare(scores, { language, where, kind: 'claims' }, wanted('claim'), said.claims)
  // Without the page there are no pictures to read.
  if (page) creditsOf(scores, where, media, story)
}

function compare(
  scores: Scores,
  { language, where, kind }: { language: string; where: string; kind: string },
  wanted: Said[],
  read: Said[]
) {
  for (const one of wanted) {
    const found = read.find(({ words }) => words === one.words)
    const verdict = { wanted: one, read: found ?? read }
    scores.expect(where, `${kind} found (${language})`, found !== undefined, verdict)
    if (!found) continue
    scores.expect(where, `${kind} found, right chain (${language})`, found.chain === one.chain, verdict)
    // Nobody is better than somebody else.
    const speakers = (chain: string) => chain.split(' > ').at(-1)
    const isWrong = speakers(found.chain) !== '?' && speakers(found.chain) !== speakers(one.chain)
    scores.expect(where, 'nobody is led to a wrong person', !isWrong, verdict)
  }
  const surplus = read.filter(({ words }) => !wanted.some((one) => one.words === words))
  scores.count(`${kind} found (${language})`).surplus += surplus.length
}
