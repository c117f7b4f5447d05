// A process that runs test files one after another, as the runner sends their names: the program is loaded and the first
// app is built once for all of them.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import type { Test } from 'tap'

let test: Test

/** The test of the file that runs. */
export const current = () => test

// A test file imports tap for its root, which prints and ends with the process. Here it gets a test of its own.
registerHooks({
  resolve(name, context, next) {
    if (name === 'async-hook-domain')
      return {
        url: new URL('domain.ts', import.meta.url).href,
        format: 'module-typescript',
        shortCircuit: true
      }
    if (name !== 'tap' || !context.parentURL?.endsWith('.test.ts')) return next(name, context)
    const url = new URL('root.ts', import.meta.url)
    url.search = encodeURIComponent(context.parentURL)
    return { url: url.href, format: 'module-typescript', shortCircuit: true }
  }
})

const { default: root, TestBase } = await import('tap')

// tap prints every assertion that holds, and each test around it reads the line: that takes longer than most assertions, of
// which there are tens of thousands. So the first of a test is printed, by which it has one, and the others are counted.
const { pass } = TestBase.prototype
let counted = 0
TestBase.prototype.pass = function (...args) {
  // What comes after the end of its test is a fault, which tap tells.
  if (this.count === 0 || this.emittedEnd || this.results !== undefined) return pass.apply(this, args)
  counted++
  return true
}

/** What the runner sends: a file, and how many ms it may take. */
export interface Task {
  file: string
  timeout: number
}

/** What a file came to. */
export interface Outcome {
  file: string
  ok: boolean
  /** Seconds of processor time that it took in this process and in those that it started. */
  cpu: number
  /** Assertions that held and were not printed. */
  counted: number
}

/** What nobody caught while a file ran. The process ends with it. */
export interface Uncaught {
  file: string
  uncaught: string
}

/** Seconds of processor time of this process and of its children that have ended (Linux alone tells of those). */
function spent(): number {
  const { user, system } = process.cpuUsage()
  let children = 0
  try {
    // proc_pid_stat(5): cutime and cstime are fields 16 and 17; the second field, in parentheses, may have spaces.
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    children = (Number(fields[13]) + Number(fields[14])) / 100
  } catch {}
  return (user + system) / 1e6 + children
}

/** The file that runs. */
let running = ''

process.on('uncaughtException', (error, origin) => {
  const message: Uncaught = { file: running, uncaught: `${origin}: ${inspect(error)}` }
  process.send!(message, () => process.exit(1))
})

/** How long the process may take to end by itself, in ms. */
const mayStay = 1000

// tap lets a process end although its parent may send more.
const waiting = setInterval(() => {}, 2 ** 30)
process.once('disconnect', () => {
  clearInterval(waiting)
  // What a test left, such as a server or the time-out of a client, would keep it for minutes, and all who wait for the last.
  setTimeout(() => process.exit(), mayStay).unref()
})

process.on('message', async ({ file, timeout }: Task) => {
  running = file
  const before = spent()
  counted = 0
  const message: Outcome = { file, ok: false, cpu: 0, counted: 0 }
  await root.test(file, { timeout }, async (t) => {
    test = t
    t.on('complete', ({ ok }) => {
      message.ok = ok
    })
    await import(pathToFileURL(file).href)
  })
  message.cpu = spent() - before
  message.counted = counted
  process.send!(message)
})
