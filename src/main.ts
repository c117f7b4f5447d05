// The command line: start, serve, import, labels, token, backup, restore, export, media, move, reset, openapi.
import cluster from 'node:cluster'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { secretBeside } from './access/secret-file.ts'
import type { Role } from './access/tokens/schema.ts'
import * as tokens from './access/tokens/store.ts'
import { BadConfiguration, type Config, readConfig, trial } from './config/config.ts'
import { checkOneFolder, checkStore, folderOf } from './files/blobs/open.ts'
import { HttpProblem } from './http/problems.ts'
import type { Output } from './importing/commands/progress.ts'
import { checkTransfer } from './importing/systems/onrecord/transfer.ts'
import { announce } from './operations/announce.ts'
import { backupTo, exportAll, restoreFrom } from './operations/backups/commands.ts'
import { helpOf, usage } from './operations/help.ts'
import { checkPort } from './operations/port.ts'
import { shutdown } from './operations/shutdown.ts'
import * as workers from './operations/workers.ts'
import { rebuild } from './publishing/compile/rebuild.ts'
import { checkWhileServing } from './storage/opening/check-while-serving.ts'
import { openDatabase } from './storage/opening/open.ts'
import type { OpenedDatabase as Opened } from './storage/opening/opened.ts'
import { Refusal } from './storage/opening/refusal.ts'
import { checkServed } from './storage/opening/settings.ts'
import { fileOf, open } from './storage/sqlite/open.ts'
import { removeDatabase } from './storage/sqlite/remove.ts'
import { withCount } from './storage/text/with-count.ts'

/** Where a command finds its settings, and where it writes. `process` is one. */
export interface Terminal {
  env: NodeJS.ProcessEnv
  stdout: Output
  stderr: Output
}

/** What a command works with. */
interface Context {
  config: Config
  terminal: Terminal
  /** Prints a line on standard output. */
  say: (line: string) => void
  /** What the process ends with, where nothing is thrown. */
  exitCode: number
}

const commands: Record<string, (args: string[], context: Context) => Promise<void>> = {
  start,
  serve,
  import: importFiles,
  labels,
  token,
  backup: (args, { config, say }) => backupTo(args, config, say),
  restore: (args, { config, say }) => restoreFrom(args, config, say),
  export: (args, { config, say }) => exportAll(args, config, say),
  media: mediaFiles,
  move: moveNewsroom,
  reset,
  openapi
}

/** Opens the database, and recompiles what an older release published. */
async function opened({ config, say }: Context): Promise<Opened> {
  checkServed(config)
  const db = await openDatabase(config.DATABASE_URL, undefined, {
    isChecked: cluster.isWorker,
    checkFirstLimit: config.ONRECORD_CHECK_FIRST_MB * 2 ** 20,
    isReplicated: config.ONRECORD_DURABILITY === 'replicated',
    files: folderOf(config)
  })
  if (db.migrated) {
    say(
      'What an older release published is compiled anew, and made searchable: this goes on where it is ended.'
    )
    say(`Compiled anew for this release: ${withCount(await rebuild(db), 'published article')}.`)
  }
  return db
}

/** The secret from which the keys of hashes and encryption are derived. */
const secretOf = ({ file }: Opened, config: Config) => config.ONRECORD_SECRET ?? secretBeside(file!)

async function start(args: string[], context: Context) {
  const { config, say } = context
  await checkStart('start', args, config)
  const db = await opened(context)
  if (db.created) {
    const { loadSample } = await import('./operations/sample.ts')
    const articles = await loadSample(db, `http://127.0.0.1:${config.PORT || 3000}`)
    say(`A sample newsroom of ${articles} articles has been loaded.`)
    if (!config.ONRECORD_ADMIN_TOKEN) await issue(db, 'admin', 'First start', say)
  }
  await listen(db, 'start', context)
}

async function serve(args: string[], context: Context) {
  await checkStart('serve', args, context.config)
  await listen(await opened(context), 'serve', context)
}

/** Refuses options, a port in use and a bucket that cannot be used, before anything is opened or loaded. */
async function checkStart(command: string, args: string[], config: Config) {
  if (args.length > 0)
    throw new Refusal(
      `${command} takes no options, and was given ${args.join(' ')}: settings are variables of the environment (PORT=3001)`
    )
  const npm = command === 'start' ? 'npm start' : `npm run ${command}`
  if (cluster.isPrimary) await Promise.all([checkPort(config.HOST, config.PORT, npm), checkStore(config)])
}

async function listen(db: Opened, command: string, context: Context) {
  await checkTransfer(db.read)
  const processes = workers.processCount(context.config.ONRECORD_WORKERS)
  if (cluster.isWorker) workers.reportListening(await serving(db, context))
  else if (processes === 1) announced(await serving(db, context), db.where, context)
  else {
    await db.close()
    announced(await workers.serveWithWorkers(processes, command), db.where, context, processes)
  }
  if (db.checkInBackground) void checkWhileServing(db.where, db.checkInBackground)
}

/** Serves in this process until a signal, or the primary's message. Answers the address. */
async function serving(db: Opened, { config }: Context): Promise<string> {
  await checkOneFolder(db, config)
  const { build } = await import('./app.ts')
  const { compileBodies } = await import('./http/input/validation.ts')
  const app = await build(db, { ...config, ONRECORD_SECRET: secretOf(db, config) })
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

const announced = (address: string, where: string, { config, say }: Context, processes?: number) =>
  announce(config, { address, where, processes, standard: standardFile() }, say)

/** The file of commands that are given no other. */
const standardFile = () => fileOf(defaultsOf('token').DATABASE_URL ?? readConfig({}).DATABASE_URL)

async function importFiles(args: string[], context: Context) {
  const { stdout: out, stderr: err } = context.terminal
  const settings = context.config
  const { importAll } = await import('./importing/commands/import.ts')
  if (!(await importAll(args, () => opened(context), { settings, out, err }))) context.exitCode = 1
}

async function mediaFiles(args: string[], context: Context) {
  const { media } = await import('./operations/backups/media-files.ts')
  if (!(await media(args, () => opened(context), context))) context.exitCode = 1
}

async function moveNewsroom(args: string[], { config, say }: Context) {
  const { move } = await import('./operations/backups/moving/move.ts')
  await move(args, config, say)
}

async function labels(args: string[], context: Context) {
  const { writeLabels } = await import('./importing/commands/labels.ts')
  context.say(`${await writeLabels(args, () => opened(context))} reviewed imports have been written.`)
}

async function token(args: string[], context: Context) {
  const { values } = parseArgs({ args, options: { role: { type: 'string' }, name: { type: 'string' } } })
  const roles = ['viewer', 'contributor', 'editor', 'moderator', 'admin']
  if (!values.name || !roles.includes(String(values.role))) {
    throw new Refusal(`npm run token -- --role ${roles.join('|')} --name NAME`)
  }
  const db = await opened(context)
  await issue(db, values.role as Role, values.name, context.say).finally(() => db.close())
  context.say(`Database: ${db.where}`)
}

async function reset(args: string[], { config, terminal, say }: Context) {
  const { values } = parseArgs({ args, options: { force: { type: 'boolean' } } })
  const file = fileOf(config.DATABASE_URL)
  if (terminal.env.DATABASE_URL && !values.force)
    throw new Refusal(`DATABASE_URL names ${file}: npm run reset -- --force removes it, for good`)
  say(
    removeDatabase(file)
      ? `${file} is removed: npm start makes a new sample newsroom.`
      : `There is no ${file}.`
  )
}

async function issue(db: Opened, role: Role, name: string, say: Context['say']) {
  const { token } = await db.write('command line', (tx) => tokens.create(tx, { role, name }))
  say(`Token (${role}), shown this once: ${token}`)
}

async function openapi([file]: string[], { config, terminal }: Context) {
  const folder = mkdtempSync(join(tmpdir(), 'onrecord-'))
  const { build } = await import('./app.ts')
  const { written } = await import('./http/server/document/collect.ts')
  const empty = open(`file:${join(folder, 'empty.db')}`)
  const app = await build(empty, { ...config, ONRECORD_SECRET: secretOf(empty, config) })
  const document = written(app.swagger())
  await app.close()
  rmSync(folder, { recursive: true })
  if (file === undefined) terminal.stdout.write(document)
  else writeFileSync(file, document)
}

/** Whether the message of an error suffices for the operator, without a stack trace. */
function isPlain(error: unknown): error is Error {
  const kinds = [Refusal, HttpProblem, BadConfiguration, workers.WorkerStartError]
  if (kinds.some((kind) => error instanceof kind)) return true
  const { syscall, code } = error as NodeJS.ErrnoException
  return syscall !== undefined || String(code).startsWith('ERR_PARSE_ARGS')
}

/**
 * The defaults of a command. `start` has a database of its own, so that the sample never gets into production; the tools
 * use that of `serve`, or the sample's where it is the only one.
 */
function defaultsOf(command: string): Partial<Config> {
  if (command === 'start' || command === 'reset') return trial
  const { DATABASE_URL } = trial
  const isOnly = existsSync(fileOf(DATABASE_URL)) && !existsSync(fileOf(readConfig({}).DATABASE_URL))
  return command !== 'serve' && isOnly ? { DATABASE_URL } : {}
}

/** Runs what the command line says. Answers the exit code; a server goes on after it. */
export async function main([name = 'help', ...args]: string[], terminal: Terminal): Promise<number> {
  const say = (line: string) => void terminal.stdout.write(`${line}\n`)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  const isHelp = ['help', '--help', '-h'].includes(name)
  try {
    const context = { config: readConfig(terminal.env, defaultsOf(name)), terminal, say, exitCode: 0 }
    if (command && args.some((one) => one === '--help' || one === '-h')) say(helpOf(name))
    else if (command) await command(args, context)
    else say(usage())
    return command || isHelp ? context.exitCode : 1
  } catch (error) {
    if (!isPlain(error)) throw error
    if (cluster.isWorker) workers.reportRefusal(error.message)
    else terminal.stderr.write(`${error.message}\n`)
    return 1
  }
}
