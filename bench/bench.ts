// npm run bench: reads and publishing beside a floor; with --against, --scaling, --soak or --check, what those say.
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { compareWith } from './against/compare.ts'
import { check } from './check.ts'
import { compare } from './comparing.ts'
import { dataset } from './dataset.ts'
import { postAll, posting } from './posting.ts'
import { publishAll, publishing } from './publishing.ts'
import { scale } from './scaling.ts'
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
    check: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    /** Stories of a third of the words: a million of them take 40 GB. */
    brief: { type: 'boolean', default: false }
  }
})
const seconds = Number(values.seconds)
const articles = Number(values.articles)
const about = `${availableParallelism()} cores, Node ${process.version}`

if (values.only === posting) await postAll(seconds)
else if (values.against) {
  console.log(`${values.turns} turns of ${seconds} s, ${about}\n`)
  await compareWith(values.against, { turns: Number(values.turns), seconds, only: values.only })
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
