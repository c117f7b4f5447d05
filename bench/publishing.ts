// Publishing over HTTP: one article after the other, of 5 KB and four quotes, into a copy of the data set.
import { copyFileSync, rmSync } from 'node:fs'
import { sent } from './newsroom.ts'
import { adminToken, onRecord } from './servers.ts'

const length = 300
export const publishing = 'publish one article'

/** Prints how long publishing takes in a newsroom of so many articles. */
export async function publishAll(file: string, articles: number) {
  const copy = `${file}.copy`
  copyFileSync(file, copy)
  const server = await onRecord(copy)
  const created: number[] = []
  const published: number[] = []
  const post = async (path: string, body?: object) => {
    const started = performance.now()
    const response = await fetch(`${server.address}${path}`, {
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
  await server.condition()
  for (let n = 0; n < length; n++) {
    const { answer, took } = await post('/v1/articles', sent(articles + n, { quotes: 4 }).story)
    created.push(took)
    published.push((await post(`/v1/articles/${answer.id}/publish`)).took)
  }
  const { cpu, delay, rss } = await server.condition()
  await server.stop()
  for (const end of ['', '-wal', '-shm', '.mark', '.secret']) rmSync(`${copy}${end}`, { force: true })
  console.log(
    `\n${publishing} (5 KB, 4 quotes), ${length} in turn: p50 ${at(published, 0.5)} ms, p99 ${at(published, 0.99)} ms (target < 20)`
  )
  console.log(
    `creating it: p50 ${at(created, 0.5)} ms, p99 ${at(created, 0.99)} ms; both together ${(cpu / length / 1000).toFixed(1)} ms of CPU, loop delay p99 ${delay.toFixed(1)} ms, RSS ${(rss / 2 ** 20).toFixed(0)} MB`
  )
}

const at = (times: number[], part: number) =>
  times.toSorted((a, b) => a - b)[Math.floor(part * times.length)]!.toFixed(1)
