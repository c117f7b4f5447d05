// The servers that are measured, each a process of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type Memory, memoryOf, processorTimeOf, residentOf } from './memory.ts'
import type { Condition } from './watch.ts'

export interface Server {
  address: string
  /** How it is doing since this was asked before. */
  condition(): Promise<Condition>
  /** What it has in memory, with the processes that it has started. */
  memory(): Memory
  /** What of it is resident, in bytes, which is quick to ask. */
  resident(): number
  /** The processor time that all of these have taken, in seconds. */
  processorTime(): number
  stop(): Promise<void>
}

export const adminToken = 'onr_bench'

/** Starts a program and waits until it prints its address. */
async function started(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Server> {
  const child = spawn(process.execPath, ['--import', join(import.meta.dirname, 'watch.ts'), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc']
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  return {
    address: await addressOf(child, args),
    memory: () => memoryOf(child.pid!),
    resident: () => residentOf(child.pid!),
    processorTime: () => processorTimeOf(child.pid!),
    async condition() {
      child.send({})
      const [condition] = (await once(child, 'message')) as [Condition]
      return condition
    },
    async stop() {
      process.off('exit', kill)
      kill()
      await once(child, 'exit')
    }
  }
}

async function addressOf(child: ChildProcess, args: string[]): Promise<string> {
  for await (const text of child.stdout!.iterator({ destroyOnReturn: false })) {
    const address = /http:\/\/\S+/.exec(String(text))
    if (address) return address[0]
  }
  throw new Error(`${args.join(' ')} did not start`)
}

/** On Record, serving a file: this checkout, or the one in another folder. */
export const onRecord = (file: string, env: NodeJS.ProcessEnv = {}, root = join(import.meta.dirname, '..')) =>
  // As npm run serve does.
  started(['--max-semi-space-size=8', '--v8-pool-size=2', join(root, 'onrecord.js'), 'serve'], {
    DATABASE_URL: `file:${file}`,
    PORT: '0',
    ONRECORD_ADMIN_TOKEN: adminToken,
    ONRECORD_RATE_LIMIT: 'off',
    // What is looked through beside serving would be measured, too.
    ONRECORD_CHECK_FIRST_MB: '1000000',
    ...env
  })

/** What the floor is: Fastify with the answers in a map, or with one look-up in SQLite; node:http with the map. */
export type Floor = 'fastify' | 'lookup' | 'http'

/** The floor, which answers these requests as the other server does. */
export const floor = (address: string, requestsFile: string, kind: Floor = 'fastify') =>
  started([join(import.meta.dirname, 'floor.ts'), address, requestsFile, kind])

/** The floor of writes: Fastify with one INSERT of the body of a POST, synced before it is answered. */
export const insertFloor = (file: string) => started([join(import.meta.dirname, 'insert-floor.ts'), file])
