// npm run bench -- --against COMMIT: this checkout beside another commit, in turn, as ratios of processor time.
import { checkout } from './checkout.ts'
import { type Newsroom, open } from './newsroom.ts'
import { type Work, works } from './work.ts'

export interface Comparison {
  /** How often each build does each piece of work: the median counts. */
  turns: number
  /** How long each turn takes. */
  seconds: number
  /** Part of the names of the rows that are wanted. */
  only?: string | undefined
}

/**
 * Prints a row of Markdown for each piece of work: the processor time of an operation in both builds, and now / before.
 * Each build has a database of its own, filled over HTTP with the same stories; the load comes from this process.
 */
export async function compareWith(commit: string, { turns, seconds, only = '' }: Comparison) {
  const before = await open(checkout(commit))
  const now = await open(process.cwd())
  console.log(`| work | ${commit}, µs | now, µs | ratio | least to most |\n|---|---|---|---|---|`)
  for (const [name, work] of Object.entries(works))
    if (name.includes(only)) console.log(await row(name, work, [before, now], { turns, seconds }))
  await Promise.all([before.close(), now.close()])
}

async function row(name: string, work: Work, [before, now]: [Newsroom, Newsroom], how: Comparison) {
  for (const newsroom of [before, now]) await work(newsroom, 1)
  const times: [number, number][] = []
  for (let turn = 0; turn < how.turns; turn++)
    // Which build begins changes with each turn, so that neither always follows the other's work.
    if (turn % 2 === 0) times.push([await work(before, how.seconds), await work(now, how.seconds)])
    else {
      const later = await work(now, how.seconds)
      times.push([await work(before, how.seconds), later])
    }
  const ratios = times.map(([a, b]) => b / a).sort((a, b) => a - b)
  const [a, b] = [0, 1].map((at) => median(times.map((pair) => pair[at]!)))
  const range = `${ratios[0]!.toFixed(2)} to ${ratios.at(-1)!.toFixed(2)}`
  return `| ${name} | ${a!.toFixed(0)} | ${b!.toFixed(0)} | ${(b! / a!).toFixed(2)} | ${range} |`
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!
