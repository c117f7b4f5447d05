// The program itself, on a database of its own, for a run that is given no other.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Server {
  address: string
  admin: string
  /** How the process that was started has ended: its exit code, or the signal; null while it lives. */
  end(): number | string | null
  stop(): Promise<void>
}

/** Starts the program on this database, or on an empty one, which goes with it. Throws when it does not start. */
export async function started(database?: string): Promise<Server> {
  const [folder, admin] = [mkdtempSync(join(tmpdir(), 'onrecord-fuzz-')), 'onr_fuzz']
  const child = spawn(process.execPath, [join(import.meta.dirname, '../onrecord.js'), 'serve'], {
    env: {
      ...process.env,
      PORT: '0',
      DATABASE_URL: database ?? `file:${join(folder, 'news.db')}`,
      // PostgreSQL needs one that is given.
      ONRECORD_SECRET: 'what the hashes and seals of this newsroom are keyed with',
      ONRECORD_FILES: `file:${join(folder, 'files')}`,
      ONRECORD_ADMIN_TOKEN: admin,
      // A limit would be all that is found.
      ONRECORD_RATE_LIMIT: 'off',
      LOG_LEVEL: 'error'
    },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  process.once('exit', () => child.kill('SIGKILL'))
  const stop = async () => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    // Its child process ends a little later.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
  for await (const text of child.stdout.iterator({ destroyOnReturn: false })) {
    const address = /http:\/\/\S+/.exec(String(text))?.[0]
    if (address) return { address, admin, end: () => child.exitCode ?? child.signalCode, stop }
  }
  await stop()
  throw new Error('the program did not start')
}
