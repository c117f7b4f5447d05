// Several processes over one file, as production runs them: real processes, each test on a folder of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { renameSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import http from 'node:http'
import { connect } from 'node:net'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import t, { type Test } from 'tap'
import * as tokens from '../../src/access/tokens/store.ts'
import { processCount } from '../../src/operations/workers.ts'
import { Unavailable } from '../../src/storage/database.ts'
import { open } from '../../src/storage/sqlite/open.ts'
import { admin, database, ferry, folder } from '../support/app.ts'
import { unmeasured } from '../support/commands.ts'
import { until } from '../support/until.ts'

t.jobs = 3
/** A test that runs beside others. Not one object for all: tap writes into it. */
const beside = () => ({ buffered: true })

/** Starts `onrecord.js serve` in a process group of its own, without waiting for anything. */
function launched(t: Test, home: string, more: object) {
  const child = spawn(process.execPath, ['onrecord.js', 'serve'], {
    detached: true,
    env: {
      ...process.env,
      DATABASE_URL: `file:${join(home, 'news.db')}`,
      PORT: '0',
      ONRECORD_ADMIN_TOKEN: admin,
      LOG_LEVEL: 'info',
      ...more
    }
  })
  t.teardown(() => child.kill('SIGKILL'))
  // Whoever listens is found as it is said: the log grows long, and is asked often.
  const said = { out: '', err: '', listeners: [] as number[] }
  let line = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
    const lines = `${line}${text}`.split('\n')
    line = lines.pop()!
    said.listeners = [...new Set([...said.listeners, ...pids(lines, /Server listening/)])]
  })
  child.stderr.on('data', (text) => (said.err += text))
  const ended = once(child, 'close').then(([code]) => code as number)
  return { child, said, ended }
}

/** The processes that the log names in lines with this message, in the order in which they first do. */
const pids = (lines: string[], message: RegExp) => [
  ...new Set(lines.filter((line) => message.test(line)).map((line) => Number(/"pid":(\d+)/.exec(line)?.[1])))
]

/** Starts this many workers and waits until all serve. */
async function serving(t: Test, workers: number, more: object = {}) {
  const home = folder(t)
  const { child, said, ended } = launched(t, home, { ONRECORD_WORKERS: String(workers), ...more })
  await until(() => said.out.includes('Database '))
  const address = /listens on (\S+)/.exec(said.out)![1]!
  return {
    home,
    said,
    ended,
    address,
    pid: child.pid!,
    /** Every process that ever listened. */
    listeners: () => said.listeners,
    stop() {
      child.kill('SIGTERM')
      return ended
    }
  }
}

const runs = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

interface Ask {
  method?: string
  body?: object
  match?: string
  /** Whose connections to use; without one, a new connection. */
  agent?: http.Agent
}

const headers = { authorization: `Bearer ${admin}`, 'content-type': 'application/json' }

/** Asks as the admin, or as the public when only reading. */
async function ask(url: string, { method = 'GET', body, match = '*', agent }: Ask = {}) {
  const request = http.request(url, {
    method,
    agent: agent ?? false,
    headers: method === 'GET' && match === '*' ? {} : { ...headers, 'if-match': match }
  })
  request.end(body && JSON.stringify(body))
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  let text = ''
  for await (const chunk of response) text += chunk
  return {
    status: response.statusCode!,
    text,
    json: <T>() => JSON.parse(text) as T,
    headers: response.headers
  }
}

/** A connection that has asked once, and asks nothing more. */
async function idling(address: string) {
  const socket = connect(Number(new URL(address).port), '127.0.0.1')
  socket.write('GET /v1/articles HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(socket, 'data')
  return socket.resume()
}

/** A connection that is kept between requests, so it stays with one worker. */
const kept = (t: Test) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => agent.destroy())
  return agent
}

const times = <T>(count: number, work: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => work(i)))

/** A published article; answers its address. */
async function published(address: string) {
  const made = await ask(`${address}/v1/articles`, { method: 'POST', body: ferry })
  const article = `${address}/v1/articles/${made.json<{ id: string }>().id}`
  // A busy machine may refuse it for a moment.
  while ((await ask(`${article}/publish`, { method: 'POST' })).status === 503) await pause(200)
  return article
}

/** A request of which the server has only the head; answers how to send the rest, and get the answer. */
async function begun(address: string) {
  const request = http.request(`${address}/v1/articles`, {
    method: 'POST',
    agent: false,
    headers: { ...headers, expect: '100-continue' }
  })
  request.flushHeaders()
  await once(request, 'continue')
  return async () => {
    request.end(JSON.stringify(ferry))
    const [response] = (await once(request, 'response')) as [http.IncomingMessage]
    response.resume()
    return response.statusCode
  }
}

/** Waits until the end has begun, as it does by closing idle connections. */
async function ending(address: string, begin: () => void) {
  const idle = await times(2, () => idling(address))
  begin()
  await Promise.all(idle.map((socket) => once(socket, 'close')))
}

t.test('there are as many processes as are set, or one for each core', (t) => {
  t.equal(processCount('3'), 3)
  t.equal(processCount('auto'), availableParallelism())
  t.end()
})

t.test('several processes are kept running', beside(), async (t) => {
  const { address, home, pid, said, listeners, ended } = await serving(t, 2)

  await t.test('they answer at one address, and one that ends is replaced', async (t) => {
    const answering = async () => {
      const from = said.out.length
      await times(8, () => ask(`${address}/v1/articles`))
      await until(() => (said.out.slice(from).match(/request completed/g) ?? []).length === 8)
      return pids(said.out.slice(from).split('\n'), /request completed/).sort()
    }
    t.match(
      said.out,
      /\nAPI documentation .*\n(?:\{.*\n)*Processes {12}2\n(?:\{.*\n)*A token .*\n(?:\{.*\n)*Database .*\n/
    )
    t.same(await answering(), [...listeners()].sort())
    const [victim, other] = listeners() as [number, number]
    process.kill(victim, 'SIGTERM')
    await until(() => listeners().length === 3)
    t.equal(said.err, 'A process that served has ended (0); another takes its place.\n')
    t.same(await answering(), [other, listeners().at(-1)!].sort())
  })

  await t.test('a rolling restart loses no request', async (t) => {
    const article = await published(address)
    let asking = true
    let answered = 0
    const load = times(9, async (i) => {
      const agent = i < 6 ? kept(t) : undefined
      while (asking) {
        const { status } = await ask(article, { agent })
        if (status === 200) answered++
        else t.fail(`answered ${status}`)
        // Some ask nearly without a rest, some leave their connection idle for a while: it is closed in between.
        await pause(10 + 4 * i)
      }
    })
    const old = listeners()
    // As from a terminal that closes: to the whole group.
    process.kill(-pid, 'SIGHUP')
    await until(() => !old.some(runs))
    const renewed = listeners().slice(old.length)
    t.equal(renewed.length, 2)

    // What cannot start does not replace what serves.
    renameSync(join(home, 'news.db'), join(home, 'away.db'))
    const before = said.err.length
    process.kill(pid, 'SIGHUP')
    await until(() => said.err.length > before)
    t.match(said.err.slice(before), /^\S+ cannot be opened: unable to open database file\n$/)
    renameSync(join(home, 'away.db'), join(home, 'news.db'))
    t.ok(renewed.every(runs))
    asking = false
    await load
    t.ok(answered > 0)
    t.comment(`${answered} requests`)
  })

  await t.test('Ctrl-C, which all of them get, ends them, even while one is replaced', async (t) => {
    const before = said.err
    process.kill(listeners().at(-1)!, 'SIGKILL')
    await until(() => said.err !== before)
    const rest = await begun(address)
    await ending(address, () => process.kill(-pid, 'SIGINT'))
    t.equal(await rest(), 201)
    t.equal(await ended, 0)
    t.match(said.err.slice(before.length), /^A process that served .*\n$/)
  })
})

t.test('several processes are one newsroom', beside(), async (t) => {
  const { address, ended, pid } = await serving(t, 4, { ...unmeasured, LOG_LEVEL: 'warn' })

  await t.test('a reader never gets an old edition once the new one was acknowledged', async (t) => {
    const article = await published(address)
    const editor = kept(t)
    const readers = Array.from({ length: 4 }, () => kept(t))
    let [read, old] = [0, 0]
    for (let edition = 1; edition <= 50; edition++) {
      const title = `Edition ${edition}`
      // Somebody reads all the time, so that every process has the older one in memory.
      const meanwhile = readers.map((agent) => ask(article, { agent }))
      // A machine that is busy with other tests may be too busy for a write.
      const write = async (url: string, method: string, body?: object) => {
        for (let tries = 0; tries < 50; tries++) {
          const { status } = await ask(url, { method, ...(body && { body }), agent: editor })
          if (status !== 503) return status
          await pause(100)
        }
        return 503
      }
      t.equal(await write(article, 'PATCH', { title }), 200)
      const status = await write(`${article}/publish`, 'POST')
      if (status !== 200) t.fail(`publishing answered ${status}`)
      const answers = await times(6, (i) => ask(article, { agent: readers[i] }))
      const shown = answers.filter(({ status }) => status === 200)
      read += shown.length
      old += shown.filter((answer) => answer.json<{ title: string }>().title !== title).length
      await Promise.all(meanwhile)
    }
    t.equal(old, 0)
    t.ok(read > 150, `${read} answers`)
  })

  await t.test('what they write at once is all there, and nothing twice', async (t) => {
    const post = (title: string) =>
      ask(`${address}/v1/articles`, { method: 'POST', body: { ...ferry, title } })
    const article = `${address}/v1/articles/${(await post('Shared')).json<{ id: string }>().id}`
    const draft = () => ask(`${article}?edition=draft`, { match: 'none' })
    const patched: number[] = []
    const [made] = await Promise.all([
      times(100, (i) => post(`Number ${i}`)),
      times(20, async (i) => {
        for (let round = 0; round < 5; round++) {
          const match = (await draft()).headers.etag!
          const body = { title: `Patch ${i} ${round}` }
          patched.push((await ask(article, { method: 'PATCH', body, match })).status)
        }
      })
    ])
    t.same(
      [...new Set(made.map(({ status }) => status))].filter((status) => ![201, 503].includes(status)),
      []
    )
    for (const { text } of made.filter(({ status }) => status === 201)) {
      const { id, title } = JSON.parse(text) as { id: string; title: string }
      const now = await ask(`${address}/v1/articles/${id}?edition=draft`, { match: 'none' })
      if (now.status !== 200 || now.json<{ title: string }>().title !== title) t.fail(`${title} is lost`)
    }
    t.same(
      [...new Set(patched)].filter((status) => ![200, 412, 503].includes(status)),
      []
    )
    const changes = patched.filter((status) => status === 200).length
    t.ok(changes > 0)
    t.equal((await draft()).json<{ version: number }>().version, changes + 1)
    t.comment(`${made.filter(({ status }) => status === 201).length} of 100 made, ${changes} of 100 changes`)
  })

  await t.test('a request in flight is answered after SIGTERM', async (t) => {
    const rest = await begun(address)
    await ending(address, () => process.kill(pid, 'SIGTERM'))
    t.equal(await rest(), 201)
    t.equal(await ended, 0)
  })
})

t.test('what keeps processes from starting or ending', beside(), async (t) => {
  const { address, said, listeners, stop } = await serving(t, 3)

  await t.test('what keeps them from starting is said in a line', async (t) => {
    const cases: [more: object, reason: RegExp][] = [
      [
        { ONRECORD_WORKERS: 'auto', PORT: new URL(address).port },
        /^Port \d+ of 127\.0\.0\.1 is in use\..*\n$/
      ],
      [{ ONRECORD_WORKERS: '2', DATABASE_URL: 'file:/dev/null/news.db' }, /^\S+ cannot be opened: .*\n$/],
      [{ ONRECORD_WORKERS: 'many' }, /^Bad configuration: ONRECORD_WORKERS .*\n$/]
    ]
    await times(cases.length, async (i) => {
      const [more, reason] = cases[i]!
      const { said, ended } = launched(t, folder(t), { ...unmeasured, ...more })
      t.equal(await ended, 1)
      t.match(said.err, reason)
      t.notMatch(said.out, 'listens on')
    })
  })

  await t.test('those that are killed are replaced', async (t) => {
    // The third keeps the port.
    for (const victim of listeners().slice(0, 2)) process.kill(victim, 'SIGKILL')
    await until(() => listeners().length === 5)
    t.match(said.err, /^(A process that served has ended \(SIGKILL\); another takes its place\.\n){2}$/)
    t.equal((await ask(`${address}/v1/articles`)).status, 200)
  })

  await t.test(
    'neither one that hangs nor a connection that asks nothing keeps them from ending',
    async (t) => {
      const silent = await times(4, async () => {
        const socket = connect(Number(new URL(address).port), '127.0.0.1')
        await once(socket, 'connect')
        return socket
      })
      await ask(`${address}/v1/articles`)
      process.kill(listeners().at(-1)!, 'SIGSTOP')
      t.equal(await stop(), 0)
      for (const socket of silent) socket.destroy()
      t.notOk(listeners().some(runs))
    }
  )
})

const token = { name: 'test', role: 'editor' } as const
let made = 0
/** A token with a name of its own: no two live ones have the same. */
const fresh = () => ({ ...token, name: `test ${++made}` })

t.test('a write waits for the one of another process, and reads go on', beside(), async (t) => {
  const file = await database(t)
  const db = open(`file:${file}`)
  const other = new Sqlite(file)
  t.teardown(() => Promise.all([db.close(), other.close()]))
  other.exec('begin immediate')
  let written = false
  const writing = db.write('t', (tx) => tokens.create(tx, fresh())).then(() => (written = true))
  for (let round = 0; round < 5; round++) {
    await pause(5)
    t.same(await tokens.list(db.read, 10), [])
  }
  t.notOk(written)
  other.exec('commit')
  await writing
  t.equal((await tokens.list(db.read, 10)).length, 1)
})

t.test('a write that waits too long is unavailable, with all that wait behind it', beside(), async (t) => {
  const file = await database(t)
  const db = open(`file:${file}`)
  const other = new Sqlite(file)
  t.teardown(() => Promise.all([db.close(), other.close()]))
  other.exec('begin immediate')
  const writes = [1, 2, 3].map(() => db.write('t', (tx) => tokens.create(tx, fresh())))
  for (const { reason } of (await Promise.allSettled(writes)) as PromiseRejectedResult[]) {
    t.match(reason, { constructor: Unavailable, message: 'database is locked' })
  }
  other.exec('commit')
  await db.write('t', (tx) => tokens.create(tx, fresh()))
  t.equal((await tokens.list(db.read, 10)).length, 1)
})

t.test('what is found waiting later knows of every commit before', beside(), async (t) => {
  const file = await database(t)
  const [ours, others] = [open(`file:${file}`), open(`file:${file}`)]
  t.teardown(() => Promise.all([ours.close(), others.close()]))
  for (let round = 0; round < 10; round++) {
    // Read after the requests of this turn, so before those of the next, which comes without waiting.
    await turn()
    const first = ours.version()
    await others.write('t', (tx) => tokens.create(tx, fresh()))
    const found = stat(file)
    for (const end = performance.now() + 5; performance.now() < end; );
    await found
    t.not(ours.version(), first)
  }
})
