// Lists that everybody asks for, after a crawl has filled the memory of answers.
import { load } from './load.ts'
import { type Read, reads } from './reads.ts'
import { onRecord, type Server } from './servers.ts'

/** How many lists are asked for. */
const length = 200

/** Prints the processor time of the first, second and third answer of each list, beside those of an empty memory. */
export async function crawl(file: string) {
  const of = reads(file)
  const [articles, lists] = [of.articles(), of.byTagAndSource().slice(0, length)]
  of.close()
  const server = await onRecord(file, { ONRECORD_CACHE_MB: '16' })
  const fresh = await asked(server, lists)
  for (let n = 0; n < 2; n++) await load(server, articles, { amount: articles.length })
  const after = await asked(server, lists)
  await server.stop()
  const told = (times: number[]) => times.map((time) => time.toFixed(0)).join(', ')
  console.log(
    `first, second and third answer of a list: ${told(fresh)} µs, after a crawl that filled the memory ${told(after)} µs`
  )
}

async function asked(server: Server, lists: Read[]): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < 3; n++) {
    await server.condition()
    for (const { path } of lists) await (await fetch(`${server.address}${path}`)).arrayBuffer()
    times.push((await server.condition()).cpu / lists.length)
  }
  return times
}
