// Imports an export until it kills itself, within the transaction of a batch: imports-killed by killed-imports.test.ts.
import { flushCompileCache } from 'node:module'
import { importSystemExport } from '../src/importing/systems/writing/import.ts'
import { openDatabase } from '../src/storage/opening/open.ts'
import { useThreads } from '../src/threads/run.ts'

// Node keeps what it compiled when a process ends, but not when it is killed.
flushCompileCache()

const [file, as, writes, publish, ...paths] = process.argv.slice(2)
useThreads(0)
const db = await openDatabase(file!.startsWith('postgres:') ? file! : `file:${file}`)
let count = 0
const killing: typeof db = {
  ...db,
  write: (actor, work) =>
    db.write(actor, async (tx) => {
      const done = await work(tx)
      if (++count === Number(writes)) process.kill(process.pid, 'SIGKILL')
      return done
    })
}
await importSystemExport(
  killing,
  { paths, as: as!, system: as!, speech: true, publish: publish === 'publish' },
  { actor: 'command line', dry: false, heap: 512 },
  { tell: () => {}, done: () => {} }
)
