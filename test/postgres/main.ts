// `npm run test:postgres`: all tests that are not about SQLite, on one PostgreSQL server; with `--short`, what asks most of
// the database; or the files that are named.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { basename } from 'node:path'
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
  postgres: 'it starts servers of PostgreSQL itself',
  'postgres-failover': 'it starts servers of PostgreSQL itself, and kills them',
  'postgres-jobs': 'it starts processes over databases of its own, and kills them',
  'postgres-nodes': 'it starts servers of PostgreSQL itself',
  shutdown: 'it ends processes over a file of SQLite, and looks at what they left of it',
  storage: 'it is about the file of SQLite',
  upgrade: 'it is about files of SQLite of older releases',
  workers: 'it starts processes over a file of SQLite, whose locks it takes'
}

/** What `--short` runs, and so does CI: writes, lists, search, caches and erasing, some three minutes of two busy cores. */
const short =
  'batch changes comments commenters deliveries desk-search error-reports export-imports feeds history idempotency invalidation lists-and-search locks merges moderation multilingual-search newsstand posting previews publishing republishing reviews rights secrecy tokens'
    .split(' ')
    .map((name) => `test/${name}.test.ts`)

const args = process.argv.slice(2)
const named = args.includes('--short') ? short : args
const files = globSync('test/*.test.ts').filter((file) => !(basename(file, '.test.ts') in reasons))
process.env.TMPDIR = temporary()
const { port } = await server()
const child = spawn(
  process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    'test/runner/run.ts',
    ...(named.length > 0 ? named : files.sort())
  ],
  { stdio: 'inherit', env: { ...process.env, [given]: String(port) } }
)
const [code] = (await once(child, 'exit')) as [number | null]
process.exit(code ?? 1)
