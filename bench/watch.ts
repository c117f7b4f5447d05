// Loaded into a server by --import: tells the bench, when asked, how the process is doing since it was last asked.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

export interface Condition {
  /** In bytes. */
  rss: number
  /** Processor time, in microseconds. */
  cpu: number
  /** How late the event loop came to a timer, 99 of 100 times at most, in ms. */
  delay: number
  /** The processor time of the main thread: its longest turn, and all turns of more than 1 ms, in ms. */
  longest: number
  main: number
}

const resolution = 5
const delays = monitorEventLoopDelay({ resolution })
delays.enable()
let before = process.cpuUsage()
let [longest, main] = [0, 0]

process.on('message', () => {
  const { user, system } = process.cpuUsage(before)
  before = process.cpuUsage()
  const delay = Math.max(0, delays.percentile(99) / 1e6 - resolution)
  delays.reset()
  const rss = process.memoryUsage.rss()
  process.send!({ rss, cpu: user + system, delay, longest, main } satisfies Condition)
  longest = 0
  main = 0
})

/**
 * Measures each turn: what the thread has used between two looks from setImmediate(). That keeps the event loop going
 * round, so it is for bench/turns.ts alone.
 */
function watchTurns() {
  let last = process.threadCpuUsage()
  const look = () => {
    const now = process.threadCpuUsage()
    const turn = (now.user + now.system - last.user - last.system) / 1000
    longest = Math.max(longest, turn)
    if (turn > 1) main += turn
    last = now
    setImmediate(look)
  }
  look()
}
if (isMainThread && process.env.BENCH_TURNS) watchTurns()
