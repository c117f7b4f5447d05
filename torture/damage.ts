// Does a start over damaged files say what is wrong, in one sentence, and leave them alone? And where a page is damaged
// that no check sees, is it told as a problem, by a program that goes on?
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { below, type Random, seeded } from '../bench/random.ts'
import { publicLists } from '../test/support/lists.ts'
import { client } from './client.ts'
import { type Damage, damages } from './damages.ts'
import { launch, type Program, ready } from './program.ts'
import { name, type Scenes, scenes } from './scenes.ts'

/** Makes a copy of what the damage is done to, does it, and answers the file. */
export function stage(home: string, { to, make }: Damage, all: Scenes): string {
  const folder = mkdtempSync(join(home, 'damage-'))
  chmodSync(folder, 0o777)
  if (to !== 'nothing') cpSync(all[to], folder, { recursive: true })
  const file = join(folder, name)
  make(file, all)
  return file
}

/** The names and bytes of all there is beside a database, but for the index of the log, which is made anew. */
export function bytesOf(file: string): string[] {
  const folder = join(file, '..')
  return readdirSync(folder, { withFileTypes: true })
    .filter((one) => !one.name.endsWith('-shm'))
    .map((one) => `${one.name} ${one.isFile() ? readFileSync(join(folder, one.name), 'base64') : ''}`)
    .filter((line) => line !== `${name}-wal `)
    .sort()
}

/** What is wrong with how a start over these files went: nothing, if all is well. */
export function verdict({ refusal }: Damage, said: string | null): string | undefined {
  if (refusal === null) return said === null ? undefined : `was refused: ${said}`
  if (said === null) return 'was served'
  if (said.includes('\n')) return `was refused in several lines: ${said}`
  return refusal.test(said) ? undefined : `was refused otherwise: ${said}`
}

export interface Damaged {
  refused: number
  served: number
  findings: string[]
  /** How starts over a database with one random damage went. */
  random: Map<string, number>
}

/** Starts the program over each of the damages, and over so many databases with a random one. */
export async function damage(trials: number): Promise<Damaged> {
  const home = mkdtempSync(join(tmpdir(), 'onrecord-damage-'))
  // Another user must get in.
  chmodSync(home, 0o755)
  const all = await scenes(home)
  const result: Damaged = { refused: 0, served: 0, findings: [], random: new Map() }
  for (const one of damages) {
    const file = stage(home, one, all)
    const before = bytesOf(file)
    const said = await start(file, one)
    result[said === null ? 'served' : 'refused']++
    const fault = verdict(one, said)
    if (fault) result.findings.push(`${one.name} ${fault}`)
    if (said !== null && bytesOf(file).join() !== before.join())
      result.findings.push(`${one.name} was changed`)
  }
  const random = seeded(1)
  for (let i = 0; i < trials; i++) {
    const how = await randomly(home, all, random)
    result.random.set(how, (result.random.get(how) ?? 0) + 1)
    if (how.startsWith('!')) result.findings.push(how)
  }
  rmSync(home, { recursive: true })
  return result
}

/** Starts the program: what it refuses with, or null when it serves all that was acknowledged. */
async function start(file: string, { asNobody }: Pick<Damage, 'asNobody'>): Promise<string | null> {
  const program = launch(file, asNobody && process.getuid?.() === 0 ? { uid: 65534 } : {})
  try {
    const address = await ready(program)
    const { ask, close } = client()
    const { json } = await ask(address, 'GET', '/v1/articles?edition=draft&limit=100')
    close()
    const { data } = json<{ data: object[] }>()
    return data.length === 8 ? null : `Served with ${data.length} articles`
  } catch {
    return program.said.err.trim()
  } finally {
    await program.kill()
  }
}

/** Damages one page of a closed newsroom: a byte in it, half of it, or all. Answers how that went. */
async function randomly(home: string, all: Scenes, random: Random): Promise<string> {
  const file = stage(home, { name: 'random', to: 'closed', make: () => {}, refusal: null }, all)
  const bytes = readFileSync(file)
  const at = 4096 * below(random, statSync(file).size / 4096)
  const how = below(random, 3)
  if (how === 0) bytes[at + below(random, 4096)]! ^= 1 + below(random, 255)
  else bytes.fill(below(random, 256), at + (how === 1 ? 2048 : 0), at + 4096)
  writeFileSync(file, bytes)
  const program = launch(file)
  try {
    return await walk(program, await ready(program))
  } catch (error) {
    const said = program.said.err.trim() || `${(error as Error).stack}`
    return said.includes('\n') ? `! ended with ${said}` : 'refused'
  } finally {
    await program.kill()
  }
}

/** Reads everything there is. */
async function walk(program: Program, address: string): Promise<string> {
  const { ask, close } = client()
  const statuses = new Set<number | string>()
  const lists = [...publicLists.flatMap((one) => [`/v1/${one}`, `/v1/${one}?edition=draft`]), '/v1/tokens']
  for (const path of [...lists, '/v1/search?q=ferry', '/v1/changes']) {
    const { status, text } = await ask(address, 'GET', path)
    statuses.add(status)
    const data = status === 200 && lists.includes(path) ? itemsOf(text) : []
    // SQLite has no checksums: a letter that changed in a stored answer is sent.
    if (data === undefined) return 'served, with bytes that were changed'
    const [collection, query = ''] = path.split('?')
    for (const { id } of data) {
      const { status } = await ask(address, 'GET', `${collection}/${id}${query && `?${query}`}`)
      statuses.add(status)
    }
  }
  close()
  if (!(await alive(address))) return `! did not go on: ${program.said.err}`
  const others = [...statuses].filter((status) => status !== 200).sort()
  const undocumented = others.filter((status) => ![404, 410, 500, 503].includes(Number(status)))
  if (undocumented.length > 0) return `! answered ${undocumented}`
  return others.length === 0 ? 'served' : `served, with problems ${others.join(', ')}`
}

function itemsOf(text: string): { id: string }[] | undefined {
  try {
    return (JSON.parse(text) as { data: { id: string }[] }).data
  } catch {
    return undefined
  }
}

async function alive(address: string) {
  const { ask, close } = client()
  const { status } = await ask(address, 'GET', '/openapi.json')
  close()
  return status === 200
}
