// The real program in processes of its own, which may be killed at any moment.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { adminToken, client } from './client.ts'

const main = join(import.meta.dirname, '../onrecord.js')

export interface Launch {
  workers?: number
  /** What is run instead of node, with node and its arguments after it: a tracer. */
  under?: string[]
  /** Another user to run it as. */
  uid?: number
  /** More of the environment. */
  env?: NodeJS.ProcessEnv
}

/** A started program: nobody has waited for it yet. */
export interface Program {
  pid: number
  /** Its address, as soon as it prints it. Rejects with what it said on stderr when it ends before. */
  address: Promise<string>
  said: { out: string; err: string }
  ended: Promise<number | null>
  /** Kills all its processes. Answers when they are gone. */
  kill(): Promise<void>
  /** Kills the one that was started, and not those it started itself. */
  killFirst(): void
  /** The processes it started. */
  children(): number[]
  /** What it holds: memory in MB, and file descriptors. */
  holds(): { rss: number; descriptors: number }
  /** Processor time it has used so far, in ms, without that of its children. */
  cpu(): number
  stop(): Promise<number | null>
}

/** Starts `serve` over a file, in a process group of its own. */
export function launch(file: string, { workers = 1, under = [], uid, env }: Launch = {}): Program {
  const [command, ...args] = [
    ...under,
    process.execPath,
    '--max-semi-space-size=8',
    '--v8-pool-size=2',
    main,
    'serve'
  ]
  const child = spawn(command!, args, {
    detached: true,
    ...(uid && { uid, gid: uid }),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: `file:${file}`,
      PORT: '0',
      ONRECORD_ADMIN_TOKEN: adminToken,
      ONRECORD_WORKERS: String(workers),
      ONRECORD_RATE_LIMIT: 'off',
      // So that every comment can come from another network: one may post 30 a minute.
      ONRECORD_TRUST_PROXY: '127.0.0.1',
      LOG_LEVEL: 'error',
      ...env
    }
  })
  const pid = child.pid!
  const said = { out: '', err: '' }
  child.stderr!.on('data', (text) => (said.err += text))
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const killAll = () => signal(-pid, 'SIGKILL')
  process.once('exit', killAll)
  void ended.then(() => process.off('exit', killAll))
  const address = addressOf(child, said, ended)
  // Whoever kills it before it listens does not want to know.
  address.catch(() => {})
  return {
    pid,
    address,
    said,
    ended,
    async kill() {
      killAll()
      await ended
      await gone(pid)
    },
    killFirst: () => void signal(pid, 'SIGKILL'),
    children: () => childrenOf(pid),
    holds: () => ({
      rss: Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024,
      descriptors: readdirSync(`/proc/${pid}/fd`).length
    }),
    cpu: () => cpuOf(pid),
    stop() {
      signal(pid, 'SIGTERM')
      return ended
    }
  }
}

async function addressOf(child: ChildProcess, said: Program['said'], ended: Promise<number | null>) {
  const printed = new Promise<string>((resolve) => {
    child.stdout!.on('data', (text) => {
      said.out += text
      const found = /listens on (\S+)[\s\S]*Database /.exec(said.out)
      if (found) resolve(found[1]!)
    })
  })
  const over = ended.then((code) => {
    throw new Error(`The program ended (${code}): ${said.err.trim()}`)
  })
  return await Promise.race([printed, over])
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

/** Waits until no process of a group is left. Throws when one stays for ten seconds. */
export async function gone(group: number) {
  const until = performance.now() + 10_000
  while (signal(-group, 0)) {
    if (performance.now() > until) throw new Error(`Processes of the group ${group} do not end`)
    await pause(5)
  }
}

/** The processes that one has started. */
export function childrenOf(pid: number): number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  return list === '' ? [] : list.split(' ').map(Number)
}

/** In ms; the kernel counts in hundredths of a second (proc_pid_stat(5)). */
function cpuOf(pid: number): number {
  const [, fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const [user, system] = fields!.split(' ').slice(11, 13).map(Number)
  return (user! + system!) * 10
}

export const killOne = (pid: number) => signal(pid, 'SIGKILL')

/** Waits for the first answer to a reader, as long as it takes. */
export async function ready(program: Program): Promise<string> {
  const address = await program.address
  const { ask, close } = client()
  const { status } = await ask(address, 'GET', '/v1/articles', { anonymous: true })
  close()
  if (status !== 200) throw new Error(`The first answer was ${status}`)
  return address
}
