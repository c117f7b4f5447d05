// A disk that fills up under the program, and has room again later.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { seeded } from '../bench/random.ts'
import { check } from './checker.ts'
import { client } from './client.ts'
import { deeds } from './deeds.ts'
import { acknowledged, Model } from './model.ts'
import { launch, ready } from './program.ts'
import { Writer } from './writer.ts'

/** What happened on a disk of this size. */
export interface Filled {
  /** How often each kind of answer to a write came while the disk was full. */
  answers: Map<string, number>
  /** Reads while it was full, and how many of them were answered as before. */
  reads: { asked: number; answered: number }
  /** From the moment there was room until a write was acknowledged, in ms. */
  recovery: number
  acknowledged: number
  findings: string[]
}

/**
 * Whether this process may mount a disk of its own, in a namespace that nobody else sees; if not, why.
 */
export function mountable(): string | undefined {
  const tried = spawnSync('unshare', ['--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'])
  if (tried.error) return tried.error.message
  return tried.status === 0 ? undefined : tried.stderr.toString().trim()
}

/** Runs this program again where it may mount disks. Answers how it ended. */
export async function mounting(args: string[]): Promise<number> {
  const again = [process.execPath, ...process.argv.slice(1, 2), ...args]
  const child = spawn('unshare', ['--map-root-user', '--mount', ...again], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  return code as number
}

/** Fills a small disk under the writers, reads meanwhile, makes room, and checks. */
export async function fill(megabytes = 16): Promise<Filled> {
  const disk = mkdtempSync(join(tmpdir(), 'onrecord-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', disk])
  if (mounted.status !== 0) throw new Error(mounted.stderr.toString())
  try {
    return await filling(disk)
  } finally {
    spawnSync('umount', [disk])
    rmSync(disk, { recursive: true })
  }
}

async function filling(disk: string): Promise<Filled> {
  const [file, ballast] = [join(disk, 'news.db'), join(disk, 'ballast')]
  let program = launch(file)
  let address = await ready(program)
  const model = new Model()
  const writers = Array.from({ length: 4 }, (_, i) => new Writer(deeds, model, seeded(i), `d${i}`))
  const write = (enough: () => boolean) => Promise.all(writers.map((writer) => writer.run(address, enough)))
  const more = (answers: RegExp, times: number) => {
    const until = model.counted(answers) + times
    return write(() => model.counted(answers) >= until)
  }

  await more(acknowledged, 60)
  const { bavail, bsize } = statfsSync(disk)
  // Nearly all of it: the log takes the rest.
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 200_000)))
  const before = new Map(model.answers)
  const reads = await readWhile(address, model, more(refused, 200))
  const answers = difference(model.answers, before)
  const findings = check(file, model)

  // Whatever is left is taken, and what a stop or a kill leaves too: a start must find no room but what was kept for it.
  for (const [how, end] of [
    ['stop', () => program.stop()],
    ['kill', () => program.kill()]
  ] as const) {
    await end()
    fillUp(disk, ballast)
    program = launch(file)
    try {
      address = await ready(program)
    } catch (error) {
      findings.push(`a start on the full disk after a ${how}: ${(error as Error).message}`)
    }
  }

  rmSync(ballast)
  const from = performance.now()
  await more(acknowledged, 1)
  const recovery = performance.now() - from
  await more(acknowledged, 60)
  findings.push(...check(file, model))
  await program.kill()
  const again = launch(file)
  await ready(again)
  findings.push(...check(file, model), ...model.findings)
  await again.kill()
  for (const writer of writers) writer.close()
  return { answers, reads, recovery, acknowledged: model.counted(acknowledged), findings }
}

/** Appends to a file until nothing more fits onto the disk. */
function fillUp(disk: string, ballast: string) {
  for (let size = 2 ** 20; size >= 1; size >>= 1)
    try {
      for (;;) appendFileSync(ballast, Buffer.alloc(size))
    } catch {
      // So much does not fit: less may.
    }
  const { bavail } = statfsSync(disk)
  if (bavail > 0) throw new Error(`${bavail} blocks of the disk are still free`)
}

const refused = / 50[37]$/

/** Reads the same over and over until something is done. */
async function readWhile(address: string, { records }: Model, work: Promise<unknown>) {
  const { ask, close } = client()
  const paths = ['/v1/articles', '/v1/quotes', '/v1/search?q=ferry', '/v1/articles?edition=draft']
  // What was published once is never deleted by the writers.
  const some = [...records.values()].filter(
    ({ kind, is }) => kind === 'article' && is?.status === 'published'
  )
  for (const { id } of some.slice(0, 10)) paths.push(`/v1/articles/${id}?edition=draft`)
  const reads = { asked: 0, answered: 0 }
  let isDone = false
  void work.finally(() => {
    isDone = true
  })
  while (!isDone) {
    for (const path of paths) {
      reads.asked++
      if ((await ask(address, 'GET', path)).status === 200) reads.answered++
    }
    await pause(20)
  }
  await work
  close()
  return reads
}

const difference = (now: Map<string, number>, before: Map<string, number>) =>
  new Map(
    [...now].flatMap(([name, times]) => {
      const more = times - (before.get(name) ?? 0)
      return more > 0 ? [[name, more] as const] : []
    })
  )
