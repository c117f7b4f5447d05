// Looking through a database file for damage: at once, or beside serving, by a process of its own (looker.ts).
import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { extname, join } from 'node:path'
import type Sqlite from 'better-sqlite3'

const program = join(import.meta.dirname, `integrity-worker${extname(import.meta.filename)}`)

/** What is wrong with the pages of a file or, looked at thoroughly, with its records; undefined when nothing is. */
export function integrityFault(
  connection: InstanceType<typeof Sqlite>,
  thorough = false
): string | undefined {
  connection.pragma('busy_timeout = 5000')
  // In KiB: with less, the check reads many pages twice.
  connection.pragma('cache_size = -65536')
  const found = String(connection.pragma(`${thorough ? 'integrity' : 'quick'}_check(1)`, { simple: true }))
  if (found !== 'ok') return found.split('\n').at(-1)
  const dangling = thorough ? (connection.pragma('foreign_key_check') as unknown[]).length : 0
  return dangling > 0 ? `it has ${dangling} dangling references` : undefined
}

/**
 * What is wrong with the pages of a file that is served meanwhile; undefined when nothing is. Throws when nobody could
 * find out. It takes second place to whoever serves, and ends with this process.
 */
export async function checkIntegrity(file: string): Promise<string | undefined> {
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'ignore'] })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('spawn', () => setPriority(child.pid!, constants.priority.PRIORITY_LOW))
  // Whoever wants to end does not wait for it.
  child.unref()
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>()
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  child.once('error', reject).once('close', (code, signal) => {
    process.off('exit', kill)
    if (code === 0) resolve(said.trim() || undefined)
    else reject(new Error(`looking through ${file} ended with ${signal ?? code}`))
  })
  return promise
}
