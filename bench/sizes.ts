// What a newsroom takes when nobody asks for anything: on disk, in memory, and until its first answer.
import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '../src/storage/sqlite/opening/connection.ts'
import { onRecord } from './servers.ts'

/** How often it is started. */
const starts = 9

/** Prints the size of the file, and the tables that take most of it. */
export function disk(file: string, articles: number) {
  const bytes = statSync(file).size
  console.log(
    `on disk: ${(bytes / 1e6).toFixed(0)} MB, ${(bytes / articles / 1000).toFixed(1)} kB an article (${basename(file)})`
  )
  const db = connect(file, true)
  const tables = db
    .prepare<[], { name: string; bytes: number }>(
      'select name, sum(pgsize) as bytes from dbstat group by name order by 2 desc limit 12'
    )
    .all()
  db.close()
  for (const { name, bytes } of tables) console.log(`  ${(bytes / 1e6).toFixed(1).padStart(6)} MB ${name}`)
}

/** Prints how long the first answer takes after a start, and what the service takes when idle. */
export async function starting(file: string) {
  const times: number[] = []
  const sizes: number[] = []
  for (let n = 0; n < starts; n++) {
    const began = performance.now()
    // It looks through the file as it does by default.
    const server = await onRecord(file, { ONRECORD_CHECK_FIRST_MB: undefined })
    const { status } = await fetch(`${server.address}/v1/articles`)
    if (status !== 200) throw new Error(`the first answer was ${status}`)
    times.push(performance.now() - began)
    await pause(1500)
    sizes.push((await server.condition()).rss / 2 ** 20)
    await server.stop()
  }
  const at = (numbers: number[], part: number) =>
    numbers.toSorted((a, b) => a - b)[Math.floor(part * numbers.length)]!.toFixed(0)
  console.log(
    `first 200 after a start: ${at(times, 0.5)} ms, at most ${at(times, 0.999)}; resident when idle ${at(sizes, 0.5)} MB`
  )
}
