// Every read, beside the floor: A B A B, in one run.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load, mean } from './load.ts'
import { type Read, reads } from './reads.ts'
import { type Floor, floor, onRecord, type Server } from './servers.ts'

export interface Row {
  name: string
  /** How much of the floor's requests per second we want to answer. */
  target: number
  requests: () => Read[]
  status?: number
  /** What it is compared with. */
  against?: Floor
}

const rows = (of: ReturnType<typeof reads>): Row[] => [
  { name: 'article by slug', target: 0.8, requests: of.articles },
  { name: 'article by slug, If-None-Match hit', target: 0.9, requests: of.unchanged, status: 304 },
  { name: 'article by slug, gzip', target: 0.8, requests: of.gzipped },
  { name: 'article with its comments', target: 0.8, requests: of.withComments },
  { name: 'list of 20 newest', target: 0.6, requests: of.newest },
  { name: 'list by tag and source', target: 0.5, requests: of.byTagAndSource },
  { name: 'quotes by source', target: 0.5, requests: of.quotes },
  { name: 'comments of an article', target: 0.5, requests: of.comments },
  { name: 'feeds of everything', target: 0.8, requests: of.feeds },
  { name: 'sitemaps', target: 0.8, requests: of.sitemaps },
  { name: 'search, two words', target: 0.05, requests: of.search },
  { name: 'search, 200 characters of words', target: 0.02, requests: of.longSearch }
]

/** Reads that are answered anew each time, beside a floor that looks each up. */
const withoutMemory = (of: ReturnType<typeof reads>): Row[] => {
  const against = 'lookup'
  return [
    { name: 'article by slug, without memory', target: 0.8, requests: of.articles, against },
    { name: 'article by slug, gzip, without memory', target: 0.95, requests: of.gzipped, against },
    { name: 'list by tag, without memory', target: 0.6, requests: of.byTag, against },
    { name: 'search, two frequent words, without memory', target: 0.07, requests: of.frequent, against }
  ]
}

export const head = [
  ...['read', 'different', 'floor, req/s', 'On Record, req/s', 'ratio', 'target'],
  ...[
    'floor p50/p99, ms',
    'ours p50/p99, ms',
    'floor CPU, µs',
    'ours CPU, µs',
    'loop delay p99, ms',
    'RSS, MB'
  ]
]

export interface Chosen {
  seconds: number
  /** Parts of the names of the rows that are wanted. */
  only?: string | string[] | undefined
}

/** Prints a row of Markdown for each read of the data set in this file. */
export async function compare(file: string, { seconds, only = '' }: Chosen) {
  const of = reads(file)
  const isWanted = ({ name }: Row) => [only].flat().some((part) => name.includes(part))
  const wanted = rows(of).filter(isWanted)
  console.log(`| ${head.join(' | ')} |\n|${head.map(() => '---').join('|')}|`)
  // Feeds and sitemaps need to know where the pages are.
  const site = { ONRECORD_SITE_URL: 'https://news.example' }
  const ours = await onRecord(file, site)
  for (const row of wanted) console.log(await measured(ours, row, seconds))
  await ours.stop()
  const forgetful = await onRecord(file, { ...site, ONRECORD_CACHE_MB: '0' })
  for (const row of withoutMemory(of).filter(isWanted)) console.log(await measured(forgetful, row, seconds))
  await forgetful.stop()
  of.close()
}

export async function measured(ours: Server, row: Row, seconds: number) {
  const { name, target, requests, status = 200, against } = row
  const asked = requests()
  const base = await floorFor(ours, asked, against)
  const turns = {
    base: [] as Awaited<ReturnType<typeof load>>[],
    ours: [] as Awaited<ReturnType<typeof load>>[]
  }
  for (const server of [base, ours]) await load(server, asked, { seconds: 1, status })
  for (let turn = 0; turn < 2; turn++) {
    turns.base.push(await load(base, asked, { seconds, status }))
    turns.ours.push(await load(ours, asked, { seconds, status }))
  }
  await base.stop()
  const [a, b] = [mean(turns.base), mean(turns.ours)]
  const cells = [
    ...[name, asked.length, Math.round(a.perSecond), Math.round(b.perSecond)],
    ...[(b.perSecond / a.perSecond).toFixed(2), target.toFixed(2), `${a.p50}/${a.p99}`, `${b.p50}/${b.p99}`],
    ...[a.cpu.toFixed(0), b.cpu.toFixed(0), b.delay.toFixed(1), (b.rss / 2 ** 20).toFixed(0)]
  ]
  return `| ${cells.join(' | ')} |`
}

/** The floor that answers as our server does. */
export async function floorFor(ours: Server, asked: Read[], kind?: Floor): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'onrecord-floor-'))
  const file = join(folder, 'reads.json')
  writeFileSync(file, JSON.stringify(asked))
  try {
    return await floor(ours.address, file, kind)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
