// `npm test`: all of the suite with its coverage gate; `--fast`: a little of each wing, without coverage; `--machine`: what
// npm cannot bring (a browser, nginx, ...). Other arguments are files or folders to run instead, with `--coverage` if need be;
// `--add-coverage` adds what they reach to what the last `npm test` reached (`npm run test:postgres`).
import { createHash } from 'node:crypto'
import { availableParallelism, loadavg } from 'node:os'
import {
  addCoverage,
  advice,
  beginCoverage,
  coverageSettings,
  faults,
  keepCoverage,
  onSqlite
} from './coverage.ts'
import { filesNamed, filesOf, ofMachine, suite } from './files.ts'
import { runFiles } from './lanes.ts'
import { Reporter } from './reporter.ts'
import { compiledFolder } from './stripped.ts'
import { temporary } from './temporary.ts'

/**
 * Files that measure their process, which others must not have filled or slowed before; or that see how its child process is
 * scheduled, which is otherwise for a while after one got no processor.
 */
const first = filesNamed('load-shedding streams processes')

/** Files that wait for processes and clocks most of their time, the longest first. */
const waiting = filesNamed(
  'processes backup deliveries shutdown media-files-more moving workflow webhook-sending media-buckets export-imports discovery media-settings media-files monitoring http threads media-backups imports-in-batches media-forms webhooks export-requests integrity-check'
)

/** Of the others, those that take longest: they begin first, so that what is left at the end is short, and no core waits for one. */
const longest = filesNamed(
  'load-shedding fuzz streams workers main killed-imports lists-and-search caching media-lifecycle'
)

/**
 * What `--fast` runs: files of each wing, nearly all of less than 4 s of processor time, as the lines of `npm test` tell, and 45 s
 * together, which is 30 s of two cores.
 */
const fast = filesNamed(
  'body-conversion changes comments desk-search errors history idempotency importing-metadata imports invalidation languages monitoring multilingual-search provenance-model republishing slugs trash words-kept'
)

/**
 * Files whose coverage does not count. What the fuzzer reaches hangs on the ids of the run: no branch may count as covered because
 * it was lucky. What the others reach, others reach as well: counting would only make them slower, by a fifth.
 */
const uncounted = new Set(filesNamed('fuzz access access-bypass docs hostile-files'))

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
const inOrder = [...new Set([...waiting, ...longest, ...suite])]
const files =
  named.length > 0
    ? filesOf(named)
    : args.includes('--machine')
      ? ofMachine
      : args.includes('--fast')
        ? fast
        : inOrder
const adds = args.includes('--add-coverage')
const whole = args.length === 0
const isMeasured = whole || adds || args.includes('--coverage')

// A limit finds what hangs; what is only slow may finish. No file takes two minutes on a quiet machine.
const seconds = Math.ceil(300 * slowness())
const isJudged = adds ? addCoverage() : whole ? onSqlite : () => true
if (isMeasured && !adds) beginCoverage()
const reporter = new Reporter()
await runFiles(files, reporter, {
  lanes: availableParallelism(),
  waiting: new Set(waiting),
  timeout: seconds * 1000,
  first: new Set(first),
  uncounted,
  env: {
    ...process.env,
    TMPDIR: temporary(),
    ...(isMeasured ? coverageSettings() : { NODE_COMPILE_CACHE: compiledFolder })
  }
})
const ok = reporter.finish()
// A file that failed or was killed leaves much uncovered, which would bury its failure.
if (isMeasured && !ok) console.error('The coverage was not judged, because of the failures above.')
const uncovered = isMeasured && ok ? faults(isJudged) : []
for (const fault of uncovered) console.error(fault)
if (uncovered.length > 0) console.error(advice)
if (whole && ok) keepCoverage()
process.exitCode = ok && uncovered.length === 0 ? 0 : 1
