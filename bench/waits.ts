// A reader who asks for one address 100 times a second, until a message comes; then it tells how long each answer took.
import http from 'node:http'

/** In ms, from the shortest to the longest. */
export type Waits = number[]

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
  process.send!(waits.toSorted((a, b) => a - b) satisfies Waits, () => process.exit(0))
})
