// npm run bench: reads and publishing beside a floor; with --against, --scaling, --soak, --check or --short, what those say.
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { compareWith } from './against/compare.ts'
import { creatingBesideInsert } from './against/floor.ts'
import { compareLarge } from './against/large.ts'
import { bareHttp } from './bare-http.ts'
import { beside } from './beside.ts'
import { check } from './check.ts'
import { compare } from './comparing.ts'
import { crawl } from './crawl.ts'
import { dataset } from './dataset.ts'
import { postAll, posting } from './posting.ts'
import { publishAll, publishing } from './publishing.ts'
import { scale } from './scaling.ts'
import { disk, starting } from './sizes.ts'
import { soak } from './soak.ts'

const args = process.argv.slice(2)
// --scaling may stand alone.
const at = args.indexOf('--scaling')
if (at >= 0 && !/^\d/.test(args[at + 1] ?? '')) args.splice(at + 1, 0, '10000,100000')

const { values } = parseArgs({
  args,
  options: {
    articles: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '5' },
    /** A commit that this checkout is compared with. */
    against: { type: 'string' },
    /** How often each of the two does each piece of work. */
    turns: { type: 'string', default: '5' },
    only: { type: 'string' },
    soak: { type: 'string' },
    scaling: { type: 'string' },
    /** In half a minute: what CI prints. */
    short: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    /** Stories of a third of the words: a million of them take 40 GB. */
    brief: { type: 'boolean', default: false }
  }
})
const seconds = Number(values.seconds)
/** --articles makes --against compare data sets of that size. */
const isLarge = args.includes('--articles')
const articles = Number(values.articles)
const about = `${availableParallelism()} cores, Node ${process.version}`

/** What is measured apart from reads and publishing, where it is asked for by name. */
const measures: Record<string, () => unknown> = {
  beside: () => beside(seconds),
  create: () => creatingBesideInsert(seconds),
  wrk: async () => bareHttp(await dataset(articles, values), seconds),
  crawl: async () => crawl(await dataset(articles, values)),
  disk: async () => disk(await dataset(articles, values), articles),
  starting: async () => starting(await dataset(articles, values))
}

if (values.short) {
  const file = await dataset(500)
  console.log(`500 articles, 32 connections, 1 s a turn, ${about}\n`)
  await compare(file, {
    seconds: 1,
    only: ['article by slug, gzip', 'list of 20 newest', 'search, two words']
  })
  await creatingBesideInsert(1)
} else if (values.only && Object.hasOwn(measures, values.only)) await measures[values.only]!()
else if (values.only === posting) await postAll(seconds)
else if (values.against) {
  console.log(`${values.turns} turns of ${seconds} s, ${about}\n`)
  const how = { turns: Number(values.turns), seconds, only: values.only }
  if (isLarge) await compareLarge(values.against, articles, how)
  else await compareWith(values.against, how)
} else if (values.check) process.exitCode = (await check(60)) ? 0 : 1
else if (values.scaling) {
  const files: string[] = []
  for (const size of values.scaling.split(',')) files.push(await dataset(Number(size), values))
  console.log(`${values.scaling.replace(',', ' and ')} articles, 1 connection, no cache, ${about}\n`)
  await scale(files, seconds)
} else {
  const file = await dataset(articles, values)
  console.log(`${articles} articles, 32 connections, ${seconds} s a turn, ${about}\n`)
  if (values.soak) await soak(file, Number(values.soak))
  else {
    await compare(file, { seconds, only: values.only })
    if (publishing.includes(values.only ?? '')) await publishAll(file, articles)
  }
}
