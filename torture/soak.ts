// Requests at a steady rate for a long time: does the program keep what it holds?
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pick, type Random, seeded } from '../bench/random.ts'
import { check } from './checker.ts'
import { type Client, client } from './client.ts'
import { deeds } from './deeds.ts'
import { Model } from './model.ts'
import { launch, ready } from './program.ts'
import { Writer } from './writer.ts'

/** Requests a second. */
const rate = 300
/** One in so many writes. */
const every = 5

/** Asks for so many minutes, and says what the program holds after every tenth. Answers what is wrong. */
export async function soak(minutes: number, told: (line: string) => void): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'onrecord-soak-'))
  const file = join(folder, 'news.db')
  const program = launch(file)
  const address = await ready(program)
  const model = new Model()
  const asking = asker(address, model)
  const held: { rss: number; descriptors: number }[] = []
  told('| requests | in a second | RSS, MB | file descriptors |\n|---|---|---|---|')
  for (let tenth = 0; tenth < 10; tenth++) {
    const done = await asking.askFor(minutes * 6)
    held.push(program.holds())
    const { rss, descriptors } = held.at(-1)!
    told(`| ${asking.sent()} | ${(done / minutes / 6).toFixed(0)} | ${rss.toFixed(0)} | ${descriptors} |`)
  }
  asking.close()
  const findings = [...check(file, model), ...model.findings, ...growth(held)]
  await program.kill()
  rmSync(folder, { recursive: true })
  return findings
}

/** Asks at the rate, as long as enough of its clients are free. */
function asker(address: string, model: Model) {
  const random = seeded(7)
  const writers = Array.from({ length: 8 }, (_, i) => new Writer(deeds, model, seeded(i), `s${i}`))
  const readers = Array.from({ length: 24 }, client)
  const [freeWriters, freeReaders] = [[...writers], [...readers]]
  let sent = 0

  /** Sends one, where a client is free. */
  function send() {
    const isWrite = sent % every === 0
    const writer = isWrite ? freeWriters.shift() : undefined
    const reader = isWrite ? undefined : freeReaders.shift()
    if (writer) void writer.once(address).finally(() => freeWriters.push(writer))
    if (reader) void read(reader, address, random, model).finally(() => freeReaders.push(reader))
    if (writer || reader) sent++
  }

  return {
    sent: () => sent,
    async askFor(seconds: number): Promise<number> {
      const [from, before] = [performance.now(), sent]
      let ticks = 0
      while (performance.now() - from < seconds * 1000) {
        const due = ((performance.now() - from) / 1000) * rate
        for (; ticks < due; ticks++) send()
        await pause(2)
      }
      return sent - before
    },
    close() {
      for (const one of [...writers, ...readers]) one.close()
    }
  }
}

const lists = [
  '/v1/articles',
  '/v1/quotes?kind=direct',
  '/v1/search?q=ferry',
  '/v1/articles?tag=storm&limit=100'
]

async function read({ ask }: Client, address: string, random: Random, { records }: Model) {
  const recent = [...records.values()].slice(-50).filter(({ kind }) => kind === 'article')
  const one = recent.length > 0 ? `/v1/articles/${pick(random, recent).id}` : '/v1/articles'
  const path = pick(random, [one, one, one, `${one}?edition=draft`, ...lists])
  await ask(address, 'GET', path, { anonymous: !path.includes('draft') })
}

/** What is more at the end than it ever was in the first half. */
function growth(held: { rss: number; descriptors: number }[]): string[] {
  return (['rss', 'descriptors'] as const).flatMap((name) => {
    const first = Math.max(...held.slice(1, 5).map((one) => one[name]))
    const last = held.at(-1)![name]
    return last <= first * 1.1 ? [] : [`${name} grew from ${first.toFixed(0)} to ${last.toFixed(0)}`]
  })
}
