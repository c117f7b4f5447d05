// How a process that serves comes to its end: real processes, each on a folder of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import Sqlite from 'better-sqlite3'
import t, { type Test } from 'tap'
import { admin, ferry, folder } from '../support/app.ts'

t.jobs = 2
/** A test that runs beside others. Not one object for all: tap writes into it. */
const beside = () => ({ buffered: true })

/** A server, whose process runs this, too, before anything else. */
async function served(t: Test, before: string, more: object = {}) {
  const home = folder(t)
  const file = join(home, 'news.db')
  const child = spawn(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(before)}`, 'onrecord.js', 'serve'],
    {
      env: {
        ...process.env,
        DATABASE_URL: `file:${file}`,
        PORT: '0',
        ONRECORD_ADMIN_TOKEN: admin,
        ...more
      }
    }
  )
  t.teardown(() => child.kill('SIGKILL'))
  const said = { out: '', err: '' }
  child.stdout.on('data', (text) => (said.out += text))
  child.stderr.on('data', (text) => (said.err += text))
  const ended = once(child, 'close').then(([code]) => code as number)
  /** Waits for words that the process prints; one that has ended prints no more. */
  const prints = async (words: string) => {
    while (!said.out.includes(words)) {
      if (child.exitCode !== null) throw new Error(`ended without '${words}': ${said.out}${said.err}`)
      await pause(5)
    }
  }
  await prints('Database ')
  return { child, said, prints, ended, file, port: Number(/listens on \S+:(\d+)/.exec(said.out)![1]) }
}

const article = JSON.stringify(ferry)
/** With a token: a busy machine refuses those who have none first. */
const authorized = `Host: a\r\nAuthorization: Bearer ${admin}\r\n`
const list = `GET /v1/articles HTTP/1.1\r\n${authorized}\r\n`
const head = `POST /v1/articles HTTP/1.1\r\n${authorized}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(article)}\r\n`

/** A connection, and everything that was said on it. */
async function connected(port: number) {
  const socket: Socket = connect(port, '127.0.0.1')
  const heard = { text: '' }
  socket.on('data', (data) => (heard.text += data))
  await once(socket, 'connect')
  /** Waits for words; a connection that is closed brings no more. */
  const hears = async (words: string) => {
    while (!heard.text.includes(words)) {
      if (socket.closed) throw new Error(`closed without '${words}': ${heard.text}`)
      await pause(5)
    }
  }
  return { socket, heard, hears, closed: once(socket, 'close') }
}

/**
 * A connection on which an article is created, and another is announced. The first request of a process is slow, and one
 * that is stopping waits for no more than 6.5 s: on a busy machine it would take longer.
 */
async function writing(port: number) {
  const busy = await connected(port)
  busy.socket.write(`${head}\r\n${article}`)
  await busy.hears('201 Created')
  busy.heard.text = ''
  busy.socket.write(`${head}Expect: 100-continue\r\n\r\n`)
  await busy.hears('100 Continue')
  return busy
}

t.test('who is told to stop finishes what it has, and leaves one complete file', beside(), async (t) => {
  const { child, prints, ended, file, port } = await served(
    t,
    `import { isStopping } from '${pathToFileURL(resolve('src/operations/shutdown.ts'))}'
     process.on('SIGUSR2', () => process.stdout.write(isStopping() ? 'it stops\\n' : 'it serves\\n'))`
  )
  child.kill('SIGUSR2')
  await prints('it serves')
  const busy = await writing(port)
  const idle = await connected(port)
  idle.socket.write(list)
  await idle.hears('"next":null')

  // Twice, as npm and a terminal do.
  child.kill('SIGTERM')
  await idle.closed
  child.kill('SIGINT')
  child.kill('SIGTERM')
  child.kill('SIGUSR2')
  await prints('it stops')
  const late = connect(port, '127.0.0.1')
  const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException]
  t.equal(error.code, 'ECONNREFUSED', 'nobody new is let in')

  busy.socket.write(article + list)
  await busy.closed
  t.match(busy.heard.text, /HTTP\/1.1 201 Created/)
  t.match(busy.heard.text, /HTTP\/1.1 200 OK[\s\S]*connection: close/i, 'a request that follows is the last')
  t.equal(await ended, 0)
  t.notOk(existsSync(`${file}-wal`), 'the log is in the database')
  const left = new Sqlite(file, { readonly: true })
  t.equal(left.prepare('select count(*) from articles').pluck().get(), 2)
  left.close()
})

t.test('a connection that is kept after its last answer keeps nobody from ending', beside(), async (t) => {
  const { child, ended, port } = await served(t, '')
  const busy = await writing(port)
  const idle = await connected(port)
  idle.socket.write(list)
  await idle.hears('"next":null')
  child.kill('SIGTERM')
  await idle.closed
  busy.socket.write(article)
  await busy.hears('201 Created')
  const began = performance.now()
  t.equal(await ended, 0)
  // Busy connections are waited for 6.5 s.
  t.ok(performance.now() - began < 6000)
})

t.test('what nobody caught is logged, and ends the process with 1', beside(), async (t) => {
  for (const [how, what] of [
    ["setImmediate(() => { throw new Error('the roof fell in') })", 'the roof fell in'],
    ["Promise.reject(new Error('the cellar is wet'))", 'the cellar is wet']
  ]) {
    const { child, said, ended } = await served(t, `process.on('SIGUSR2', () => { ${how} })`)
    child.kill('SIGUSR2')
    t.equal(await ended, 1)
    t.match(said.out, new RegExp(`"level":60.*${what}`))
  }
})

t.test('who cannot finish is made to end, and says so', beside(), async (t) => {
  const { child, said, prints, ended, file } = await served(
    t,
    "process.on('SIGUSR2', () => { setInterval(() => {}, 1000); process.stdout.write('hanging') })"
  )
  child.kill('SIGUSR2')
  await prints('hanging')
  child.kill('SIGTERM')
  t.equal(await ended, 1)
  t.match(said.out, /"level":60.*takes too long/)
  t.notOk(existsSync(`${file}-wal`), 'the database was closed by then')
})
