// npm run bench:pressure: how long an editor waits while readers flood the service, beside how long when it is quiet.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import autocannon, { type Request } from 'autocannon'
import { every, heading, newsroom, row, words } from './editor.ts'
import { onRecord, type Server } from './servers.ts'
import { disguised, networks } from './url-variants.ts'

const seconds = Number(process.argv[2] ?? 30)
const connections = 100

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

let number = 0
const comment = (article: string): Request => ({
  method: 'POST',
  path: `/v1/articles/${article}/comments`,
  headers: { 'content-type': 'application/json' },
  setupRequest: (request) => ({
    ...request,
    body: JSON.stringify({ author: { name: 'Flood' }, body: `Comment number ${number++}` })
  })
})
const search: Request = {
  method: 'GET',
  path: '/v1/search',
  setupRequest: (request) => ({
    ...request,
    path: `/v1/search?q=${words[number++ % words.length]}%20x${number}*`
  })
}

const quiet = () => pause(seconds * 1000, '')
const home = mkdtempSync(join(tmpdir(), 'onrecord-pressure-'))

console.log(`An editor saves every ${every} ms while ${connections} connections flood, ${seconds} s a turn\n`)
console.log(heading)
const server = await onRecord(join(home, 'news.db'))
const { draft, commented } = await newsroom(server)
const [comments, searches] = [comment(commented), search]
console.log(await row('quiet', server, draft, quiet()))
console.log(await row('comments', server, draft, flood(server, [comments])))
console.log(await row('searches', server, draft, flood(server, [searches])))
console.log(await row('both', server, draft, flood(server, [comments, searches])))
await server.stop()

const behindProxy = { ONRECORD_RATE_LIMIT: '1', ONRECORD_TRUST_PROXY: '127.0.0.1' }
const limited = await onRecord(join(home, 'limited.db'), behindProxy)
const there = await newsroom(limited)
console.log(`\n5,000 comments in 10 s from ${networks} networks in disguise, limits as they are by default\n`)
console.log(heading)
console.log(await row('quiet', limited, there.draft, quiet()))
const path = `/v1/articles/${there.commented}/comments`
console.log(await row('disguised', limited, there.draft, disguised(limited.address, path)))
await limited.stop()
rmSync(home, { recursive: true })
