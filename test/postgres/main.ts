// `npm run test:postgres`: all tests that are not about SQLite, or those that are named, on one PostgreSQL server.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { basename } from 'node:path'
import { given, server } from './server.ts'

/** Which tests do not run on PostgreSQL, and why. */
const reasons = {
  'they are about the file of SQLite, its backups and exports, and commands and processes over it':
    'backup durability export-requests exporting exports import-command integrity-check main media-backups media-lifecycle photo-import shutdown storage upgrade whole-exports workers',
  'they ask no database': 'body-writers imports picture-metadata picture-reading provenance-model',
  'they start servers of PostgreSQL themselves': 'moving postgres postgres-nodes',
  'they are about the program, not what is stored': 'client docs fuzz load-shedding openapi threads'
}

const elsewhere = new Set(
  Object.values(reasons)
    .join(' ')
    .split(' ')
    .map((name) => `${name}.test.ts`)
)

const named = process.argv.slice(2)
const files = globSync('test/*.test.ts').filter((file) => !elsewhere.has(basename(file)))
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
