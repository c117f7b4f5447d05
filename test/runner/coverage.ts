// The coverage gate: every file of src/ is covered whole, but those that incomplete.json names with a reason, and
// how many places of each may be missed. A file that is covered whole must leave the list.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { stripTypes } from './stripped.ts'

/** Where V8 writes what ran, a file for each process. */
const folder = '.coverage'

/** Which sources the last `npm test` covered. */
const covered = join(folder, 'sources.sha256')

/**
 * What only PostgreSQL reaches whole: judged where the coverage of `npm run test:postgres` is added to that of `npm test`. A
 * folder stands for all in it.
 */
const ofPostgres = [
  'src/storage/postgres/',
  'src/storage/opening/settings.ts',
  'src/storage/database.ts',
  'src/files/blobs/one-folder.ts',
  'src/newsstand/server/silence.ts',
  'src/operations/announce.ts',
  'src/operations/backups/routes.ts',
  'src/operations/monitoring/readiness.ts'
]

/** Of those, what they cover whole without the others. */
const postgresOnly = 'src/storage/postgres/'

/** Which files are judged: those that these tests are to cover whole. */
export type Judged = (file: string) => boolean

const isOfPostgres: Judged = (file) => ofPostgres.some((name) => file.startsWith(name))

/** What the tests on SQLite are to cover whole. */
export const onSqlite: Judged = (file) => !isOfPostgres(file)

/** Forgets what ran before. */
export function beginCoverage() {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
}

/**
 * Keeps what the last `npm test` covered, if it was of the same sources, so that all files can be judged. Otherwise only those
 * that need nothing of it.
 */
export function addCoverage(): Judged {
  if (existsSync(covered) && readFileSync(covered, 'utf8') === sources()) return () => true
  beginCoverage()
  console.error(
    `What these tests do not reach of ${postgresOnly} is told. All is judged where npm test passed before.`
  )
  return (file) => file.startsWith(postgresOnly)
}

/** Notes that all that `npm test` covers of these sources is there, for what is added to it later. */
export const keepCoverage = () => writeFileSync(covered, sources())

function sources() {
  const hash = createHash('sha256')
  for (const file of globSync('src/**/*.ts').sort()) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

/** Where Node keeps the compiled code of all but src/ (covered.ts). */
const compiled = resolve('node_modules/.cache/covered')

/** The environment in which the coverage of a process is measured, and made ready for it. */
export function coverageSettings(): NodeJS.ProcessEnv {
  stripTypes()
  const env = {
    NODE_COMPILE_CACHE: compiled,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${new URL('covered.ts', import.meta.url)}`
  }
  // What the processes of the tests compile counts blocks, and would do so out of the cache too. So it is filled before
  // them, by a file that touches much, whenever the packages are others.
  const packages = readFileSync('package-lock.json', 'utf8')
  const filledFor = join(compiled, 'package-lock.json')
  if (!existsSync(filledFor) || readFileSync(filledFor, 'utf8') !== packages) {
    rmSync(compiled, { recursive: true, force: true })
    spawnSync(process.execPath, ['test/discussion/comments.test.ts'], { env: { ...process.env, ...env } })
    writeFileSync(filledFor, packages)
  }
  return { ...env, NODE_V8_COVERAGE: resolve(folder) }
}

/** How a source file was covered, as Istanbul tells it: a statement is a line. */
interface Covered {
  s: Record<string, number>
  b: Record<string, [number]>
  f: Record<string, number>
  statementMap: Record<string, Place>
  branchMap: Record<string, { loc: Place }>
  fnMap: Record<string, { loc: Place }>
}
interface Place {
  start: Position
  end: Position
}
interface Position {
  line: number
  column: number
}

/**
 * How many places of a file may be missed that is not covered whole. Not in percent: V8 tells of more places the more processes
 * reach them.
 */
interface Incomplete {
  reason: string
  files: Record<string, Missed>
}
interface Missed {
  lines?: number
  branches?: number
  functions?: number
}

/** What to do about that. */
export const advice = `
Write a test that reaches these places, or leave out code that nothing reaches; node test/runner/run.ts FILES --coverage tells sooner
whether it does. A place that is reached in some runs only hangs on time: ask for it in a test on purpose. What only PostgreSQL
reaches is named in test/runner/coverage.ts (ofPostgres) and judged by npm run test:postgres.`

/** Every way in which the last run was not covered as it should be, in sentences, with the places that did not run. */
export function faults(isJudged: Judged): string[] {
  const [reports, include] = ['--reports-dir', '--include']
  const { stderr, status } = spawnSync(
    'c8',
    ['report', '--temp-directory', folder, reports, folder, include, 'src/**', '--reporter', 'json'],
    { encoding: 'utf8' }
  )
  if (status !== 0) return [`the coverage could not be reported: ${stderr}`]
  const report = JSON.parse(readFileSync(`${folder}/coverage-final.json`, 'utf8')) as Record<string, Covered>
  const lists = JSON.parse(readFileSync(new URL('incomplete.json', import.meta.url), 'utf8')) as Incomplete[]
  const allowed = Object.assign({}, ...lists.map(({ files }) => files)) as Incomplete['files']
  return Object.entries(report).flatMap(([path, covered]) => {
    const file = relative(process.cwd(), path)
    return isJudged(file) ? faultsOf(file, covered, allowed[file]) : []
  })
}

/** In which ways a file is covered less than it should be. */
function faultsOf(file: string, { s, statementMap, b, branchMap, f, fnMap }: Covered, allowed: Missed = {}) {
  const counted = {
    lines: Object.entries(s).map(([key, count]) => [count, statementMap[key]!] as const),
    branches: Object.entries(b).map(([key, [count]]) => [count, branchMap[key]!.loc] as const),
    functions: Object.entries(f).map(([key, count]) => [count, fnMap[key]!.loc] as const)
  }
  const text = readFileSync(file, 'utf8').split('\n')
  return Object.entries(counted).flatMap(([kind, places]) => {
    // Of processes that ran different parts of a function, V8 tells of one place several times.
    const missed = places
      .flatMap(([count, at]) => (count === 0 ? [at] : []))
      .filter(({ start }, i, all) => i === all.findIndex((one) => isDeepStrictEqual(one.start, start)))
    const most = allowed[kind as keyof Missed] ?? 0
    if (missed.length <= most) return []
    const what = `${file}: ${missed.length} of ${places.length} ${kind} did not run in any test, and ${most} may be missed`
    if (kind === 'lines') return [`${what}: ${ranges(missed)}`]
    return [`${what}:`, ...missed.map(({ start }) => `    ${placed(file, text, start)}`)]
  })
}

/** A place as editors open it, with what stands there. */
const placed = (file: string, text: string[], { line, column }: Position) =>
  `${file}:${line}:${column + 1}  ${text[line - 1]!.slice(column).trim().slice(0, 80)}`

/** Lines as people write them: `3, 7-9`. */
function ranges(places: Place[]): string {
  const spans = places.map(({ start, end }) => [start.line, end.line] as [number, number])
  const joined: [number, number][] = []
  for (const [first, last] of spans.sort(([a], [b]) => a - b)) {
    const before = joined.at(-1)
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else joined.push([first, last])
  }
  return joined.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(', ')
}
