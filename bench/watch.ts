// Loaded into a server by --import: tells the bench, when asked, how the process is doing since it was last asked.
import { monitorEventLoopDelay } from 'node:perf_hooks'

export interface Condition {
  /** In bytes. */
  rss: number
  /** Processor time, in microseconds. */
  cpu: number
  /** How late the event loop came to a timer, 99 of 100 times at most, in ms. */
  delay: number
}

const resolution = 5
const delays = monitorEventLoopDelay({ resolution })
delays.enable()
let before = process.cpuUsage()

process.on('message', () => {
  const { user, system } = process.cpuUsage(before)
  before = process.cpuUsage()
  const delay = Math.max(0, delays.percentile(99) / 1e6 - resolution)
  delays.reset()
  process.send!({ rss: process.memoryUsage.rss(), cpu: user + system, delay } satisfies Condition)
})
