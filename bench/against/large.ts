// npm run bench -- --against COMMIT --articles N: both builds on a data set of so many stories, which the bench of each makes.

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { dataset } from '../dataset.ts'
import { load } from '../load.ts'
import { timesOf } from '../publishing.ts'
import { type Read, reads } from '../reads.ts'
import { onRecord } from '../servers.ts'
import { checkout } from './checkout.ts'
import type { Comparison } from './compare.ts'

const root = join(import.meta.dirname, '../..')

/** Prints reads that are answered without memory, and how long a publish takes at most 99 times of 100. */
export async function compareLarge(
  commit: string,
  articles: number,
  { turns, seconds, only = '' }: Comparison
) {
  const ours = await dataset(articles)
  const old = checkout(commit)
  // Its data sets have the names of ours.
  process.env.TMPDIR = join(tmpdir(), 'onrecord-bench/before')
  const bench = (await import(pathToFileURL(join(old, 'bench/dataset.ts')).href)) as {
    dataset(articles: number): Promise<string>
  }
  const sides = [
    { file: await bench.dataset(articles), root: old },
    { file: ours, root }
  ]
  const of = reads(ours)
  const kinds: Record<string, () => Read[]> = {
    'article by slug, without memory': of.articles,
    'article by slug, gzip, without memory': of.gzipped,
    'list by tag, without memory': of.byTag,
    'search, two frequent words, without memory': of.frequent,
    'search, two words, without memory': of.search
  }
  console.log(`| work | ${commit}, µs | now, µs | ratio |\n|---|---|---|---|`)
  const servers = await Promise.all(
    sides.map((side) => onRecord(side.file, { ONRECORD_CACHE_MB: '0' }, side.root))
  )
  for (const [name, requests] of Object.entries(kinds)) {
    if (!name.includes(only)) continue
    const asked = requests()
    const times: number[][] = [[], []]
    for (const server of servers) await load(server, asked, { seconds: 1 })
    for (let turn = 0; turn < turns; turn++)
      for (const [i, server] of servers.entries())
        times[i]!.push((await load(server, asked, { seconds })).cpu)
    const [a, b] = times.map((some) => some.toSorted((one, other) => one - other)[Math.floor(turns / 2)]!)
    console.log(`| ${name} | ${a!.toFixed(0)} | ${b!.toFixed(0)} | ${(b! / a!).toFixed(2)} |`)
  }
  await Promise.all(servers.map((server) => server.stop()))
  of.close()
  if (!'publish'.includes(only)) return
  const told: Awaited<ReturnType<typeof timesOf>>[] = []
  for (const side of sides) told.push(await timesOf(side.file, articles, side.root))
  const [a, b] = told.map(({ published }) => published[Math.floor(0.99 * published.length)]!)
  console.log(
    `| publish one article, p99 | ${(a! * 1000).toFixed(0)} | ${(b! * 1000).toFixed(0)} | ${(b! / a!).toFixed(2)} |`
  )
  console.log(
    `| create and publish one | ${told.map(({ cpu }) => cpu.toFixed(0)).join(' | ')} | ${(told[1]!.cpu / told[0]!.cpu).toFixed(2)} |`
  )
}
