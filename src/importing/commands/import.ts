// The command that reads many saved pages into drafts: over all cores, and no further than it has not been yet.
import { closeSync, openSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import type { FileSettings } from '../../files/service.ts'
import type { Warning } from '../../http/schemas.ts'
import type { Database } from '../../storage/database.ts'
import { Refusal } from '../../storage/opening/refusal.ts'
import { withCount } from '../../storage/text/with-count.ts'
import { defaultLimits } from '../../threads/limits.ts'
import { pool } from '../../threads/pool.ts'
import type { ProposedStory } from '../proposals/propose.ts'
import { create, digestOf, earlierImports, storedPage } from '../records/create.ts'
import type { Imported } from '../records/schema.ts'
import type { Settings } from '../records/store.ts'
import { systemKinds } from '../systems/kinds.ts'
import { importExport } from '../systems/onrecord/command.ts'
import { pageIn, type ResolvedPath, resolvePath } from './files.ts'
import { importPhotos } from './photos.ts'
import { type Output, progress } from './progress.ts'
import { importSystem, readerFor } from './systems.ts'

const usage = 'Name the files to import: npm run import -- [--as KIND] [--again] [--report FILE] PATH...'
/** Its options; `operations/help.ts` says what each does. */
export const options = {
  as: { type: 'string' },
  system: { type: 'string' },
  publish: { type: 'boolean' },
  moved: { type: 'boolean' },
  dry: { type: 'boolean' },
  'no-quotes': { type: 'boolean' },
  again: { type: 'boolean' },
  accept: { type: 'boolean' },
  report: { type: 'string' }
} as const
const module = new URL('../proposals/propose.ts', import.meta.url).href

/** What became of a file. */
type Outcome = { imported: Imported } | { earlier: { id: string; articleId: string } }

/** What an import works with. */
interface Work {
  db: Database
  settings: Settings
  /** Whether pages are imported that were imported before. */
  again: boolean
  threads: ReturnType<typeof pool>
}

type CommandSettings = Settings & FileSettings & { ONRECORD_TERRITORY?: string }

/** `import [--as KIND] [--again] [--report FILE] PATH...`: whether all could be imported. */
export async function importAll(
  args: string[],
  open: () => Promise<Database>,
  { settings, out, err }: { settings: CommandSettings; out: Output; err: Output }
): Promise<boolean> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  if (positionals.length === 0) throw new Refusal(usage)
  if (values.as === 'onrecord') return importExport(positionals, open, out)
  const names: string[] = ['page', 'photos', ...systemKinds]
  if (values.as !== undefined && !names.includes(values.as))
    throw new Refusal(
      `--as ${values.as}: files can be imported as ${names.join(', ')}, an export of ours as onrecord.`
    )
  const report = values.report === undefined ? undefined : openSync(values.report, 'w')
  const tell = (line: object) => {
    if (report !== undefined) writeSync(report, `${JSON.stringify(line)}\n`)
  }
  if (values.as === 'photos')
    return importPhotos(positionals, open, {
      settings,
      accepts: values.accept ?? false,
      out,
      err,
      tell
    }).finally(() => report !== undefined && closeSync(report))
  const reader = values.as === 'page' ? undefined : await readerFor(positionals, values.as)
  if (reader !== undefined) {
    const { system, publish = false, dry = false, moved = false, 'no-quotes': noQuotes = false } = values
    if (system !== undefined && !/^[a-z0-9][a-z0-9.-]{0,62}$/.test(system))
      throw new Refusal(`--system ${system}: a name in small letters, digits, dots and hyphens.`)
    const { ONRECORD_TERRITORY: territory, ONRECORD_FETCH_PRIVATE: fetchPrivate = 'refuse' } = settings
    const chosen = { system, publish, dry, moved, speech: !noQuotes, territory, fetchPrivate, settings }
    try {
      return await importSystem(positionals, reader, open, chosen, { out, err, tell })
    } finally {
      if (report !== undefined) closeSync(report)
    }
  }
  const paths = positionals.map((path) => resolvePath(path, values.as !== undefined))
  for (const { path, as, problem } of paths) if (problem === undefined) out.write(`${path}: ${as}\n`)
  const db = await open()
  const threads = pool({ ...defaultLimits, threads: availableParallelism() })
  try {
    const work = { db, settings, again: values.again ?? false, threads }
    return await run(work, paths, { out, err, tell, isReported: report !== undefined })
  } finally {
    await threads.close()
    await db.close()
    if (report !== undefined) closeSync(report)
  }
}

/** Where it is told what became of the files. */
interface Reporting {
  out: Output
  err: Output
  /** A line of the report. */
  tell(line: object): void
  isReported: boolean
}

/** Imports the files of these paths, as many at once as there are cores. */
async function run(
  work: Work,
  paths: ResolvedPath[],
  { out, err, tell, isReported }: Reporting
): Promise<boolean> {
  const files = [...new Set(paths.flatMap(({ files }) => files))]
  const shown = progress(out, err, files.length)
  const counts = { imported: 0, before: 0, failed: 0, warnings: 0 }
  const fail = (file: string, message: string, line: string) => {
    counts.failed++
    tell({ file, code: 'not-imported', detail: message, words: '' })
    return line
  }
  for (const { path, problem } of paths)
    if (problem !== undefined) err.write(`${fail(path, problem, problem)}\n`)
  const queue = files.values()
  const next = async () => {
    for (const file of queue)
      try {
        const outcome = await importOne(work, file)
        if ('earlier' in outcome) counts.before++
        else {
          counts.imported++
          counts.warnings += outcome.imported.warnings.length
          for (const line of reported(file, outcome.imported)) tell(line)
        }
        shown.done(lines(file, outcome, isReported))
      } catch (error) {
        const { message } = error as Error
        shown.failed(fail(file, message, `${file}: ${message}`))
      }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, next))
  shown.end()
  out.write(
    `${withCount(counts.imported, 'page')} imported, ${counts.before} imported before, ${counts.failed} failed; ${withCount(counts.warnings, 'warning')}.\n`
  )
  return counts.failed === 0
}

/** Imports one file, unless a page of the same content was imported before. */
async function importOne({ db, settings, again, threads }: Work, file: string): Promise<Outcome> {
  const page = pageIn(file, await readFile(file))
  const digest = digestOf(page.content)
  const [earlier] = again ? [] : await earlierImports(db.read, { digest })
  if (earlier) return { earlier }
  const proposal: ProposedStory = JSON.parse(
    await threads.run({ module, name: 'propose', input: page }, 'unprocessable')
  )
  const kept = await storedPage(page, settings, file)
  return db.write('command line', async (tx) => {
    // The same page may be among the files twice.
    const [earlier] = again ? [] : await earlierImports(tx, { digest })
    return earlier ? { earlier } : { imported: await create(tx, proposal, kept, settings) }
  })
}

const reported = (file: string, { import: { id }, article, warnings }: Imported) =>
  warnings.map((warning: Warning) => ({ file, import: id, article: article.id, ...warning }))

/** What is said of a file; its warnings, where no report has them. */
function lines(file: string, outcome: Outcome, isReported: boolean): string[] {
  if ('earlier' in outcome) {
    const { id, articleId } = outcome.earlier
    return [`${file}: imported before, as ${id} into ${articleId}; --again imports it once more`]
  }
  const { article, quotes, warnings } = outcome.imported
  const first = `${file}: ${article.id} "${article.title}", ${withCount(quotes.length, 'quote')}`
  return [first, ...(isReported ? [] : warnings.map(({ detail, words }) => `  ${detail} (${words})`))]
}
