// A small newsroom over HTTP: whatever commit serves it, it is made of the same stories.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sent } from '../newsroom.ts'
import { adminToken, onRecord, type Server } from '../servers.ts'

/** How many stories are published before anything is measured. */
const length = 200
const unlimited = { count: 1, seconds: 0 }

interface Article {
  id: string
  slug: string
}

export interface Newsroom {
  server: Server
  /** What is published. */
  articles: Article[]
  /** Sends a request with the token of an administrator. Throws what was answered, unless it was done. */
  send<T>(method: string, path: string, body?: object): Promise<T>
  /** A story that was not sent before, its sources those of this newsroom. */
  story(): object
  close(): Promise<void>
}

/** Starts a build on a file of its own and fills it. */
export async function open(root: string, { stories = length } = {}): Promise<Newsroom> {
  const home = mkdtempSync(join(tmpdir(), 'onrecord-against-'))
  const server = await onRecord(join(home, 'news.db'), {}, root)

  async function send<T>(method: string, path: string, body: object = {}): Promise<T> {
    const answer = await fetch(`${server.address}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${adminToken}`,
        'content-type': 'application/json',
        ...(!path.startsWith('/batch') && { 'if-match': '*' })
      },
      body: JSON.stringify(body)
    })
    if (answer.status === 503) {
      // Both builds refuse what a busy machine keeps waiting: it is sent again, as any client would.
      await answer.arrayBuffer()
      await pause(100)
      return send(method, path, body)
    }
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }

  const sources: string[] = []
  for (let n = 0; n < 40; n++)
    sources.push((await send<Article>('POST', '/sources', { kind: 'person', name: `Speaker ${n}` })).id)
  const known = new Map<string, string>()
  const sourceFor = (id: string) => {
    if (!known.has(id)) known.set(id, sources[known.size % sources.length]!)
    return known.get(id)!
  }
  let next = 0
  const story = () =>
    JSON.parse(JSON.stringify(sent(next++, { quotes: 4 }).story).replace(/src_\w+/g, sourceFor)) as object

  await send('PUT', '/comment-settings', { networkLimit: unlimited, authorLimit: unlimited })
  const articles: Article[] = []
  for (let n = 0; n < stories; n++) {
    const { id } = await send<Article>('POST', '/articles', story())
    articles.push(await send('POST', `/articles/${id}/publish`))
    for (let c = 0; c < 3; c++) {
      const comment = await send<Article>('POST', `/articles/${id}/comments`, remark(n * 3 + c))
      await send('POST', `/comments/${comment.id}/approve`)
    }
  }
  return {
    server,
    articles,
    send,
    story,
    async close() {
      await server.stop()
      rmSync(home, { recursive: true, force: true })
    }
  }
}

/** A comment that no other is equal to. */
export const remark = (n: number) => ({
  author: { name: 'Ines' },
  body: `I take that ferry every day, and day ${n} was the worst of all winters here.`
})
