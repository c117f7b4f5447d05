// `npm test`: all of the suite with its coverage gate; `--fast`: what needs no process and no waiting, without coverage;
// `--machine`: what npm cannot bring (a browser, nginx, ...). Other arguments are files to run instead.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { faults } from './coverage.ts'

/** Files that start the program again and again, wait for clocks, or ask thousands of things. */
const slow = new Set(
  'access-bypass backup blocklist changes checks commenters deliveries docs durability fuzz importing integrity-check json lists-and-search load-shedding main moderation monitoring newsstand oidc posting publishing rate-limits reports shutdown storage streams tokens upgrade webhook-sending webhooks workers'
    .split(' ')
    .map((name) => `test/${name}.test.ts`)
)

/** What a quiet core of the machines that the limits were set on takes for the work below, in ms. */
const usual = 60

/** How many times slower than those this machine is now: its processor, and what else runs on it. */
function slowness(): number {
  const began = performance.now()
  const hash = createHash('sha256')
  const megabyte = Buffer.alloc(2 ** 20)
  for (let i = 0; i < 64; i++) hash.update(megabyte)
  hash.digest()
  const waiting = loadavg()[0]! / availableParallelism()
  return Math.max(1, (performance.now() - began) / usual, waiting)
}

const args = process.argv.slice(2)
const named = args.filter((arg) => !arg.startsWith('--'))
const all = globSync(args.includes('--machine') ? 'test/machine/*.test.ts' : 'test/*.test.ts').sort()
const files = named.length > 0 ? named : args.includes('--fast') ? all.filter((file) => !slow.has(file)) : all
const whole = args.length === 0
// A limit finds what hangs; what is only slow may finish. No file takes two minutes on a quiet machine.
const seconds = Math.ceil(300 * slowness())
const { status } = spawnSync(
  'tap',
  [
    `--timeout=${seconds}`,
    '--reporter=./test/runner/reporter.ts',
    // What is covered is judged below: tap knows all or nothing.
    whole ? '--allow-incomplete-coverage' : '--disable-coverage',
    ...files
  ],
  { stdio: 'inherit' }
)
const uncovered = whole ? faults() : []
for (const fault of uncovered) console.error(fault)
process.exitCode = status === 0 && uncovered.length === 0 ? 0 : 1
