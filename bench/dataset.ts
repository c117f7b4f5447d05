// The database file of a size, kept from one run to the next.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fill } from './filling.ts'

const folder = join(tmpdir(), 'onrecord-bench')
const root = join(import.meta.dirname, '..')

/** What a data set is made by: when one of them changes, it is made anew. */
const makers = [
  ...['random', 'vocabulary', 'people', 'newsroom', 'records', 'parts', 'batches', 'filling'].map(
    (name) => `bench/${name}.ts`
  ),
  ...[
    'publishing/compile/compile',
    'newsstand/documents/document',
    'newsstand/search/document-words',
    ...['content', 'newsstand', 'discussion', 'changes', 'shared'].map((name) => `storage/tables/${name}`),
    'storage/sqlite/fulltext'
  ].map((name) => `src/${name}.ts`),
  ...readdirSync(join(root, 'migrations/sqlite'))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => `migrations/sqlite/${name}`)
]

function madeBy(): string {
  const hash = createHash('sha256')
  for (const file of makers) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex').slice(0, 12)
}

/** The file with so many stories: of an earlier run, unless `fresh`. */
export async function dataset(articles: number, { fresh = false, brief = false } = {}): Promise<string> {
  const kind = brief ? `${articles}-brief` : String(articles)
  const file = join(folder, `${kind}-${madeBy()}.db`)
  if (existsSync(file) && !fresh) return file
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder))
    if (name.replace(/-[0-9a-f]+\.db.*$/, '') === kind) rmSync(join(folder, name), { recursive: true })
  const unfinished = `${file}.unfinished`
  await fill(unfinished, articles, progress(articles), brief)
  process.stderr.write('\n')
  renameSync(unfinished, file)
  return file
}

/** Draws how far the filling is on standard error. */
export function progress(articles: number) {
  const started = performance.now()
  return (doing: string, written: number) => {
    const width = 30
    const bar = '#'.repeat(Math.round((width * written) / articles)).padEnd(width)
    const seconds = Math.round((performance.now() - started) / 1000)
    process.stderr.write(`\r[${bar}] ${written} of ${articles} stories, ${seconds} s, ${doing}`.padEnd(90))
  }
}
