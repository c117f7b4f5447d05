// npm run bench:media: what a hundred large pictures at once cost: memory, readers' waits, renditions beside sharp alone;
// and the bytes of pictures beside nginx.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import sharp from 'sharp'
import { lowerPriority } from '../src/threads/child-process/priority.ts'
import { whereIs } from '../test/machine/programs.ts'
import { freePort } from '../test/support/free-port.ts'
import type { Memory } from './memory.ts'
import { adminToken, onRecord, type Server } from './servers.ts'
import type { Waits } from './waits.ts'

const { values } = parseArgs({
  options: {
    pictures: { type: 'string', default: '100' },
    widths: { type: 'string', default: '320,640,960,1280,1920' },
    seconds: { type: 'string', default: '5' }
  }
})
const pictures = Number(values.pictures)
const seconds = Number(values.seconds)
const widths = values.widths.split(',').map(Number)
const clients = 4
const threads = 2
/** As the image of the service has it, and the process for pictures everywhere. */
const arenas = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '262144' }

const home = mkdtempSync(join(tmpdir(), 'onrecord-media-'))
process.on('exit', () => rmSync(home, { recursive: true, force: true }))

/** A photograph of 24 megapixels, as a camera compresses it: soft forms, and noise. */
const photograph = await sharp({
  create: {
    width: 750,
    height: 500,
    channels: 3,
    background: '#888',
    noise: { type: 'gaussian', mean: 128, sigma: 60 }
  }
})
  .resize(6000, 4000, { kernel: 'cubic' })
  .jpeg({ quality: 90 })
  .toBuffer()

interface Media {
  id: string
  renditions: { url: string; bytes: number }[]
  rendering?: { state: string }
}

const headers = { authorization: `Bearer ${adminToken}`, 'if-match': '*' }

async function send<T>(server: Server, path: string, body: object | Buffer, type = 'application/json') {
  const isFile = Buffer.isBuffer(body)
  const answer = await fetch(`${server.address}/v1/${path}`, {
    method: path === 'media-settings' ? 'PUT' : 'POST',
    headers: { ...headers, 'content-type': type },
    body: isFile ? new Uint8Array(body) : JSON.stringify(body)
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

const draftOf = async (server: Server, id: string) =>
  (await (await fetch(`${server.address}/v1/media/${id}?edition=draft`, { headers })).json()) as Media

async function ready(server: Server, id: string): Promise<Media> {
  for (;;) {
    const media = await draftOf(server, id)
    if (media.rendering?.state === 'failed') throw new Error(`no renditions of ${id}`)
    if (media.rendering?.state === 'ready') return media
    await pause(200)
  }
}

/** A reader, as a process of its own, who asks one thing again and again until told: what waits is the service, not the reader. */
function reader(address: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'waits.ts'), address], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc']
  })
  return async () => {
    child.send({})
    const [waits] = (await once(child, 'message')) as [Waits]
    return waits
  }
}

/** Sends pictures by several clients, and waits for the renditions of all. Answers what it came to. */
async function uploads(server: Server, watched: string) {
  const processorBefore = server.processorTime()
  const whileSending = reader(watched)
  let peak: Memory = { resident: 0, own: 0 }
  let isOver = false
  const watching = (async () => {
    while (!isOver) {
      // To add up what processes share takes the kernel 5 ms, in which a reader would wait.
      if (server.resident() > peak.resident) {
        const { resident, own } = server.memory()
        peak = { resident: Math.max(peak.resident, resident), own: Math.max(peak.own, own) }
      }
      await pause(100)
    }
  })()
  const from = performance.now()
  const told = await beside('uploading.ts', server.address, adminToken, String(pictures), String(clients))
  const ids = JSON.parse(told) as string[]
  const sent = (performance.now() - from) / 1000
  const waits = { sending: await whileSending(), rendering: [] as Waits }
  const whileRendering = reader(watched)
  let made = 0
  for (const id of ids) made += (await ready(server, id)).renditions.length
  const all = (performance.now() - from) / 1000
  waits.rendering = await whileRendering()
  isOver = true
  await watching
  return { peak, sent, all, made, waits, processor: server.processorTime() - processorBefore }
}

/**
 * Runs a program, which gets the photograph, and answers what it printed. It has the low priority that renditions have: clients
 * are elsewhere, and sharp alone is to have what renditions have.
 */
async function beside(program: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, program), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...arenas }
  })
  lowerPriority(child)
  child.stdin.end(photograph)
  return text(child.stdout)
}

/** The same renditions by sharp and nothing else, so many pictures at once: how many a second. */
const alone = async (count: number) =>
  JSON.parse(await beside('sharp-alone.ts', String(count), String(threads), values.widths)) as {
    made: number
    seconds: number
    processor: number
    peak: number
  }

async function load(url: string) {
  const { requests, throughput, errors, non2xx } = await autocannon({
    url,
    connections: 16,
    duration: seconds
  })
  if (errors + non2xx > 0) throw new Error(`${errors} errors and ${non2xx} refusals at ${url}`)
  return { perSecond: requests.average, megabytes: throughput.average / 1e6 }
}

/** nginx with the bytes as a file, and before the service with a cache of its own. Answers both addresses. */
async function nginx(upstream: string, bytes: Buffer) {
  const port = await freePort()
  writeFileSync(join(home, 'picture.jpg'), bytes)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${home}/${name};`)
    .join(' ')
  const cached = `location /v1/files/ { proxy_pass ${upstream}; proxy_cache files; }`
  const server = `listen 127.0.0.1:${port}; location /static/ { alias ${home}/; } ${cached}`
  const http = `access_log off; sendfile on; tcp_nopush on; proxy_cache_path ${home}/cache keys_zone=files:10m; ${temporary} server { ${server} }`
  const file = join(home, 'nginx.conf')
  writeFileSync(
    file,
    `user root; daemon off; worker_processes 1; pid ${home}/pid; error_log stderr; events {} http { types { image/jpeg jpg; } ${http} }`
  )
  const child = spawn('nginx', ['-e', 'stderr', '-p', home, '-c', file], { stdio: 'inherit' })
  process.on('exit', () => child.kill('SIGTERM'))
  const address = `http://127.0.0.1:${port}`
  while (!(await fetch(`${address}/static/picture.jpg`).catch(() => undefined))?.ok) await pause(50)
  return { address, stop: () => child.kill('SIGTERM') }
}

/** An article with a picture whose largest rendition has about this many bytes. Answers its address, and that of the rendition. */
async function article(server: Server) {
  const noise = { type: 'gaussian', mean: 128, sigma: 9 } as const
  const picture = await sharp({
    create: { width: 1280, height: 860, channels: 3, background: '#888', noise }
  })
    .jpeg({ quality: 90 })
    .toBuffer()
  const { id } = await send<Media>(server, 'media', picture, 'image/jpeg')
  await send(server, `media/${id}/credits`, { creditLine: 'Harbour Wire', licence: { name: 'one use' } })
  await ready(server, id)
  const story = {
    title: 'Late ferry',
    section: 'harbour',
    language: 'en',
    body: { text: 'It sails.' },
    leadMediaId: id
  }
  const { id: draft } = await send<{ id: string }>(server, 'articles', story)
  await send(server, `articles/${draft}/publish`, {})
  const media = (await (await fetch(`${server.address}/v1/media/${id}`)).json()) as Media
  const near = media.renditions.toSorted(
    (a, b) => Math.abs(a.bytes - 200_000) - Math.abs(b.bytes - 200_000)
  )[0]!
  return { path: `/v1/articles/${draft}`, near }
}

const server = await onRecord(join(home, 'news.db'), {
  ONRECORD_THREADS: String(threads),
  ...arenas
})
const { path, near } = await article(server)
await send(server, 'media-settings', { widths, formats: ['jpeg', 'webp', 'avif'], crops: [] })

console.log(
  `${pictures} pictures of 24 megapixels, each in widths of ${values.widths} as JPEG, WebP and AVIF, ${Math.round(photograph.length / 1e5) / 10} MB each, by ${clients} clients\n`
)
const quietly = reader(server.address + path)
await pause(10_000)
const quiet = await quietly()
// Before and after: others may use the machine, too.
const each = Math.max(2, Math.round(pictures / 10))
const floors = [await alone(each)]
const came = await uploads(server, server.address + path)
floors.push(await alone(each))
const floorOf = (what: 'made' | 'seconds' | 'processor') => floors.reduce((sum, one) => sum + one[what], 0)

const fixed = (n: number, digits = 2) => n.toFixed(digits)
const row = (what: string, here: number, beside: number, of: string, digits = 2) =>
  console.log(
    `| ${what} | ${fixed(here, digits)} | ${fixed(beside, digits)} (${of}) | ${fixed(here / beside)} |`
  )
const percentile = (waits: readonly number[], part: number) =>
  waits.toSorted((a, b) => a - b)[Math.floor(waits.length * part)]!
console.log('| | here | beside | ratio |\n|---|---|---|---|')
const floorPeak = Math.max(...floors.map(({ peak }) => peak))
row(
  'memory of all processes, most, what they share counted once, MB',
  came.peak.own / 1e6,
  floorPeak,
  'sharp alone',
  0
)
row('the same, counted twice, MB', came.peak.resident / 1e6, floorPeak, 'sharp alone', 0)
const { sending, rendering } = came.waits
for (const [name, waits] of [
  ['', [...sending, ...rendering]],
  [' while pictures are sent', sending],
  [' while renditions are made', rendering]
] as const)
  for (const part of [0.5, 0.99])
    row(
      `a reader's wait${name}, p${part * 100}, ms`,
      percentile(waits, part),
      percentile(quiet, part),
      'quiet'
    )
row('renditions a second', came.made / came.all, floorOf('made') / floorOf('seconds'), 'sharp alone')
row(
  'renditions a second of processor time',
  came.made / came.processor,
  floorOf('made') / floorOf('processor'),
  'sharp alone'
)
console.log(
  `\nAll were answered after ${fixed(came.sent, 1)} s, ${came.made} renditions made after ${fixed(came.all, 1)} s.`
)

if (!process.env.NO_NGINX && whereIs('nginx')) {
  const bytes = Buffer.from(await (await fetch(server.address + near.url)).arrayBuffer())
  const proxy = await nginx(server.address, bytes)
  const asFile = `${proxy.address}/static/picture.jpg`
  const turns = { ours: [] as number[], nginx: [] as number[], cached: [] as number[] }
  for (let i = 0; i < 2; i++) {
    turns.ours.push((await load(server.address + near.url)).perSecond)
    turns.nginx.push((await load(asFile)).perSecond)
    turns.cached.push((await load(proxy.address + near.url)).perSecond)
  }
  const mean = (some: number[]) => some.reduce((sum, one) => sum + one, 0) / some.length
  const [ours, files, cached] = [mean(turns.ours), mean(turns.nginx), mean(turns.cached)]
  console.log(`\nA picture of ${bytes.length} bytes, 16 connections, ${seconds} s a turn, in turn\n`)
  console.log('| served by | a second | MB a second | beside nginx |\n|---|---|---|---|')
  for (const [what, rate] of [
    ['nginx, from a file', files],
    ['On Record', ours],
    ['On Record behind the proxy_cache of nginx', cached]
  ] as const)
    console.log(
      `| ${what} | ${fixed(rate, 0)} | ${fixed((rate * bytes.length) / 1e6, 0)} | ${fixed(rate / files)} |`
    )
  proxy.stop()
}
await server.stop()
process.exit(0)
