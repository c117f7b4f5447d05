// The coverage gate: every file of src/ is covered whole, but those that incomplete.json names with a reason. A file of
// that list may not fall below what it says; one that is covered whole must leave the list.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { stripTypes } from './stripped.ts'

/** Where V8 writes what ran, a file for each process. */
export const folder = '.coverage'

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
    spawnSync(process.execPath, ['test/comments.test.ts'], { env: { ...process.env, ...env } })
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
  start: { line: number }
  end: { line: number }
}

/** What a file that is not covered whole has at least, in percent. */
interface Incomplete {
  reason: string
  files: Record<string, { lines: number; branches: number; functions: number }>
}

/** Every way in which the last run was not covered as it should be, in sentences. */
export function faults(): string[] {
  const { stderr, status } = spawnSync(
    'c8',
    [
      'report',
      '--temp-directory',
      folder,
      '--reports-dir',
      folder,
      '--include',
      'src/**',
      '--reporter',
      'json'
    ],
    { encoding: 'utf8' }
  )
  if (status !== 0) return [`the coverage could not be reported: ${stderr}`]
  const report = JSON.parse(readFileSync(`${folder}/coverage-final.json`, 'utf8')) as Record<string, Covered>
  const lists = JSON.parse(readFileSync(new URL('incomplete.json', import.meta.url), 'utf8')) as Incomplete[]
  const allowed = Object.assign({}, ...lists.map(({ files }) => files)) as Incomplete['files']
  return Object.entries(report).flatMap(([path, covered]) => {
    const file = relative(process.cwd(), path)
    const { s, statementMap, b, branchMap, f, fnMap } = covered
    const least = allowed[file] ?? { lines: 100, branches: 100, functions: 100 }
    const parts = {
      lines: part(Object.entries(s).map(([key, count]) => [count, statementMap[key]!])),
      branches: part(Object.entries(b).map(([key, [count]]) => [count, branchMap[key]!.loc])),
      functions: part(Object.entries(f).map(([key, count]) => [count, fnMap[key]!.loc]))
    }
    return Object.entries(parts).flatMap(([kind, { percent, missed }]) => {
      const needed = least[kind as keyof typeof parts]
      const what = `${file}: ${percent} % of ${kind} are covered, not ${needed} %`
      return percent < needed ? [`${what} (not lines ${missed})`] : []
    })
  })
}

/** How many percent of these ran, and the lines of those that did not. */
function part(counted: [count: number, at: Place][]) {
  const missed = counted.filter(([count]) => count === 0)
  const percent = counted.length === 0 ? 100 : Math.floor(100 - (100 * missed.length) / counted.length)
  return { percent, missed: ranges(missed.map(([, { start, end }]) => [start.line, end.line])) }
}

/** Lines as people write them: `3, 7-9`. */
function ranges(spans: [first: number, last: number][]): string {
  const joined: [number, number][] = []
  for (const [first, last] of spans.sort(([a], [b]) => a - b)) {
    const before = joined.at(-1)
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else joined.push([first, last])
  }
  return joined.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(', ')
}
