// The child process of the service: what runs there, how it ends, and that the service goes on.
import { fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { constants, getPriority } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { lowerPriority } from '../../src/threads/child-process/priority.ts'
import { childProcessId, endChildProcess, inChildProcess } from '../../src/threads/child-process/run.ts'
import type { Limits } from '../../src/threads/limits.ts'
import { useThreads } from '../../src/threads/run.ts'
import { app } from '../support/app.ts'
import { noise, rendered } from '../support/pictures.ts'
import { until } from '../support/until.ts'

const module = new URL('hungry-tasks.ts', import.meta.url).href
const task = (name: string, limits?: Partial<Limits>) =>
  inChildProcess<(input: unknown) => unknown>(module, name, limits)
const isOnLinux = process.platform === 'linux' || 'only Linux tells'

/** Has tasks run in the process, which has ended when the test has. */
function useChildProcess(t: Test) {
  useThreads(1)
  t.teardown(async () => {
    useThreads(2)
    const id = childProcessId()
    endChildProcess()
    await until(() => id === undefined || !isAlive(id))
  })
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0)
  } catch {
    return false
  }
}

/** The scheduling policy of a process, field 41 of what Linux tells of it (proc_pid_stat(5)). */
function policyOf(id: number): number {
  const fromState = readFileSync(`/proc/${id}/stat`, 'utf8').replace(/^.*\) /s, '')
  return Number(fromState.split(' ')[38])
}

/** Whether the machine has chrt, and lets it do so. */
const isIdleAllowed = () => spawnSync('chrt', ['--idle', '0', 'true']).status === 0

t.test('a task is done in a process of its own, in a thread or not, and says what is wrong', async (t) => {
  useChildProcess(t)
  for (const limits of [undefined, { threads: 0 }]) {
    t.equal(await task('sleep', limits)(1), 1)
    const busy = { kind: 'busy', message: 'Not now.', headers: { 'retry-after': '7' } }
    await t.rejects(task('refuse', limits)(null), { ...busy, errors: [{ pointer: '/a' }] })
    await t.rejects(task('fault', limits)(null), { message: 'broken' })
  }
  await t.rejects(task('spin', { taskTimeout: 50 })(60_000), { message: /takes longer than 0\.05 seconds/ })
  useThreads(0)
  endChildProcess()
  t.equal(await task('sleep')(2), 2)
  t.equal(childProcessId(), undefined, 'without threads there is none')
})

t.test('a process that ends is started anew, and a task that ended two is refused', async (t) => {
  useChildProcess(t)
  t.equal(await task('crashOnce', { threads: 0 })(join(t.testdir(), 'crashed')), 'done')
  const detail =
    'The process that works on pictures ended (SIGKILL). It was working on this, twice: export it anew, and smaller.'
  await t.rejects(task('crash', { threads: 0 })(null), {
    kind: 'unprocessable',
    errors: [{ pointer: '', detail }]
  })
  await t.rejects(task('crash')(null, 'busy'), {
    message: 'The process that works on pictures ended (SIGKILL).'
  })
  await t.rejects(task('wait', { threads: 0, patience: 1 })(null, 'busy'), { message: /ended \(1\)/ })
  t.equal(await task('sleep')(1), 1)
})

t.test(
  'its priority is lower, and only the service ends it',
  { skip: isOnLinux !== true && isOnLinux },
  async (t) => {
    useChildProcess(t)
    await task('sleep')(1)
    const id = childProcessId()!
    const threads = readdirSync(`/proc/${id}/task`)
    const lowered = Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL)
    t.ok(threads.length > 4)
    for (const thread of threads) t.equal(getPriority(Number(thread)), lowered)
    const score = (whose: number | string) => Number(readFileSync(`/proc/${whose}/oom_score_adj`, 'utf8'))
    // The first to end where memory runs out.
    await until(() => score(id) === Math.max(500, score('self')))
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(id, signal)
    t.equal(await task('sleep')(2), 2)
    t.equal(childProcessId(), id)
  }
)

t.test(
  'it gives way to whatever else wants the processor, where the machine lets it',
  { skip: isOnLinux !== true && isOnLinux },
  async (t) => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    t.teardown(() => child.kill('SIGKILL'))
    await once(child, 'spawn')
    lowerPriority(child)
    // SCHED_IDLE, where chrt is there and allowed, and else SCHED_OTHER (sched(7)).
    await until(() => policyOf(child.pid!) === (isIdleAllowed() ? 5 : 0))
  }
)

t.test(
  'where chrt gives up, since a thread has just ended, it is asked again, and not for ever',
  { skip: isOnLinux !== true && isOnLinux },
  async (t) => {
    const bin = t.testdir()
    const calls = join(bin, 'calls')
    const path = process.env.PATH!
    t.teardown(() => {
      process.env.PATH = path
    })
    process.env.PATH = `${bin}:${path}`
    // Fails so often, and does then what the one of the machine does.
    const chrt = (failures: number) =>
      writeFileSync(
        join(bin, 'chrt'),
        `#!/bin/sh\necho >> ${calls}\n[ $(wc -l < ${calls}) -le ${failures} ] && exit 1\nPATH='${path}' exec chrt "$@"\n`,
        { mode: 0o755 }
      )
    const count = () => readFileSync(calls, 'utf8').length
    const lowered = async () => {
      writeFileSync(calls, '')
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
      t.teardown(() => child.kill('SIGKILL'))
      await once(child, 'spawn')
      lowerPriority(child)
      return child.pid!
    }
    chrt(1)
    const id = await lowered()
    await until(() => count() >= 2)
    if (isIdleAllowed()) {
      const threads = () => readdirSync(`/proc/${id}/task`).map(Number)
      await until(() => threads().every((thread) => policyOf(thread) === 5))
    }
    chrt(9)
    const other = await lowered()
    await until(() => count() === 3)
    t.equal(policyOf(other), 0)
  }
)

t.test('what has ended already needs no priority', async (t) => {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  t.doesNotThrow(() => lowerPriority(child))
})

t.test(
  'where it gets next to nothing of the processor, another does what it had to do, which has its nice value alone',
  { skip: isOnLinux !== true && isOnLinux },
  async (t) => {
    useChildProcess(t)
    const done = task('waitOnce', { threads: 0 })(join(t.testdir(), 'waited'))
    const id = childProcessId()
    t.ok(id)
    t.equal(await done, 'done')
    t.not(childProcessId(), id)
    t.equal(policyOf(childProcessId()!), 0)
  }
)

t.test('it ends where it takes too much memory', async (t) => {
  const program = new URL('../../src/threads/child-process/program.ts', import.meta.url)
  const [code] = await once(fork(program, ['1'], { stdio: 'ignore' }), 'exit')
  t.equal(code, 137)
})

t.test('renditions are made there, also where it is killed meanwhile', async (t) => {
  const client = await app(t, { config: { ONRECORD_THREADS: 2 } })
  useChildProcess(t)
  const send = async (picture: Buffer) =>
    client.call('POST', '/v1/media', { payload: picture, headers: { 'content-type': 'image/jpeg' } })
  t.equal((await send(await noise(300, 200).jpeg().toBuffer())).status, 201)
  process.kill(childProcessId()!, 'SIGKILL')
  const answer = await send(await noise(200, 300).jpeg().toBuffer())
  t.equal(answer.status, 201)
  t.match(await rendered(client, answer.json<{ id: string }>().id), { rendering: { state: 'ready' } })
})
