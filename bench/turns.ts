// npm run bench:turns: how long the worst requests that are accepted hold the event loop, by processor time of the main
// thread: the longest turn, and all of it. What worker threads do meanwhile holds nobody.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { adminToken, onRecord } from './servers.ts'
import { cases } from './worst.ts'
import { filesAndForms } from './worst-forms.ts'
import { manyRecords } from './worst-many.ts'
import { recordAndFormats } from './worst-record.ts'
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

const sent = (body: string | object) => {
  if (typeof body === 'string') return body
  return Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body)
}

const send: Send = async (method, path, body, type = 'application/json', more = {}) => {
  const answer = await fetch(server.address + path, {
    method,
    headers: {
      authorization: `Bearer ${adminToken}`,
      'if-match': '*',
      'x-forwarded-for': address(),
      ...(body !== undefined && { 'content-type': type }),
      ...more
    },
    ...(body !== undefined && { body: sent(body) })
  })
  return { status: answer.status, body: await answer.text() }
}

/** How long GET /healthz takes at most until something is done, in ms, and how many reads without a token are refused. */
async function health(until: Promise<unknown>) {
  let [done, most, refused] = [false, 0, 0]
  const finished = until.finally(() => {
    done = true
  })
  while (!done) {
    const began = performance.now()
    await send('GET', '/healthz')
    most = Math.max(most, performance.now() - began)
    const { status } = await fetch(`${server.address}/v1/articles?limit=1&tag=${client}`)
    if (status === 503) refused++
  }
  await finished
  return { most, refused }
}

/** The processor time of each row, in ms. */
const totals = new Map<string, number>()

/** Sends what a row rests on: one that fails would be measured as something else. */
const mustSend: Send = async (...request) => {
  const answer = await send(...request)
  if (answer.status < 300) return answer
  if (answer.status === 503) {
    await pause(500)
    return mustSend(...request)
  }
  throw new Error(`${request[0]} ${request[1]}: ${answer.status} ${answer.body}`)
}

async function measured({ title, prepare, act }: Case) {
  const prepared = await prepare?.(mustSend)
  await server.condition()
  const going = act(send, prepared)
  const { most, refused } = await health(going)
  const { longest, main } = await server.condition()
  const miss = longest > goal ? ' **over**' : ''
  console.log(
    `| ${title} | ${(await going).status} | ${longest.toFixed(0)}${miss} | ${main.toFixed(0)} | ${most.toFixed(0)} | ${refused} |`
  )
  totals.set(title, main)
}

console.log('| request | answer | longest turn, ms | all turns, ms | /healthz at most, ms | reads refused |')
console.log('|---|---|---|---|---|---|')
for (const one of [...cases, ...manyRecords, ...recordAndFormats, ...filesAndForms])
  if (new RegExp(only).test(one.title)) await measured(one)
const [reject, approve] = ['reject', 'approve'].map((what) => totals.get(`${what} a thread of 2,000`))
if (reject && approve)
  console.log(
    `\nRejecting the thread takes ${(reject / approve).toFixed(2)} of the processor time of approving it.`
  )
await server.stop()
rmSync(home, { recursive: true })
