import { MessageChannel } from 'node:worker_threads'
import t, { type Test } from 'tap'
import { defaultLimits } from '../../src/threads/limits.ts'
import { pool } from '../../src/threads/pool.ts'
import { useThreads } from '../../src/threads/run.ts'
import { send, streamInThread } from '../../src/threads/stream.ts'
import { perform } from '../../src/threads/task.ts'
import { newStart, noteStart } from '../../src/threads/time-limit.ts'
import { app } from '../support/app.ts'
import { until } from '../support/until.ts'

const moduleOf = (path: string) => new URL(`../../src/${path}`, import.meta.url).href
const page = (content: string) => ({
  module: moduleOf('importing/proposals/propose.ts'),
  name: 'propose',
  input: { content, mediaType: 'text/plain' as const }
})
const convertBody = { module: moduleOf('content/body/read.ts'), name: 'read' }
const small = page('Late ferry\n\nNobody came.')

/** A pool that ends with the test. */
function threads(t: Test, limits: Partial<typeof defaultLimits>, program?: string) {
  const made = pool({ ...defaultLimits, ...limits }, program)
  t.teardown(made.close)
  return (job: Parameters<typeof made.run>[0], overrun: 'unprocessable' | 'busy' = 'unprocessable') =>
    made.run(job, overrun)
}

t.test('a task is done in a thread, and its problems come back as they are', async (t) => {
  const run = threads(t, { threads: 1 })
  t.match(JSON.parse(await run(small)), { story: { title: 'Late ferry' }, warnings: [] })
  await t.rejects(run(page(' ')), { kind: 'unprocessable', message: 'The page has no headline.' })
  const errors = [{ pointer: '/body/0/children/0/marks/0', detail: 'Nothing is marked x here.' }]
  const body = [
    { _type: 'block' as const, children: [{ _type: 'span' as const, text: 'Words', marks: ['x'] }] }
  ]
  await t.rejects(run({ ...convertBody, input: body }), { kind: 'unprocessable', errors })
  await t.rejects(
    run(page(null as never)),
    { name: 'TypeError' },
    'a fault of the program is none of the page'
  )
})

t.test('as a function, a task answers JSON or the problem', async (t) => {
  t.match(JSON.parse((await perform(small)).value!), { story: { title: 'Late ferry' } })
  t.match(JSON.parse((await perform({ ...convertBody, input: { text: 'A' } })).value!), { warnings: [] })
  t.match(await perform(page(' ')), {
    problem: { kind: 'unprocessable', detail: 'The page has no headline.' }
  })
  await t.rejects(perform(page(null as never)), TypeError)
})

t.test('only so many tasks wait, and those that do come in turn', async (t) => {
  const run = threads(t, { threads: 1, queue: 2 })
  const done: number[] = []
  const four = [0, 1, 2, 3].map((i) => run(small).then(() => done.push(i)))
  t.match(await four[3]!.catch((error) => error), {
    kind: 'busy',
    status: 503,
    headers: { 'retry-after': '2' }
  })
  await Promise.all(four.slice(0, 3))
  t.same(done, [0, 1, 2])
  t.ok(await run(small), 'there is room again')
})

/** A task that keeps its thread busy for so long, and one that waits for so long. */
const hungry = (name: string, input: number | null) => ({
  module: new URL('hungry-tasks.ts', import.meta.url).href,
  name,
  input
})

t.test('a task that takes too long is ended, and those that wait for its thread are not lost', async (t) => {
  const run = threads(t, { threads: 1, taskTimeout: 50 })
  const long = hungry('spin', 60_000)
  const [first, second, third] = [run(long), run(long), run(long, 'busy')]
  const late = {
    kind: 'unprocessable',
    message: 'To work on this takes longer than 0.05 seconds. Send it in smaller parts.',
    errors: [{ pointer: '' }]
  }
  await t.rejects(first, late)
  await t.rejects(second, late)
  await t.rejects(third, { message: 'Too many long tasks are waiting already.' })
})

t.test('time without a processor is no time of a task: in the queue, on a busy machine', async (t) => {
  const run = threads(t, { threads: 1, taskTimeout: 250 })
  const all = [hungry('sleep', 400), hungry('sleep', 400), small].map((job) => run(job))
  t.equal((await Promise.all(all)).length, 3)
  await t.rejects(run(hungry('spin', 60_000)), { message: /longer than 0\.25 seconds/ })
})

t.test('a task that is not done for any other reason is no fault of who sent it', async (t) => {
  const run = threads(t, { threads: 1, patience: 1 })
  await t.rejects(run(hungry('sleep', 60_000)), { message: /^Too many/, status: 503 })
})

t.test('a task that takes too much memory ends its thread, and no other task', async (t) => {
  // Only memory may end it, and only that of the task: to start takes some as well.
  const run = threads(t, { threads: 1, heap: 64, taskTimeout: 300_000 })
  const [first, second] = [run(hungry('eat', null)), run(small)]
  await t.rejects(first, { kind: 'unprocessable', message: /takes more than 64 MB of memory/ })
  t.ok(await second)
})

t.test('a thread that cannot start fails its task in time', async (t) => {
  // It has used no processor time by the time that a task may use.
  const run = threads(t, { threads: 1, taskTimeout: 20, patience: 2000 }, 'no/such/program.ts')
  await t.rejects(run(small), { message: /^Too many/ })
})

t.test('pages are read in a thread, and the apps of a process share the threads', async (t) => {
  const config = { ONRECORD_THREADS: 2 }
  const [one, other] = [await app(t, { config }), await app(t, { config })]
  const post = ({ post }: typeof one, content: string) =>
    post('/v1/imports', content, { headers: { 'content-type': 'text/plain' } })
  t.equal((await post(one, 'Late ferry\n\nNobody came.')).status, 201)
  await one.server.close()
  t.equal((await post(other, 'Late ferry\n\nNobody came.')).status, 201)
  t.match((await post(other, ' ')).json(), { status: 422, detail: 'The page has no headline.' })
})

/** A generator of a program of the test's own. */
const generator = (code: string) => ({
  module: `data:text/javascript,${encodeURIComponent(code)}`,
  name: 'make'
})
const doubling = 'export async function* make(list, ask) { for (const one of list) yield await ask(one) }'

t.test(
  'a generator streams from a thread, which may ask; one that ends before its time is told',
  async (t) => {
    const take = async (code: string, input: unknown, heap = 64) => {
      const values: unknown[] = []
      for await (const value of streamInThread(generator(code), input, async (asked: number) => asked * 2, {
        heap
      }))
        values.push(value)
      return values
    }
    useThreads(1)
    t.teardown(() => useThreads(2))
    t.same(await take(doubling, [1, 2, 3]), [2, 4, 6])
    const broken = 'export async function* make() { yield 1; throw new RangeError("broken") }'
    await t.rejects(take(broken, null), { message: 'broken' })
    await t.rejects(take('export async function* make() { process.exit() }', null), {
      message: /ended before/
    })
    const hungry = 'export async function* make() { const a = []; for (;;) a.push(new Array(1e5).fill({})) }'
    await t.rejects(take(hungry, null, 16), { code: 'ERR_WORKER_OUT_OF_MEMORY' })
    useThreads(0)
    t.same(await take(doubling, [4]), [8])
  }
)

// What threads do is asked for here, too: how much of it is counted depends on when they are ended.
t.test(
  'a thread sends a value when the one before was taken, questions between them, and the end last',
  async (t) => {
    const { port1: taker, port2: giver } = new MessageChannel()
    t.teardown(() => taker.close())
    const sent: object[] = []
    taker.on('message', (one: { question?: number }) => {
      sent.push(one)
      if (!('done' in one)) taker.postMessage(one.question === undefined ? 'next' : one.question * 2)
    })
    await send(giver, { ...generator(doubling), input: [1, 2] })
    await until(() => sent.length === 5)
    t.same(sent, [{ question: 1 }, { value: 2 }, { question: 2 }, { value: 4 }, { done: true }])
  }
)

t.test('a task begins with the processor time that its thread has used', (t) => {
  const start = newStart()
  const { user, system } = process.threadCpuUsage()
  noteStart(start, 7)
  t.equal(start[0], 7)
  t.ok(start[1]! >= Math.floor((user + system) / 1000))
  t.end()
})
