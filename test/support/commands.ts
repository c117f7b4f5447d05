// Commands as a person runs them: in the process of the test, or in one of their own.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Test } from 'tap'
import { main } from '../../src/main.ts'
import { compiledFolder } from '../runner/stripped.ts'

/**
 * The environment of a process whose coverage is not measured: it starts in three quarters of the time. One that is killed
 * writes none anyhow.
 */
export const unmeasured = {
  NODE_V8_COVERAGE: undefined,
  NODE_OPTIONS: undefined,
  NODE_COMPILE_CACHE: compiledFolder
}

const { NODE_V8_COVERAGE, NODE_OPTIONS, NODE_COMPILE_CACHE } = process.env

/** The environment of a process whose coverage is measured, where that of its test is: for what no other test reaches. */
export const measured = { NODE_V8_COVERAGE, NODE_OPTIONS, NODE_COMPILE_CACHE }

const environment = (home: string, more: object = {}) => ({
  ...process.env,
  DATABASE_URL: `file:${join(home, 'news.db')}`,
  PORT: '0',
  ...more
})

/** The program; in the test's own folder where the database is not named, so that its default is there. */
const program = (home: string, args: string[], more: object) =>
  spawn(process.execPath, [resolve('onrecord.js'), ...args], {
    env: environment(home, { ...unmeasured, ...more }),
    ...('DATABASE_URL' in more && { cwd: home })
  })

/** Runs a command to its end in this process: a process of its own takes two seconds of processor time to load the program. */
export async function run(home: string, args: string[], more: object = {}) {
  const written = { out: '', err: '' }
  const code = await main(args, {
    env: environment(home, more),
    stdout: { write: (text: string) => (written.out += text) },
    stderr: { write: (text: string) => (written.err += text) }
  })
  return { code, ...written }
}

/** Runs a command to its end in a process of its own, whose coverage is `measured` if that is given. */
export async function runProcess(home: string, args: string[], more: object = {}) {
  const child = program(home, args, more)
  let out = ''
  let err = ''
  child.stdout.on('data', (text) => (out += text))
  child.stderr.on('data', (text) => (err += text))
  const [code] = await once(child, 'close')
  return { code, out, err }
}

/** Runs a script of the tests, which kills itself. */
export function runKilled(script: string, args: string[]) {
  const { signal, stderr } = spawnSync(
    process.execPath,
    ['--import', resolve('test/runner/quick-imports.js'), script, ...args],
    {
      encoding: 'utf8',
      env: { ...process.env, ...unmeasured }
    }
  )
  return { signal, stderr }
}

/** Starts a server; answers what it printed, its address, and how to wait for words on standard error, to stop it and to kill it. */
export async function served(t: Test, home: string, command: string, more: object = {}) {
  const child = program(home, [command], more)
  const closed = once(child, 'close')
  t.teardown(() => child.kill('SIGKILL'))
  let err = ''
  child.stderr.on('data', (text) => (err += text))
  let out = ''
  for await (const text of child.stdout) {
    out += text
    if (out.includes('Database ')) break
  }
  const address = /listens on (\S+)/.exec(out)?.[1]
  if (address === undefined) throw new Error(`It did not start: ${out}${err}`)
  const told = async (words: string) => {
    while (!err.includes(words)) await once(child.stderr, 'data')
  }
  const stop = async () => {
    child.kill('SIGTERM')
    const [code] = await closed
    return code
  }
  const kill = () => child.kill('SIGKILL')
  return { out, address, pid: child.pid!, told, stop, kill, closed }
}

/** What a real process answers. One that a busy machine lets wait refuses for a moment, and is asked again. */
export async function answered(url: string, init: RequestInit = {}): Promise<Response> {
  for (;;) {
    const answer = await fetch(url, init)
    if (answer.status !== 503) return answer
    await pause(200)
  }
}
