// A primary and its standby, of the package of npm: what pg_basebackup does is done here, because the package lacks it.
import { copyFile, lchown, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { until } from '../support/until.ts'
import { relay, type Teardown } from './relay.ts'
import { nobody, type Server, startServer, statements } from './server.ts'

/** So that a standby which was copied finds the log since then. */
const settings = ['wal_keep_size=1GB']

/** A server that a standby can be made of. */
export const startPrimary = () => startServer(settings)

/** What is not copied: the log, which is streamed, and what belongs to the running server. */
const left = /^(pg_wal|pg_replslot|pg_stat_tmp)\/|^postmaster\.|^postgresql\.auto\.conf$/

/** Copies a folder, but what goes away meanwhile: temporary files. */
async function copy(from: string, to: string, path = '') {
  await mkdir(join(to, path), { mode: 0o700 })
  if (nobody.uid) await lchown(join(to, path), nobody.uid, nobody.gid)
  for (const entry of await readdir(join(from, path), { withFileTypes: true })) {
    const name = join(path, entry.name)
    if (left.test(name)) continue
    if (entry.isDirectory()) await copy(from, to, name)
    else {
      await copyFile(join(from, name), join(to, name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
      })
      if (nobody.uid) await lchown(join(to, name), nobody.uid, nobody.gid).catch(() => {})
    }
  }
}

/** Copies the folder of a running server into a new one. */
async function baseBackup({ folder, url }: Server): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'onrecord-standby-'))
  const data = join(home, 'data')
  const client = new pg.Client(url('postgres'))
  await client.connect()
  try {
    await client.query("select pg_backup_start('standby', true)")
    await copy(join(folder!, 'data'), data)
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
    await own(join(data, 'backup_label'), rows[0]!.labelfile)
  } finally {
    await client.end()
  }
  return home
}

async function own(file: string, text: string) {
  await writeFile(file, text, { mode: 0o600 })
  if (nobody.uid) await lchown(file, nobody.uid, nobody.gid)
}

export type Standby = Awaited<ReturnType<typeof startStandbyOf>>

/** A standby of a running primary, and the link between them, which may be stalled. */
export async function startStandbyOf(t: Teardown, primary: Server, port?: number) {
  const home = await baseBackup(primary)
  const link = await relay(t, primary.url('postgres'))
  const { port: through } = new URL(link.url)
  await own(
    join(home, 'data/postgresql.auto.conf'),
    `primary_conninfo = 'host=127.0.0.1 port=${through} user=postgres'\n`
  )
  await own(join(home, 'data/standby.signal'), '')
  const server = await startServer(settings, home, port)
  t.teardown(() => void server.child!.kill('SIGQUIT'))
  await found(primary, "select from pg_stat_replication where state = 'streaming'")
  return {
    ...server,
    /** Nothing passes the link any more: what the primary writes stays with it. */
    stall: link.standStill,
    /** Makes it the primary. */
    promote: () => statements(server.url('postgres'), 'select pg_promote(true, 60)')
  }
}

/** Has a primary wait for its standbys with each commit, or not. */
export async function synchronous(primary: Server, names: '*' | '') {
  const set = `alter system set synchronous_standby_names = '${names}'`
  await statements(primary.url('postgres'), set, 'select pg_reload_conf()')
  const wanted = `select where current_setting('synchronous_standby_names') = '${names}'`
  await found(primary, wanted)
  if (names) await found(primary, "select from pg_stat_replication where sync_state in ('sync', 'quorum')")
}

/** Waits until a query finds something. */
async function found({ url }: Server, query: string) {
  await until(async () => (await statements(url('postgres'), query)).length > 0)
}
