// The same reads on a smaller and a larger data set, one after the other on one connection, with nothing in memory.
import { type Load, load, mean, type Turn } from './load.ts'
import { type Read, reads } from './reads.ts'
import { onRecord, type Server } from './servers.ts'

interface Side {
  server: Server
  of: ReturnType<typeof reads>
}

const deepest = 100_000
const kinds: Record<string, (of: Side['of']) => Read[]> = {
  'article by slug': (of) => of.articles(),
  'list, page 1': (of) => of.newest(),
  'list, page 5,000 or the last': (of) => of.deep(deepest),
  'list by tag, page 1': (of) => of.byTag(),
  'quotes by source': (of) => of.quotes(),
  'search, two words': (of) => of.search()
}

const head = [
  'read',
  'smaller, µs',
  'larger, µs',
  'larger/smaller',
  'smaller CPU, µs',
  'larger CPU, µs',
  'CPU ratio'
]

/** Prints microseconds a request on both data sets, and how they compare. */
export async function scale(files: string[], seconds: number) {
  const sides = await Promise.all(
    files.map(async (file) => ({ server: await onRecord(file, { ONRECORD_CACHE_MB: '0' }), of: reads(file) }))
  )
  console.log(`| ${head.join(' | ')} |\n|${head.map(() => '---').join('|')}|`)
  const pages: Turn[][] = []
  for (const [name, requests] of Object.entries(kinds)) {
    const [small, large] = (await alternately(sides, requests, seconds)) as [Turn, Turn]
    if (name.startsWith('list, page')) pages.push([small, large])
    const wall = [micros(small), micros(large)] as const
    const cells = [...wall.map(Math.round), (wall[1] / wall[0]).toFixed(2)]
    const cpu = [Math.round(small.cpu), Math.round(large.cpu), (large.cpu / small.cpu).toFixed(2)]
    console.log(`| ${[name, ...cells, ...cpu].join(' | ')} |`)
  }
  const [first, deep] = pages as [Turn[], Turn[]]
  const ratio = (i: number) => (micros(deep[i]!) / micros(first[i]!)).toFixed(2)
  console.log(
    `\npage 5,000 or the last / page 1: ${ratio(0)} smaller, ${ratio(1)} larger (target at most 1.3)`
  )
  for (const { server, of } of sides) {
    await server.stop()
    of.close()
  }
}

const micros = ({ perSecond }: Turn) => 1_000_000 / perSecond

/** Two turns of each side, after one to warm up: A B A B. */
async function alternately(sides: Side[], requests: (of: Side['of']) => Read[], seconds: number) {
  const asked = sides.map(({ of }) => requests(of))
  const turns: Turn[][] = sides.map(() => [])
  for (let turn = 0; turn < 3; turn++) {
    for (const [i, { server }] of sides.entries()) {
      const how: Load = { connections: 1, seconds: turn === 0 ? 1 : seconds }
      const result = await load(server, asked[i]!, how)
      if (turn > 0) turns[i]!.push(result)
    }
  }
  return turns.map(mean)
}
