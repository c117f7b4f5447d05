// Large databases, which are looked through while they are served: real processes, on folders of their own.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import t from 'tap'
import { checkIntegrity } from '../../src/storage/sqlite/integrity-check.ts'
import { folder } from '../support/app.ts'
import { answered, measured, run, runProcess, served } from '../support/commands.ts'

t.test(
  'a large database is served before it is looked through, and damage that is found ends that',
  async (t) => {
    const home = folder(t)
    // The look itself keeps no process going.
    const going = setInterval(() => {}, 1000)
    t.teardown(() => clearInterval(going))
    await run(home, ['token', '--role', 'admin', '--name', 'Ana'])
    const file = join(home, 'news.db')
    t.equal(await checkIntegrity(file), undefined)
    const connection = new Sqlite(file)
    const page = connection
      .prepare<[], number>("select rootpage from sqlite_master where name = 'hops'")
      .pluck()
      .get()!
    connection.close()
    const bytes = readFileSync(file)
    bytes.fill(0, 4096 * (page - 1), 4096 * page)
    writeFileSync(file, bytes)
    const first = await run(home, ['serve'])
    t.match(first, { code: 1, err: /news\.db (is damaged|cannot be opened): / })
    t.notMatch(first.out, /listens/)
    const later = await runProcess(home, ['serve'], { ONRECORD_CHECK_FIRST_MB: '0', ...measured })
    t.match(later, { code: 1, out: /listens on/, err: /news\.db is damaged: / })
    const several = await runProcess(home, ['serve'], { ONRECORD_CHECK_FIRST_MB: '0', ONRECORD_WORKERS: '2' })
    t.match(several, { code: 1, out: /listens on/, err: /news\.db is damaged: / })
    await t.rejects(checkIntegrity(join(home, 'nothing.db')), /looking through \S+nothing\.db ended with 1/)
  }
)

t.test('who ends a service does not wait until its database is looked through', async (t) => {
  const home = folder(t)
  await run(home, ['token', '--role', 'admin', '--name', 'Ana'])
  const { stop } = await served(t, home, 'serve', { ONRECORD_CHECK_FIRST_MB: '0' })
  t.equal(await stop(), 0)
})

t.test('who serves is told when no damage was found', async (t) => {
  const home = folder(t)
  await run(home, ['token', '--role', 'admin', '--name', 'Ana'])
  const { told, stop } = await served(t, home, 'serve', { ONRECORD_CHECK_FIRST_MB: '0', ...measured })
  await told(`Found no damage in ${join(home, 'news.db')}`)
  t.equal(await stop(), 0)
})

t.test('a database that nobody could look through is served on', async (t) => {
  const home = folder(t)
  await run(home, ['token', '--role', 'admin', '--name', 'Ana'])
  const [trap, tried] = [join(home, 'trap.cjs'), join(home, 'tried')]
  writeFileSync(
    trap,
    `if (process.argv[1].includes('integrity-worker')) {
      require('node:fs').writeFileSync(${JSON.stringify(tried)}, '')
      process.exit(3)
    }`
  )
  const { address, stop } = await served(t, home, 'serve', {
    ONRECORD_CHECK_FIRST_MB: '0',
    ...measured,
    NODE_OPTIONS: `${measured.NODE_OPTIONS ?? ''} --require=${trap}`
  })
  while (!existsSync(tried)) await pause(50)
  await pause(500)
  t.equal((await answered(`${address}/v1/articles`)).status, 200)
  t.equal(await stop(), 0)
})
