// The command line: start, serve, import, labels, token, backup, restore, openapi.
import cluster from 'node:cluster'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { secretBeside } from './access/secret-file.ts'
import type { Role } from './access/tokens/schema.ts'
import * as tokens from './access/tokens/store.ts'
import { build } from './app.ts'
import { BadConfiguration, type Config, readConfig } from './config.ts'
import { compileBodies } from './http/input/validation.ts'
import { HttpProblem } from './http/problems.ts'
import { written } from './http/server/document/collect.ts'
import { importAll } from './importing/commands/import.ts'
import { writeLabels } from './importing/commands/labels.ts'
import { backupTo, restoreFrom } from './operations/backups/commands.ts'
import { shutdown } from './operations/shutdown.ts'
import * as workers from './operations/workers.ts'
import { rebuild } from './publishing/compile/rebuild.ts'
import { type Opened, open, Refusal } from './storage/sqlite/open.ts'

const usage = `onrecord COMMAND

  start                          serve; a new database gets the sample newsroom
  serve                          serve; what production runs
  import PATH...                 read saved news pages (.html, .htm, .txt), or folders of them, into drafts;
                                 --as page for files of other names, --again for pages imported before,
                                 --report FILE for the warnings as JSON Lines
  labels FILE                    write what was decided on imports as JSON Lines
  token --role ROLE --name NAME  issue a token: contributor, editor, moderator or admin
  backup FILE                    copy the database while it is in use; --force to replace FILE
  restore FILE                   put a backup in the place of the database; --force although changes are lost,
                                 --unchecked without a SHA-256 beside FILE
  openapi [FILE]                 write the OpenAPI document to FILE, or to standard output`

let config: Config
const say = (line: string) => process.stdout.write(`${line}\n`)

const commands: Record<string, (args: string[]) => Promise<void>> = {
  start,
  serve,
  import: importFiles,
  labels: async (args) => void say(`${await writeLabels(args, opened)} reviewed imports have been written.`),
  token,
  backup: (args) => backupTo(args, config, say),
  restore: (args) => restoreFrom(args, config, say),
  openapi
}

/** Opens the database, and recompiles what an older release published. */
async function opened(): Promise<Opened> {
  const db = open(config.DATABASE_URL, undefined, {
    isChecked: cluster.isWorker,
    checkFirstLimit: config.ONRECORD_CHECK_FIRST_MB * 2 ** 20
  })
  if (db.migrated) {
    say(
      'What an older release published is compiled anew, and made searchable: this goes on where it is ended.'
    )
    say(`${await rebuild(db)} published articles have been compiled anew for this release.`)
  }
  return db
}

/** The secret from which the keys of hashes and encryption are derived. */
const secretOf = ({ file }: Opened) => config.ONRECORD_SECRET ?? secretBeside(file)

async function start() {
  const db = await opened()
  if (db.created) {
    const { loadSample } = await import('./operations/sample.ts')
    const articles = await loadSample(db)
    say(`A sample newsroom of ${articles} articles has been loaded.`)
    if (!config.ONRECORD_ADMIN_TOKEN) await issue(db, 'admin', 'First start')
  }
  await listen(db)
}

async function serve() {
  await listen(await opened())
}

async function listen(db: Opened) {
  const processes = workers.processCount(config.ONRECORD_WORKERS)
  if (cluster.isWorker) workers.reportListening(await serving(db))
  else if (processes === 1) announce(await serving(db), db.file)
  else {
    await db.close()
    announce(await workers.serveWithWorkers(processes), db.file)
    say(`Processes            ${processes}`)
  }
  if (db.checkInBackground) void checkWhileServing(db.file, db.checkInBackground)
}

/** Checks the database while serving, and shuts down, as on a signal, if it is damaged. */
async function checkWhileServing(file: string, through: () => Promise<void>) {
  // Standard output may be closed by its reader after the address: later messages go to standard error.
  const tell = (line: string) => process.stderr.write(`${line}\n`)
  tell(`Looking through ${file} for damage while it is served`)
  try {
    await through()
    tell(`Found no damage in ${file}`)
  } catch (error) {
    tell((error as Error).message)
    if (!(error instanceof Refusal)) return
    process.exitCode = 1
    process.kill(process.pid, 'SIGTERM')
  }
}

/** Serves in this process until a signal, or the primary's message. Answers the address. */
async function serving(db: Opened): Promise<string> {
  const app = await build(db, { ...config, ONRECORD_SECRET: secretOf(db) })
  const { stop, retire, fail } = shutdown(app)
  if (cluster.isWorker) workers.retireOnMessage(retire)
  const address = await app.listen({ host: config.HOST, port: config.PORT })
  void compileBodies()
  // Signals may arrive twice: a terminal sends them to the process group, npm and the primary forward them.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop())
  // Unhandled rejections are reported here too.
  process.on('uncaughtException', fail)
  return address
}

function announce(address: string, file: string) {
  say(`On Record listens on ${address}`)
  say(`API documentation    ${address}/docs`)
  say(`Database             ${file}`)
}

async function importFiles(args: string[]) {
  const { stdout: out, stderr: err } = process
  if (!(await importAll(args, opened, { settings: config, out, err }))) process.exitCode = 1
}

async function token(args: string[]) {
  const { values } = parseArgs({ args, options: { role: { type: 'string' }, name: { type: 'string' } } })
  const roles = ['viewer', 'contributor', 'editor', 'moderator', 'admin']
  if (!values.name || !roles.includes(String(values.role))) {
    throw new Refusal(`npm run token -- --role ${roles.join('|')} --name NAME`)
  }
  const db = await opened()
  await issue(db, values.role as Role, values.name)
  await db.close()
}

async function issue(db: Opened, role: Role, name: string) {
  const { token } = await db.write('command line', (tx) => tokens.create(tx, { role, name }))
  say(`Token (${role}), shown this once: ${token}`)
}

async function openapi([file]: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'onrecord-'))
  const empty = open(`file:${join(folder, 'empty.db')}`)
  const app = await build(empty, { ...config, ONRECORD_SECRET: secretOf(empty) })
  const document = written(app.swagger())
  await app.close()
  rmSync(folder, { recursive: true })
  if (file === undefined) process.stdout.write(document)
  else writeFileSync(file, document)
}

/** Whether the message of an error suffices for the operator, without a stack trace. */
function isPlain(error: unknown): error is Error {
  if (
    [Refusal, HttpProblem, BadConfiguration, workers.WorkerStartError].some((kind) => error instanceof kind)
  )
    return true
  const { syscall, code } = error as NodeJS.ErrnoException
  return syscall !== undefined || String(code).startsWith('ERR_PARSE_ARGS')
}

const [name = 'help', ...args] = process.argv.slice(2)
const command = commands[name]
try {
  config = readConfig(process.env)
  if (command) await command(args)
  else say(usage)
  if (!command && name !== 'help') process.exitCode = 1
} catch (error) {
  if (!isPlain(error)) throw error
  process.exitCode = 1
  if (cluster.isWorker) workers.reportRefusal(error.message)
  else process.stderr.write(`${error.message}\n`)
}
