// Comments over HTTP, as fast as they are taken, beside a bare Fastify server that echoes the same.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { adminToken, onRecord } from './servers.ts'

export const posting = 'comments accepted'

interface Told {
  id: string
}

/** Prints how many comments a second are taken, from 32 clients at once, each on disk before it is answered. */
export async function postAll(seconds: number) {
  const home = mkdtempSync(join(tmpdir(), 'onrecord-posting-'))
  const ours = await onRecord(join(home, 'news.db'))
  const at = await openThread(ours.address)
  const echo = await echoing()
  const urls = [`${echo.address}/echo`, `${ours.address}${at}`]
  for (const url of urls) await posted(url, 1)
  await ours.condition()
  const rows: number[][] = [[], []]
  for (let turn = 0; turn < 4; turn++) rows[turn % 2]!.push(await posted(urls[turn % 2]!, seconds))
  const { cpu } = await ours.condition()
  await ours.stop()
  echo.child.kill()
  rmSync(home, { recursive: true })
  const [floor, taken] = rows.map((some) => some.reduce((sum, one) => sum + one, 0) / some.length)
  console.log(
    `\n${posting}: ${taken!.toFixed(0)} a second, 32 clients, synchronous=FULL; a bare echo of the same ${floor!.toFixed(0)}: ratio ${(taken! / floor!).toFixed(2)} (target 0.15); ${(cpu / (taken! * 2 * seconds)).toFixed(0)} µs of CPU a comment`
  )
}

/** A published article that takes comments without limits. Answers where they go. */
async function openThread(address: string) {
  const send = async (method: string, path: string, body: object) => {
    const response = await fetch(`${address}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${adminToken}`,
        'content-type': 'application/json',
        ...(method === 'PUT' && { 'if-match': '*' })
      },
      body: JSON.stringify(body)
    })
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
    return (await response.json()) as Told
  }
  const unlimited = { count: 1, seconds: 0 }
  await send('PUT', '/comment-settings', { networkLimit: unlimited, authorLimit: unlimited })
  const { id } = await send('POST', '/articles', { title: 'A thread', body: { text: 'Words.' } })
  await send('POST', `/articles/${id}/publish`, {})
  return `/v1/articles/${id}/comments`
}

/** Fastify as it comes, echoing what is posted. */
async function echoing() {
  const program = `
    import Fastify from 'fastify'
    const app = Fastify()
    app.post('/echo', (request, reply) => reply.code(201).send(request.body))
    console.log(await app.listen({ port: 0 }))`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const [text] = await once(child.stdout, 'data')
  return { child, address: String(text).trim() }
}

/** How many comments a second were answered 201. */
async function posted(url: string, seconds: number): Promise<number> {
  let number = 0
  const { statusCodeStats = {}, duration } = await autocannon({
    url,
    connections: 32,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        setupRequest: (request) => ({
          ...request,
          body: JSON.stringify({
            author: { name: 'Ines', email: `reader${number}@mail.example` },
            body: `I take that ferry every day, and day ${number++} was the worst of all winters here.`
          })
        })
      }
    ]
  })
  const others = Object.keys(statusCodeStats).filter((status) => status !== '201')
  if (others.length > 0) throw new Error(`answers ${others} at ${url}`)
  return statusCodeStats['201']!.count! / duration
}
