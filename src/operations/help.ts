// What the command line says of itself.

import { type Config, settings, trial } from '../config/config.ts'
import { systemKinds } from '../importing/systems/kinds.ts'

interface Command {
  /** How it is called, after its name. */
  form?: string
  does: string
  /** Each option, and what it does. */
  options?: Record<string, string>
  /** Whether it reads all settings; the others only need to know where the database is. */
  serves?: true
  /** Others that it reads. */
  reads?: (keyof Config)[]
}

/** Where the files of media are. */
const store: (keyof Config)[] = [
  'ONRECORD_FILES',
  'ONRECORD_S3_ENDPOINT',
  'ONRECORD_S3_REGION',
  'ONRECORD_S3_ADDRESSING',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN'
]

const commands: Record<string, Command> = {
  start: { does: 'serve, to try it on this machine; a new database gets the sample newsroom', serves: true },
  serve: { does: 'serve; what production runs', serves: true },
  import: {
    form: 'PATH...',
    does: 'read saved news pages (.html, .htm, .txt), folders of them, or the export of another system, into drafts; or take pictures',
    options: {
      '--as page': 'read files of other names, too',
      '--as photos': 'take pictures, and folders of them, as media; the same bytes once',
      '--accept': 'take over what pictures say of themselves: credit, caption, place',
      '--as KIND': `read the files of an export; told by what they hold, if left out: ${systemKinds.join(', ')}`,
      '--system NAME': 'the system of the external ids, where two sites come from systems of one kind',
      '--moved': 'the site is the one that was imported, at another address',
      '--publish': 'publish what was published there, if its checks pass',
      '--no-quotes': 'do not look for quotes, claims and their speakers in an export',
      '--dry': 'read the export, and write nothing',
      '--as onrecord': 'make the newsroom of an export in an empty database',
      '--again': 'import pages that were imported before',
      '--report FILE': 'write the warnings, and what could not be kept, as JSON Lines'
    },
    reads: [...store, 'ONRECORD_FILE_MB', 'ONRECORD_FILES_MB', 'ONRECORD_C2PA_ANCHORS']
  },
  labels: { form: 'FILE', does: 'write what was decided on imports as JSON Lines' },
  token: {
    form: '--role ROLE --name NAME',
    does: 'issue a token, and print it once',
    options: {
      '--role ROLE': 'viewer, contributor, editor, moderator or admin',
      '--name NAME': 'whose it is: the change log names its holder so'
    }
  },
  backup: {
    form: 'FILE',
    does: 'copy the database while it is in use',
    options: { '--force': 'replace FILE' },
    reads: [...store, 'ONRECORD_BACKUP_FILES']
  },
  export: {
    form: 'DIR|FILE.jsonl',
    does: 'write everything as JSON Lines, and go on where that was interrupted',
    options: {
      '--force': 'replace what is there',
      '--private': 'private fields of sources and reports of readers, too'
    }
  },
  restore: {
    form: 'FILE',
    does: 'put a backup in the place of the database',
    options: {
      '--force': 'although changes are lost; the database is kept under another name',
      '--unchecked': 'without a SHA-256 beside FILE'
    },
    reads: store
  },
  media: {
    form: 'verify|orphans|rebuild-renditions',
    does: 'hold the records of files against their bytes (it ends with 1 where they differ), tell of bytes that no record names, or make renditions anew that are not as they were',
    options: {
      'verify --quick': 'count the bytes, and read none',
      'orphans --remove': 'remove those older than a day',
      'rebuild-renditions --all': 'make all renditions anew'
    },
    reads: [...store, 'ONRECORD_THREADS', 'ONRECORD_BACKUP_FILES']
  },
  move: {
    form: 'FROM TO',
    does: 'move a newsroom from a file of SQLite (file:PATH) to an empty database of PostgreSQL (postgres://HOST/NAME), or back, and hold every table against the old one',
    reads: ['ONRECORD_FILES']
  },
  reset: {
    does: 'remove the sample newsroom with all that was done to it; the next start makes a new one',
    options: { '--force': 'remove the database that DATABASE_URL names' }
  },
  openapi: { form: '[FILE]', does: 'write the OpenAPI document to FILE, or to standard output' }
}

const columns = (rows: [string, string][]) => {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join('\n')
}

const called = (name: string) => [name, commands[name]!.form].filter(Boolean).join(' ')

/** All commands. */
export const usage = () => `onrecord COMMAND

${columns(Object.entries(commands).map(([name, { does }]) => [called(name), does]))}

npm runs them: npm start, npm run serve, npm run token -- --role editor --name "The night desk".
Options of one command: npm run COMMAND -- --help`

/** One command, its options and its settings. */
export function helpOf(name: string): string {
  const { does, options } = commands[name]!
  const [form, rest = ''] = called(name).split(/ (.*)/)
  const npm = name === 'start' ? 'npm start' : `npm run ${form}`
  const parts = [`${[npm, rest].filter(Boolean).join(' -- ')}\n\n  ${does}`]
  if (options) parts.push(columns(Object.entries(options)))
  parts.push(
    `Settings are variables of the environment (PORT=3001 npm start):`,
    columns(settingsOf(name, commands[name]!))
  )
  return parts.join('\n\n')
}

function settingsOf(name: string, { serves, reads = [] }: Command) {
  const own: Record<string, string> = name === 'start' || name === 'reset' ? trial : {}
  return settings
    .filter((one) => serves || one.name === 'DATABASE_URL' || reads.some((name) => name === one.name))
    .map(({ name, description, standard }): [string, string] => {
      const value = own[name] ?? standard
      return [name, `${description}${value === undefined ? '' : ` [${value}]`}`]
    })
}
