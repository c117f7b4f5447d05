// An editor at work, and how long each change of a draft takes.
import { setTimeout as pause } from 'node:timers/promises'
import { adminToken, type Server } from './servers.ts'

export const words = ['ferry', 'harbour', 'winter', 'lamp', 'board', 'budget', 'night', 'keeper']

/** How often the editor saves, in ms. */
export const every = 50

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
export async function newsroom(server: Server) {
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

const at = (times: number[], share: number) => times[Math.floor(times.length * share)]!.toFixed(1)

export const heading =
  '| | p50, ms | p99, ms | most, ms | refused | flood answered |\n|---|---|---|---|---|---|'

/** A row of the table: an editor saves while something else goes on, which answers what it was told. */
export async function row(title: string, server: Server, draft: string, going: Promise<string>) {
  let over = false
  const ended = going.finally(() => {
    over = true
  })
  const { times, refused } = await edits(server, draft, () => over)
  const [p50, p99, most] = [0.5, 0.99, 0.9999].map((share) => at(times, share))
  return `| ${title} | ${p50} | ${p99} | ${most} | ${refused} of ${times.length} | ${await ended} |`
}
