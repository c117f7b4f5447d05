// What two builds are compared by: reads, writes, and reads beside writes.
import { setTimeout as pause } from 'node:timers/promises'
import { load } from '../load.ts'
import type { Read } from '../reads.ts'
import { type Newsroom, remark } from './newsroom.ts'

/** Does a share of some work. Answers the processor time of an operation, in microseconds. */
export type Work = (newsroom: Newsroom, seconds: number) => Promise<number>

export type Act = (newsroom: Newsroom, n: number) => Promise<unknown>

/** Reads of all articles, or of one address, from 32 connections. */
const read =
  (path: (slug: string) => string, headers?: Read['headers'], token?: string): Work =>
  async ({ server, articles }, seconds) => {
    const all = { ...headers, ...(token && { authorization: `Bearer ${token}` }) }
    const paths = [...new Set(articles.map(({ slug }) => path(slug)))]
    const requests = paths.map((one) => ({ path: `/v1${one}`, headers: all }))
    return (await load(server, requests, { seconds })).cpu
  }

/** Writes from so many clients, each waiting for its answer. */
export const write =
  (act: Act, { clients = 8, operations = 1 } = {}): Work =>
  async (newsroom, seconds) => {
    const end = performance.now() + seconds * 1000
    let done = 0
    await newsroom.server.condition()
    await Promise.all(
      Array.from({ length: clients }, async () => {
        while (performance.now() < end) await act(newsroom, number()).then(() => done++)
      })
    )
    return (await newsroom.server.condition()).cpu / done / operations
  }

/** Acts so many times a second while something else is done. Answers what that gave, and how often it acted. */
export async function whileActing<T>(
  newsroom: Newsroom,
  act: Act,
  perSecond: number,
  work: () => Promise<T>
) {
  let [acted, over] = [0, false]
  const began = performance.now()
  const acting = (async () => {
    while (!over) {
      await act(newsroom, number())
      acted++
      await pause(Math.max(0, began + (acted * 1000) / perSecond - performance.now()))
    }
  })()
  const result = await work()
  over = true
  await acting
  return { result, acted }
}

/** Reads of articles while something is written so many times a second: what a read takes beside it. */
const beside =
  (act: Act, perSecond: number): Work =>
  async (newsroom, seconds) => {
    const alone = await write(act, { clients: 1 })(newsroom, 1)
    const requests = newsroom.articles.map(({ slug }) => ({ path: `/v1/articles/${slug}` }))
    const reading = () => load(newsroom.server, requests, { seconds })
    const { result, acted } = await whileActing(newsroom, act, perSecond, reading)
    const total = result.perSecond * seconds
    return (result.cpu * total - acted * alone) / total
  }

/** Publishes drafts that were made before anything is measured. */
const publishDrafts: Work = async (newsroom, seconds) => {
  const drafts = await Promise.all(Array.from({ length: 60 * seconds }, () => create(newsroom)))
  await newsroom.server.condition()
  for (let from = 0; from < drafts.length; from += 8)
    await Promise.all(
      drafts.slice(from, from + 8).map(({ id }) => newsroom.send('POST', `/articles/${id}/publish`))
    )
  return (await newsroom.server.condition()).cpu / drafts.length
}

let last = 0
export const number = () => last++

const create = ({ send, story }: Newsroom) => send<{ id: string }>('POST', '/articles', story())
const chosen = ({ articles }: Newsroom, n: number) => articles[n % articles.length]!
export const comment: Act = (newsroom, n) =>
  newsroom.send('POST', `/articles/${chosen(newsroom, n).id}/comments`, remark(n))
export const change: Act = (newsroom, n) =>
  newsroom.send('PATCH', `/articles/${chosen(newsroom, n).id}`, { dek: `As of minute ${n}` })
export const republish: Act = async (newsroom, n) => {
  await change(newsroom, n)
  await newsroom.send('POST', `/articles/${chosen(newsroom, n).id}/publish`)
}

/** Ten stories that are made, published and commented on in one transaction. */
const stories = 10
const batch: Act = ({ send, story }, n) =>
  send('POST', '/batch', {
    operations: Array.from({ length: stories }, (_, i) => [
      { method: 'POST', path: '/v1/articles', key: `a${i}`, body: story() },
      { method: 'POST', path: `/v1/articles/$a${i}/publish` },
      ...[0, 1, 2].map((c) => ({
        method: 'POST',
        path: `/v1/articles/$a${i}/comments`,
        body: remark(n * 100 + i * 3 + c)
      }))
    ]).flat()
  })

/** Every row of the table, in its order. */
export const works: Record<string, Work> = {
  'article by slug': read((slug) => `/articles/${slug}`),
  'article by slug, gzip': read((slug) => `/articles/${slug}`, { 'accept-encoding': 'gzip' }),
  'article with its comments': read((slug) => `/articles/${slug}?include=comments`),
  'list of 20 newest': read(() => '/articles'),
  'search, one word': read(() => '/search?q=the'),
  'create an article (8 clients)': write(create),
  'change a draft (8 clients)': write(change),
  'publish an article (8 at once)': publishDrafts,
  'a story of a batch of ten, published, with comments': write(batch, { clients: 2, operations: stories }),
  'comment (32 clients)': write(comment, { clients: 32 }),
  'article by slug beside 50 comments a second': beside(comment, 50),
  'article by slug beside 10 saved drafts a second': beside(change, 10),
  'article by slug beside 5 publishes a second': beside(republish, 5)
}
