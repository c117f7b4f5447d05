// How well and how fast quotes are found again whose words were altered, among 1,000,000 (QUOTES=... for others). The quotes
// are made of invented words, of which the n-th is met 1/n as often as the first (bench/vocabulary.ts), 8 to 40 a quote, and
// are found by the keys that publishing stores. Altered quotations have one to four of their words replaced,
// left out, put in or inflected. Unrelated ones are made the same way and stored nowhere. With FILE=... the quotes stay in that
// database, and are stored there once.
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { newId } from '../src/http/ids.ts'
import { readQuotations } from '../src/importing/speech/quotations/read.ts'
import { codesOf, storedKeys } from '../src/record/quote-checks/keys.ts'
import { type Match, matchesOf } from '../src/record/quote-checks/matching.ts'
import { check } from '../src/record/quote-checks/store.ts'
import { wordsOf } from '../src/record/quote-checks/words.ts'
import type { Database } from '../src/storage/database.ts'
import { open } from '../src/storage/sqlite/open.ts'
import { below, between, pick, type Random, stream, weighted, zipf } from './random.ts'
import { capital, contentWords, smallWords } from './vocabulary.ts'

const stored = Number(process.env.QUOTES ?? 1_000_000)
const asked = Number(process.env.ASKED ?? 500)
const perArticle = 5

const vocabulary = [...smallWords, ...contentWords]
const anyPlace = weighted(zipf(vocabulary.length))
const anyWord = (random: Random) => vocabulary[anyPlace(random)]!
const sentence = (random: Random, length: number) => Array.from({ length }, () => anyWord(random))
const anyLength = (random: Random) => between(random, 8, 40)

/** The words of the quote of this number: the same whenever they are asked for. */
const wordsOfQuote = (number: number) => {
  const random = stream(1, number)
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

/** What is answered of the article of a quote. */
const articleRow = (id: string, at: string) => {
  const card = { id, slug: id, title: 'Late ferry keeps sailing', publishedAt: at, updatedAt: at }
  const bytes = Buffer.from(JSON.stringify(card))
  return {
    ...{ kind: 'article', id, position: at, articleId: id, etag: '', modified: at },
    ...{ document: bytes, card: bytes }
  }
}

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

/** A text of 500 words with ten quotations. */
function story(quotation: () => string[]): string {
  const quoted = Array.from({ length: 10 }, quotation)
  const others = 500 - quoted.reduce((sum, words) => sum + words.length + 3, 0)
  return quoted
    .map((words) => {
      const before = sentence(random, Math.max(4, Math.floor(others / 10)))
      return `${written(before)}\n\n“${capital(words.join(' '))},” Mara Lindqvist said.`
    })
    .join('\n\n')
}

/**
 * Writes the rows that publishing writes, with statements of the driver, and the keys in their order: in this way a million
 * take minutes.
 */
function fill(file: string) {
  const driver = new Sqlite(file)
  driver.pragma('journal_mode = wal')
  driver.pragma('synchronous = off')
  const now = new Date().toISOString()
  const publish = driver.prepare(
    'insert into published (kind, id, position, article_id, etag, modified, document, card) values (?, ?, ?, ?, ?, ?, ?, ?)'
  )
  const print = driver.prepare(
    'insert into quote_prints (number, article_id, quote_id, words) values (?, ?, ?, ?)'
  )
  const insertKey = driver.prepare('insert into quote_keys (key, number) values (?, ?)')
  // A key of 32 bits and a number of 21 in one, so that they can be sorted.
  const numbers = 2 ** 21
  let pairs = new Float64Array(20 * stored)
  let count = 0
  driver.exec('begin')
  for (let i = 0; i < stored; i += perArticle) {
    const articleId = newId('art')
    const { document, card } = articleRow(articleId, now)
    publish.run('article', articleId, now, articleId, '', now, document, card)
    for (let n = i; n < i + perArticle; n++) {
      const quote = quoteOf(n, articleId)
      const codes = codesOf(wordsOf(quote.text))
      publish.run('quote', quote.id, now, articleId, '', now, Buffer.from(JSON.stringify(quote)), null)
      print.run(n + 1, articleId, quote.id, Buffer.from(Int32Array.from(codes).buffer))
      for (const key of storedKeys(codes)) {
        if (count === pairs.length) {
          const larger = new Float64Array(1.5 * count)
          larger.set(pairs)
          pairs = larger
        }
        pairs[count++] = key * numbers + n + 1
      }
    }
    if (i % 100_000 === 0) console.log(`${i} quotes stored`)
  }
  for (const one of pairs.subarray(0, count).sort()) {
    const key = Math.floor(one / numbers)
    insertKey.run(key, one - key * numbers)
  }
  driver.exec('commit')
  driver.close()
  console.log(`${(count / stored).toFixed(1)} keys a quote`)
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

const random = stream(2, 0)

const folder = mkdtempSync(join(process.env.FOLDER ?? tmpdir(), 'onrecord-bench-'))
const file = process.env.FILE ?? join(folder, 'news.db')
const began = processorTime()
if (!existsSync(file)) {
  await open(`file:${file}`).close()
  fill(file)
}
const db = open(`file:${file}`)
try {
  console.log(
    `${stored} quotes in ${((processorTime() - began) / 1000).toFixed(0)} s of processor time, ${statSync(file).size >> 20} MB`
  )
  const drawn = (length?: [number, number]) => {
    for (;;) {
      const number = below(random, stored)
      const words = wordsOfQuote(number)
      if (!length || (words.length >= length[0] && words.length <= length[1])) return { number, words }
    }
  }
  const report = async (name: string, make: () => { words: string[]; text?: string }, many = 1) => {
    const quotations = Array.from({ length: many * asked }, () => {
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
  await report(
    'altered in 1 to 4 of 8 to 40',
    () => {
      const { words } = drawn()
      return { words: altered(words, between(random, 1, 4), random), text: written(words) }
    },
    4
  )
  await report('8 to 20 words out of longer ones, altered in 1 to 4', () => {
    const { words } = drawn([24, 40])
    const length = between(random, 8, 20)
    const start = below(random, words.length - length)
    return {
      words: altered(words.slice(start, start + length), between(random, 1, 4), random),
      text: written(words)
    }
  })
  const [reading, looking, whole]: [number[], number[], number[]] = [[], [], []]
  // The first have the grammar loaded, and the code compiled.
  for (let i = -20; i < asked; i++) {
    const text = story(() => {
      const { words } = drawn([8, 40])
      const isUnknown = below(random, 5) === 0
      return isUnknown ? sentence(random, anyLength(random)) : altered(words, below(random, 5), random)
    })
    const began = processorTime()
    const quotations = await readQuotations({ body: { text }, language: 'en' })
    const read = processorTime()
    await check(db.read, quotations)
    const ended = processorTime()
    if (i < 0) continue
    reading.push(read - began)
    looking.push(ended - read)
    whole.push(ended - began)
  }
  for (const [name, times] of Object.entries({ reading, looking, whole }))
    console.log(
      `texts of 500 words with 10 quotations, ${name}: p50 ${at(times, 0.5)} ms, p99 ${at(times, 0.99)} ms`
    )
  await report('unrelated of 8 to 40', () => ({ words: sentence(random, anyLength(random)) }), 10)
  await report('unrelated of 8 to 10', () => ({ words: sentence(random, between(random, 8, 10)) }), 10)
} finally {
  await db.close()
  rmSync(folder, { recursive: true })
}
