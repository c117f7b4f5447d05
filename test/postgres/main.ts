// `npm run test:postgres`: all tests that are not about SQLite, on one PostgreSQL server; with `--short`, what asks most of
// the database. After them those that start servers themselves, with the coverage gate: what they reach is added to what the
// last `npm test` reached. Or the files that are named.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { basename } from 'node:path'
import { filesNamed, filesOf, ofPostgres, suite } from '../runner/files.ts'
import { temporary } from '../runner/temporary.ts'
import { given, server } from './server.ts'

/** Which files of tests do not run on PostgreSQL, and why. */
const reasons = {
  backup: 'backups are copies of the file of SQLite, and refused on PostgreSQL',
  durability: 'it kills the program over a file of SQLite, and damages that file',
  'export-requests': 'exports are written from a copy of the file of SQLite, and refused on PostgreSQL',
  exporting: 'exports are written from a copy of the file of SQLite, and refused on PostgreSQL',
  'import-command': 'it runs the command of a process over a file of SQLite that it looks into',
  'integrity-check': 'it damages the file of SQLite',
  'load-shedding':
    'it measures how long requests hold the event loop, which those on PostgreSQL do not while they wait',
  main: 'it starts the program over a file of SQLite',
  'media-backups': 'backups are copies of the file of SQLite, and refused on PostgreSQL',
  'media-lifecycle': 'it kills processes over a file of SQLite',
  moving: 'it moves between SQLite and servers of PostgreSQL of its own',
  'photo-import': 'it runs the command over a file of SQLite',
  shutdown: 'it ends processes over a file of SQLite, and looks at what they left of it',
  storage: 'it is about the file of SQLite',
  upgrade: 'it is about files of SQLite of older releases',
  workers: 'it starts processes over a file of SQLite, whose locks it takes'
}

/** What `--short` runs, and so does CI: writes, lists, search, caches and erasing, some three minutes of two busy cores. */
const short = filesNamed(
  'batch changes comments commenters deliveries desk-search error-reports export-imports feeds history idempotency invalidation lists-and-search locks merges moderation multilingual-search newsstand posting previews publishing republishing reviews rights secrecy tokens'
)

const args = process.argv.slice(2)
const named = filesOf(args.filter((arg) => !arg.startsWith('--')))
const onOneServer = args.includes('--short')
  ? short
  : suite.filter((file) => !(basename(file, '.test.ts') in reasons))
process.env.TMPDIR = temporary()

const fileOnly = named.map((file) => basename(file, '.test.ts')).filter((name) => name in reasons)
if (fileOnly.length > 0) {
  for (const name of fileOnly)
    console.error(`${name} does not run on PostgreSQL: ${reasons[name as keyof typeof reasons]}.`)
  process.exit(1)
}

/** Runs these files; answers whether all is well. */
async function run(files: string[], more: NodeJS.ProcessEnv): Promise<boolean> {
  const options = ['--disable-warning=ExperimentalWarning', 'test/runner/run.ts']
  const child = spawn(process.execPath, [...options, ...files], {
    stdio: 'inherit',
    env: { ...process.env, ...more }
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code === 0
}

const shared = named.length > 0 ? named.filter((file) => !ofPostgres.includes(file)) : onOneServer
const alone = named.length > 0 ? named.filter((file) => ofPostgres.includes(file)) : ofPostgres
let ok = true
if (shared.length > 0) {
  const { port } = await server()
  ok = await run(shared, { [given]: String(port) })
}
if (alone.length > 0) ok = (await run([...alone, ...(named.length > 0 ? [] : ['--add-coverage'])], {})) && ok
process.exit(ok ? 0 : 1)
