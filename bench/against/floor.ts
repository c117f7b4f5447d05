// Creating articles beside a bare Fastify server that stores the same body with one INSERT.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { insertFloor } from '../servers.ts'
import { type Newsroom, open } from './newsroom.ts'
import { write } from './work.ts'

/** Prints the processor time of a created article in both, from 8 clients, in turn. */
export async function creatingBesideInsert(seconds: number) {
  const ours = await open(process.cwd(), { stories: 40 })
  const home = mkdtempSync(join(tmpdir(), 'onrecord-insert-'))
  const server = await insertFloor(join(home, 'floor.db'))
  const base: Newsroom = {
    ...ours,
    server,
    async send<T>(method: string, path: string, body: object = {}): Promise<T> {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${server.address}/v1${path}`, {
        method,
        headers,
        body: JSON.stringify(body)
      })
      return (await answer.json()) as T
    }
  }
  const create = write(({ send, story }) => send('POST', '/articles', story()))
  const times: number[][] = [[], []]
  for (const side of [base, ours]) await create(side, 1)
  for (let turn = 0; turn < 3; turn++)
    for (const [i, side] of [base, ours].entries()) times[i]!.push(await create(side, seconds))
  const [a, b] = times.map((some) => some.toSorted((one, other) => one - other)[1]!)
  console.log(
    `create an article: ${b!.toFixed(0)} µs, beside one INSERT of its body ${a!.toFixed(0)} µs: ${(b! / a!).toFixed(1)}`
  )
  await Promise.all([ours.close(), server.stop()])
  rmSync(home, { recursive: true })
}
