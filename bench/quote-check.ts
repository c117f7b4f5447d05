// How well and how fast quotes are found again whose words were altered, among 1,000,000 (QUOTES=... for others). The quotes
// are made of invented words, of which the n-th is met 1/n as often as the first (bench/vocabulary.ts), 8 to 40 a quote, and
// are written by the code that publishing writes them with. Altered quotations have one to four of their words replaced,
// left out, put in or inflected. Unrelated ones are made the same way and stored nowhere.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '../src/http/ids.ts'
import { type Match, matchesOf } from '../src/record/quote-checks/matching.ts'
import { setPrints } from '../src/record/quote-checks/prints.ts'
import { wordsOf } from '../src/record/quote-checks/words.ts'
import { insertAll } from '../src/storage/columns/rows.ts'
import type { Database } from '../src/storage/database.ts'
import { open } from '../src/storage/sqlite/open.ts'
import { below, between, pick, type Random, seeded, weighted, zipf } from './random.ts'
import { capital, contentWords, smallWords } from './vocabulary.ts'

const stored = Number(process.env.QUOTES ?? 1_000_000)
const asked = Number(process.env.ASKED ?? 500)
const perArticle = 5
const perTransaction = 1000

const vocabulary = [...smallWords, ...contentWords]
const anyPlace = weighted(zipf(vocabulary.length))
const anyWord = (random: Random) => vocabulary[anyPlace(random)]!
const sentence = (random: Random, length: number) => Array.from({ length }, () => anyWord(random))
const anyLength = (random: Random) => between(random, 8, 40)

/** The words of the quote of this number: the same whenever they are asked for. */
const wordsOfQuote = (number: number) => {
  const random = seeded(number + 1)
  return sentence(random, anyLength(random))
}

const written = (words: string[]) => `${capital(words.join(' '))}.`

const quoteOf = (number: number, articleId: string) => ({
  id: newId('quo'),
  articleId,
  text: written(wordsOfQuote(number)),
  kind: 'direct',
  display: 'inline',
  language: null,
  verbatim: null,
  alterations: [],
  attributions: [
    {
      id: newId('att'),
      articleId,
      quoteId: null,
      claim: null,
      hops: [{ sourceId: newId('src'), relation: 'said', url: null, at: null }]
    }
  ]
})

/** One alteration of a word. */
const alterations: ((words: string[], at: number, random: Random) => void)[] = [
  (words, at, random) => void words.splice(at, 1, anyWord(random)),
  (words, at) => void words.splice(at, 1),
  (words, at, random) => void words.splice(at, 0, anyWord(random)),
  (words, at) => void words.splice(at, 1, `${words[at]}ed`)
]

function altered(words: string[], times: number, random: Random): string[] {
  const places = new Set<number>()
  while (places.size < times) places.add(below(random, words.length))
  const all = [...words]
  // From the end, so that the places before it stay.
  for (const at of [...places].sort((one, other) => other - one)) pick(random, alterations)(all, at, random)
  return all
}

async function fill(db: Database) {
  for (let from = 0; from < stored; from += perTransaction) {
    await db.write('bench', async (tx) => {
      for (let i = from; i < Math.min(from + perTransaction, stored); i += perArticle) {
        const articleId = newId('art')
        const quotes = Array.from({ length: perArticle }, (_, n) => quoteOf(i + n, articleId))
        await setPrints(tx, articleId, quotes)
        const rows = quotes.map((quote) => {
          const base = {
            kind: 'quote',
            id: quote.id,
            position: tx.now,
            articleId,
            etag: '',
            modified: tx.now
          }
          return { ...base, document: Buffer.from(JSON.stringify(quote)) }
        })
        await insertAll(tx, tx.t.published, rows)
      }
    })
    if (from % 100_000 === 0) console.log(`${from} quotes stored`)
  }
}

const at = (times: number[], part: number) =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(part * times.length))]!.toFixed(1)

const processorTime = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Asks for many, and tells how many were found and in which processor time of each. */
async function ask(db: Database, quotations: { words: string[]; isFound(matches: Match[]): boolean }[]) {
  const times: number[] = []
  let found = 0
  for (const { words, isFound } of quotations) {
    const began = processorTime()
    const matches = await matchesOf(db.read, wordsOf(written(words)))
    times.push(processorTime() - began)
    if (isFound(matches)) found++
  }
  return { share: found / quotations.length, times }
}

const folder = mkdtempSync(join(process.env.FOLDER ?? tmpdir(), 'onrecord-bench-'))
const file = join(folder, 'news.db')
const db = open(`file:${file}`)
try {
  const began = processorTime()
  await fill(db)
  console.log(
    `${stored} quotes in ${((processorTime() - began) / 1000).toFixed(0)} s of processor time, ${statSync(file).size >> 20} MB`
  )
  const random = seeded(99)
  const drawn = (length?: [number, number]) => {
    for (;;) {
      const number = below(random, stored)
      const words = wordsOfQuote(number)
      if (!length || (words.length >= length[0] && words.length <= length[1])) return { number, words }
    }
  }
  const report = async (name: string, make: () => { words: string[]; text?: string }) => {
    const quotations = Array.from({ length: asked }, () => {
      const { words, text } = make()
      return {
        words,
        isFound: (matches: Match[]) =>
          text ? matches.some((match) => match.text === text) : matches.length > 0
      }
    })
    const { share, times } = await ask(db, quotations)
    console.log(
      `${name}: found ${(100 * share).toFixed(2)} %; p50 ${at(times, 0.5)} ms, p99 ${at(times, 0.99)} ms`
    )
  }
  for (const times of [0, 1, 2, 3, 4])
    await report(`altered in ${times} of 8 to 40`, () => {
      const { words } = drawn()
      return { words: altered(words, times, random), text: written(words) }
    })
  for (const times of [1, 2, 3, 4])
    await report(`altered in ${times} of 8 to 10`, () => {
      const { words } = drawn([8, 10])
      return { words: altered(words, times, random), text: written(words) }
    })
  for (const times of [0, 1, 2])
    await report(`8 words out of longer ones, altered in ${times}`, () => {
      const { words } = drawn([16, 40])
      const start = below(random, words.length - 8)
      return { words: altered(words.slice(start, start + 8), times, random), text: written(words) }
    })
  await report('unrelated of 8 to 40', () => ({ words: sentence(random, anyLength(random)) }))
  await report('unrelated of 8 to 10', () => ({ words: sentence(random, between(random, 8, 10)) }))
} finally {
  await db.close()
  rmSync(folder, { recursive: true })
}
