// deploy/copy.sh, with servers of Debian's PostgreSQL on two addresses of this machine in place of two containers: each has a folder
// in place of its volume.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, chmodSync, chownSync, existsSync, globSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { statements } from '../postgres/server.ts'
import { folder } from '../support/app.ts'
import { freePort } from '../support/free-port.ts'
import { until } from '../support/until.ts'
import { whereIs } from './programs.ts'

const bin = globSync('/usr/lib/postgresql/*/bin').sort().at(-1) ?? ''
const path = `${bin}:${process.env.PATH}`

/** The user of Debian's package, whom the script gives what it copies. */
function userOf(name: string) {
  const id = (flag: string) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout)
  return { uid: id('-u'), gid: id('-g') }
}

const skip =
  process.getuid?.() !== 0
    ? 'it gives files to the user postgres, as root in a container does'
    : !whereIs('pg_basebackup', bin) && 'pg_basebackup is missing: apt-get install postgresql'

/** Two servers that are not there yet, each of which may be made a copy of the other. */
async function pair(t: Test) {
  const port = await freePort()
  const user = userOf('postgres')
  const home = folder(t)
  chmodSync(home, 0o755)
  const script = readFileSync('deploy/copy.sh', 'utf8')
  const server = (host: string, other: string) => {
    const volume = join(home, host)
    const data = join(volume, '18/docker')
    mkdirSync(volume)
    chownSync(volume, user.uid, user.gid)
    const env = { ...process.env, PATH: path, LC_ALL: 'C', PGPORT: String(port), PGDATA: data }
    const url = `postgres://postgres@${host}:${port}/postgres`
    let child: ChildProcess | undefined
    return {
      data,
      volume,
      query: (...texts: string[]) => statements(url, ...texts),
      init() {
        // The parent folder is root's, as the official image makes it.
        mkdirSync(data, { recursive: true })
        chownSync(data, user.uid, user.gid)
        const trust = ['--username=postgres', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C']
        execFileSync('initdb', trust, { ...user, env, cwd: home, stdio: 'pipe' })
        appendFileSync(
          join(data, 'pg_hba.conf'),
          'host all all 127.0.0.0/8 trust\nhost replication all 127.0.0.0/8 trust\n'
        )
      },
      async start() {
        const set = [`listen_addresses=${host}`, 'unix_socket_directories=', 'wal_keep_size=1GB']
        child = spawn(
          'postgres',
          set.flatMap((one) => ['-c', one]),
          { ...user, env, cwd: home }
        )
        await until(() => statements(url, 'select').then(Boolean, () => false))
      },
      async stop(signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT') {
        if (child?.exitCode !== null || child.signalCode !== null) return
        const gone = once(child, 'exit')
        child.kill(signal)
        await gone
      },
      /** Runs the script as in a container of this server: what it exits with, and what it says. */
      copy() {
        const { status, stderr, stdout } = spawnSync(
          'bash',
          ['-c', script.replaceAll('/var/lib/postgresql', volume)],
          { env: { ...env, NAME: host, OTHER: other, REPLICATION_PASSWORD: 'none' }, encoding: 'utf8' }
        )
        return { status, said: `${stderr}${stdout}` }
      }
    }
  }
  const one = server('127.0.0.2', '127.0.0.3')
  const two = server('127.0.0.3', '127.0.0.2')
  t.teardown(() => Promise.all([one.stop('SIGQUIT'), two.stop('SIGQUIT')]))
  return { one, two }
}

const isStandby = [{ standby: true }]
const role = 'select pg_is_in_recovery() as standby'

t.test('a former primary becomes a standby, and nothing newer is copied over', { skip }, async (t) => {
  const { one, two } = await pair(t)
  t.match(two.copy(), { status: 1, said: /127.0.0.2 cannot be asked/ })
  one.init()
  await one.start()
  await one.query(
    'create role replication login replication',
    "alter system set synchronous_standby_names = '*'",
    'set synchronous_commit = local',
    'create table stories (slug text)',
    "insert into stories values ('first')"
  )
  t.match(two.copy(), { status: 0, said: /127.0.0.3 is a standby of 127.0.0.2 from its next start/ })
  t.notOk(existsSync(join(two.volume, 'former')), 'there was nothing before')
  await two.start()
  t.same(await two.query(role), isStandby)
  t.match(one.copy(), { status: 1, said: /127.0.0.2 runs: stop it first/ })
  await one.stop('SIGQUIT')
  t.match(one.copy(), { status: 1, said: /127.0.0.3 is a standby itself: promote it first/ })
  // What an interrupted copy left.
  mkdirSync(join(one.volume, 'copy/docker/base'), { recursive: true })

  await two.query(
    'select pg_promote()',
    "insert into stories values ('second')",
    "alter system set synchronous_standby_names = '*'"
  )
  t.match(one.copy(), { status: 0, said: /is a standby of 127.0.0.3/ })
  t.ok(existsSync(join(one.volume, 'former/docker/PG_VERSION')), 'what was there is kept')
  t.notOk(existsSync(join(one.volume, 'copy')))
  await one.start()
  t.same(await one.query(role), isStandby)
  t.same(await one.query('select slug from stories'), [{ slug: 'first' }, { slug: 'second' }])
  const { names } = (await one.query("select current_setting('synchronous_standby_names') as names"))[0]!
  t.equal(names, '', 'promoted, it waits for nobody')

  await one.query('select pg_promote()')
  await one.stop()
  t.match(one.copy(), { status: 1, said: /was a primary later than 127.0.0.3, .*timelines 3 and 2/ })
  t.ok(existsSync(join(one.data, 'PG_VERSION')), 'nothing was touched')
})

t.test('another database is not copied over', { skip }, async (t) => {
  const { one, two } = await pair(t)
  one.init()
  two.init()
  await one.start()
  await one.query('create role replication login replication')
  t.match(two.copy(), { status: 1, said: /is another database than that of 127.0.0.2/ })
})
