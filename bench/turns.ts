// npm run bench:turns: how long the worst requests that are accepted hold the event loop, by processor time of the main
// thread: the longest turn, and all of it. What worker threads do meanwhile holds nobody.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adminToken, onRecord } from './servers.ts'
import { cases } from './worst.ts'
import { manyRecords } from './worst-many.ts'
import type { Case, Send } from './worst-stories.ts'

/** What one turn may take, in ms of processor time. */
const goal = 50
const only = process.argv[2] ?? ''

const home = mkdtempSync(join(tmpdir(), 'onrecord-turns-'))
const server = await onRecord(join(home, 'news.db'), {
  BENCH_TURNS: 'on',
  ONRECORD_TRUST_PROXY: '127.0.0.1'
})

// Each comment comes from a network of its own.
let client = 0
const address = () => `10.${++client >> 16}.${(client >> 8) & 255}.${client & 255}`

const send: Send = async (method, path, body, type = 'application/json') => {
  const answer = await fetch(server.address + path, {
    method,
    headers: {
      authorization: `Bearer ${adminToken}`,
      'if-match': '*',
      'x-forwarded-for': address(),
      ...(body !== undefined && { 'content-type': type })
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) })
  })
  return { status: answer.status, body: await answer.text() }
}

/** How long GET /healthz takes at most until something is done, in ms. */
async function health(until: Promise<unknown>) {
  let [done, most] = [false, 0]
  const finished = until.finally(() => {
    done = true
  })
  while (!done) {
    const began = performance.now()
    await send('GET', '/healthz')
    most = Math.max(most, performance.now() - began)
  }
  await finished
  return most
}

async function measured({ title, prepare, act }: Case) {
  const prepared = await prepare?.(send)
  await server.condition()
  const going = act(send, prepared)
  const late = await health(going)
  const { longest, main } = await server.condition()
  const miss = longest > goal ? ' **over**' : ''
  console.log(
    `| ${title} | ${(await going).status} | ${longest.toFixed(0)}${miss} | ${main.toFixed(0)} | ${late.toFixed(0)} |`
  )
}

console.log('| request | answer | longest turn, ms | all turns, ms | /healthz at most, ms |')
console.log('|---|---|---|---|---|')
for (const one of [...cases, ...manyRecords]) if (new RegExp(only).test(one.title)) await measured(one)
await server.stop()
rmSync(home, { recursive: true })
