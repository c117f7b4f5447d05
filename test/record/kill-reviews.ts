// Finds reviews in a database until it kills itself, within the transaction of a slice: reviews-killed by reviews.test.ts.
import { flushCompileCache } from 'node:module'
import { advance } from '../../src/record/reviews/spread.ts'
import { openDatabase } from '../../src/storage/opening/open.ts'

// Node keeps what it compiled when a process ends, but not when it is killed.
flushCompileCache()

const [file, slices] = process.argv.slice(2)
const db = await openDatabase(file!.startsWith('postgres:') ? file! : `file:${file}`)
for (let i = 1; ; i++)
  await db.write('reviews', async (tx) => {
    await advance(tx)
    if (i === Number(slices)) process.kill(process.pid, 'SIGKILL')
  })
