// Checking a database file for damage: in this process, or in a child process while it is served (integrity-worker.ts).
import { type ChildProcess, spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { extname, join } from 'node:path'
import type Sqlite from 'better-sqlite3'

const program = join(import.meta.dirname, `integrity-worker${extname(import.meta.filename)}`)

/** The first fault of the pages (quick_check) or, `thorough`, of records and references too; undefined if none. */
export function integrityFault(
  connection: InstanceType<typeof Sqlite>,
  thorough = false
): string | undefined {
  connection.pragma('busy_timeout = 5000')
  // In KiB: with a smaller page cache, the check reads many pages twice.
  connection.pragma('cache_size = -65536')
  const result = String(connection.pragma(`${thorough ? 'integrity' : 'quick'}_check(1)`, { simple: true }))
  if (result !== 'ok') return result.split('\n').at(-1)
  const dangling = thorough ? (connection.pragma('foreign_key_check') as unknown[]).length : 0
  return dangling > 0 ? `it has ${dangling} dangling references` : undefined
}

/** What checks, for as long as it runs. A process may serve several files. */
const checking = new Set<ChildProcess>()
const endAll = () => checking.forEach((child) => void child.kill('SIGKILL'))

/** Has `endAll` called where this process ends before what checks, which is listened to once. */
function watch(child: ChildProcess) {
  if (checking.size === 0) process.once('exit', endAll)
  checking.add(child)
  child.once('close', () => {
    checking.delete(child)
    if (checking.size === 0) process.off('exit', endAll)
  })
}

/**
 * Checks the pages of a file that is being served: its first fault, or undefined. Throws when the check itself fails.
 * The child process runs at low priority and ends with this one.
 */
export async function checkIntegrity(file: string): Promise<string | undefined> {
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'ignore'] })
  watch(child)
  child.once('spawn', () => setPriority(child.pid!, constants.priority.PRIORITY_LOW))
  // It does not keep this process running.
  child.unref()
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>()
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.once('error', reject).once('close', (code, signal) => {
    if (code === 0) resolve((JSON.parse(output) as { fault?: string }).fault)
    else reject(new Error(`looking through ${file} ended with ${signal ?? code}`))
  })
  return promise
}
