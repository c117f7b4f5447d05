// Imports exports, each into a database of its own, until all are within the transaction of a batch, and kills itself there:
// for killed-imports.test.ts.
import { flushCompileCache } from 'node:module'
import { importSystemExport } from '../../src/importing/systems/writing/import.ts'
import { openDatabase } from '../../src/storage/opening/open.ts'
import { useThreads } from '../../src/threads/run.ts'

export interface Killed {
  file: string
  as: string
  publish: boolean
  path: string
}

// Node keeps what it compiled when a process ends, but not when it is killed.
flushCompileCache()

const [writes, given] = process.argv.slice(2)
const all: Killed[] = JSON.parse(given!)
useThreads(0)
let waiting = 0

/** Waits in the transaction until all others are in theirs. */
function killing() {
  if (++waiting === all.length) process.kill(process.pid, 'SIGKILL')
  return new Promise<never>(() => {})
}

await Promise.all(
  all.map(async ({ file, as, publish, path }) => {
    const db = await openDatabase(file.startsWith('postgres:') ? file : `file:${file}`)
    let count = 0
    await importSystemExport(
      {
        ...db,
        write: (actor, work) =>
          db.write(actor, async (tx) => {
            const done = await work(tx)
            return ++count === Number(writes) ? await killing() : done
          })
      },
      { paths: [path], as, system: as, speech: true, publish },
      { actor: 'command line', dry: false, heap: 512 },
      { tell: () => {}, done: () => {} }
    )
    console.error(`${as} ended before it could be killed`)
    process.exit(1)
  })
)
