// A reader who asks for one address 100 times a second, until a message comes; then it tells how long the answers took.
import http from 'node:http'

export interface Waits {
  count: number
  p50: number
  p99: number
}

const agent = new http.Agent({ keepAlive: true })
const waits: number[] = []

function ask() {
  const from = performance.now()
  http.get(process.argv[2]!, { agent }, (answer) => {
    answer.resume().on('end', () => waits.push(performance.now() - from))
  })
}

const timer = setInterval(ask, 10)
process.on('message', () => {
  clearInterval(timer)
  const sorted = waits.toSorted((a, b) => a - b)
  const at = (part: number) => sorted[Math.floor(sorted.length * part)]!
  process.send!({ count: sorted.length, p50: at(0.5), p99: at(0.99) } satisfies Waits, () => process.exit(0))
})
