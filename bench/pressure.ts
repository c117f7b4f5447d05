// npm run bench:pressure: how long an editor waits while readers flood the service, beside how long when it is quiet.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import autocannon, { type Request } from 'autocannon'
import { adminToken, onRecord, type Server } from './servers.ts'

const seconds = Number(process.argv[2] ?? 30)
const connections = 100
const words = ['ferry', 'harbour', 'winter', 'lamp', 'board', 'budget', 'night', 'keeper']

/** How often the editor saves, in ms. */
const every = 50

const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' }

async function desk<T>(server: Server, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(server.address + path, {
    method,
    headers: { ...headers, 'if-match': '*' },
    ...(body && { body: JSON.stringify(body) })
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`)
  return (await answer.json()) as T
}

/** A published article to comment on, more to search in, and a draft to work on. */
async function newsroom(server: Server) {
  const story = (i: number) => ({
    title: `Story ${i} of the ${words[i % words.length]}`,
    body: { text: Array.from({ length: 300 }, (_, j) => words[(i * j) % words.length]).join(' ') }
  })
  const ids: string[] = []
  for (let i = 0; i < 300; i++) {
    const { id } = await desk<{ id: string }>(server, 'POST', '/v1/articles', story(i))
    if (i > 0) await desk(server, 'POST', `/v1/articles/${id}/publish`, {})
    ids.push(id)
  }
  return { draft: ids[0]!, commented: ids[1]! }
}

/** Saves a draft again and again. Answers how long each took in ms, in order, and how many were refused. */
async function edits(server: Server, draft: string, until: () => boolean) {
  const times: number[] = []
  let refused = 0
  const save = async (i: number) => {
    const began = performance.now()
    await desk(server, 'PATCH', `/v1/articles/${draft}`, { dek: `Version ${i}` }).catch(() => refused++)
    times.push(performance.now() - began)
  }
  const saves: Promise<void>[] = []
  for (let i = 0; !until(); i++) {
    saves.push(save(i))
    await pause(every)
  }
  await Promise.all(saves)
  return { times: times.sort((a, b) => a - b), refused }
}

async function flood(server: Server, requests: Request[]) {
  const { statusCodeStats } = await autocannon({
    url: server.address,
    connections,
    duration: seconds,
    requests
  })
  return Object.entries(statusCodeStats ?? {})
    .map(([status, { count }]) => `${status}: ${Math.round((count ?? 0) / seconds)}/s`)
    .join(', ')
}

const at = (times: number[], share: number) => times[Math.floor(times.length * share)]!.toFixed(1)

const home = mkdtempSync(join(tmpdir(), 'onrecord-pressure-'))
const server = await onRecord(join(home, 'news.db'))
const { draft, commented } = await newsroom(server)
let number = 0
const comment: Request = {
  method: 'POST',
  path: `/v1/articles/${commented}/comments`,
  headers: { 'content-type': 'application/json' },
  setupRequest: (request) => ({
    ...request,
    body: JSON.stringify({ author: { name: 'Flood' }, body: `Comment number ${number++}` })
  })
}
const search: Request = {
  method: 'GET',
  path: '/v1/search',
  setupRequest: (request) => ({
    ...request,
    path: `/v1/search?q=${words[number++ % words.length]}%20x${number}*`
  })
}

console.log(`An editor saves every ${every} ms while ${connections} connections flood, ${seconds} s a turn\n`)
console.log('| | p50, ms | p99, ms | most, ms | refused | flood answered |\n|---|---|---|---|---|---|')
const turns: [string, Request[]][] = [
  ['quiet', []],
  ['comments', [comment]],
  ['searches', [search]],
  ['both', [comment, search]]
]
for (const [title, requests] of turns) {
  let over = false
  const flooded = (requests.length > 0 ? flood(server, requests) : pause(seconds * 1000, '')).finally(() => {
    over = true
  })
  const { times, refused } = await edits(server, draft, () => over)
  console.log(
    `| ${title} | ${at(times, 0.5)} | ${at(times, 0.99)} | ${at(times, 0.9999)} | ${refused} of ${times.length} | ${await flooded} |`
  )
}
await server.stop()
rmSync(home, { recursive: true })
