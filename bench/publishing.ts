// Publishing over HTTP: one article after the other, of 5 KB and four quotes, into a copy of the data set.
import { closeSync, copyFileSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { sent } from './newsroom.ts'
import { adminToken, onRecord } from './servers.ts'

const length = 500
/** How many are published before anything is measured. */
const warming = 60
export const publishing = 'publish one article'

/**
 * How long it takes to create and to publish, in ms, sorted, and the processor time of both, in microseconds, in a
 * newsroom of so many articles.
 */
export async function timesOf(file: string, articles: number, root?: string) {
  const copy = `${file}.copy`
  copyFileSync(file, copy)
  synced(copy)
  const server = await onRecord(copy, {}, root)
  let created: number[] = []
  let published: number[] = []
  const post = postingTo(server.address)
  for (let n = 0; n < warming + length; n++) {
    if (n === warming) {
      await server.condition()
      created = []
      published = []
    }
    const { answer, took } = await post('/v1/articles', sent(articles + n, { quotes: 4 }).story)
    created.push(took)
    published.push((await post(`/v1/articles/${answer.id}/publish`)).took)
  }
  const { cpu, delay, rss } = await server.condition()
  await server.stop()
  for (const end of ['', '-wal', '-shm', '.mark', '.secret']) rmSync(`${copy}${end}`, { force: true })
  const sorted = (times: number[]) => times.toSorted((one, other) => one - other)
  return { created: sorted(created), published: sorted(published), cpu: cpu / length, delay, rss }
}

/** Prints how long publishing takes in a newsroom of so many articles. */
export async function publishAll(file: string, articles: number) {
  const { created, published, cpu, delay, rss } = await timesOf(file, articles)
  console.log(
    `\n${publishing} (5 KB, 4 quotes), ${length} in turn: p50 ${at(published, 0.5)} ms, p99 ${at(published, 0.99)} ms (target < 20)`
  )
  console.log(
    `creating it: p50 ${at(created, 0.5)} ms, p99 ${at(created, 0.99)} ms; both together ${(cpu / 1000).toFixed(1)} ms of CPU, loop delay p99 ${delay.toFixed(1)} ms, RSS ${(rss / 2 ** 20).toFixed(0)} MB`
  )
}

/** Posts, and tells what was answered and how long it took, in ms. */
const postingTo = (address: string) => async (path: string, body?: object) => {
  const started = performance.now()
  const response = await fetch(`${address}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${adminToken}`,
      ...(body ? { 'content-type': 'application/json' } : { 'if-match': '*' })
    },
    ...(body && { body: JSON.stringify(body) })
  })
  const answer = (await response.json()) as { id: string }
  if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`)
  return { answer, took: performance.now() - started }
}

/** Waits until all of the file is on disk: the first sync of its log would wait for that. */
function synced(file: string) {
  const copied = openSync(file, 'r')
  fsyncSync(copied)
  closeSync(copied)
}

const at = (times: number[], part: number) => times[Math.floor(part * times.length)]!.toFixed(1)
