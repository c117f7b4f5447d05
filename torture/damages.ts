// Everything that can happen to the files of a newsroom while nobody serves it, and what the next start must say.
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { name, type Scenes } from './scenes.ts'

/** One thing that happened, to a copy of a newsroom. */
export interface Damage {
  name: string
  /** To which newsroom it happened. */
  to: 'killed' | 'closed' | 'other' | 'nothing'
  make(file: string, scenes: Scenes): void
  /** What the start is refused with; null where the newsroom is served as if nothing had happened. */
  refusal: RegExp | null
  /** Whether it is another user who starts. */
  asNobody?: boolean
}

const page = 4096
const write = (file: string, from: number, bytes: Buffer) => {
  const all = readFileSync(file)
  bytes.copy(all, from)
  writeFileSync(file, all)
}
const zero = (file: string, from: number, length: number) => write(file, from, Buffer.alloc(length))
const flip = (file: string, at: number) => write(file, at, Buffer.from([readFileSync(file)[at]! ^ 0x55]))
const cut = (file: string, share: number) => truncateSync(file, Math.floor(statSync(file).size * share))

const lacks = /lacks change \d+ \(\S+ create token tok_\w+\), which was acknowledged/
const damaged = /is damaged: |cannot be opened: (database disk image is malformed|file is not a database)/
const either = new RegExp(`${lacks.source}|${damaged.source}`)
const log = (file: string) => `${file}-wal`

export const damages: Damage[] = [
  { name: 'nothing at all', to: 'killed', make: () => {}, refusal: null },
  { name: 'an empty file', to: 'closed', make: (file) => truncateSync(file), refusal: /is empty/ },
  {
    name: 'an empty file beside its log',
    to: 'killed',
    make: (file) => truncateSync(file),
    refusal: /is empty/
  },
  { name: 'a file cut in half', to: 'closed', make: (file) => cut(file, 0.5), refusal: damaged },
  {
    name: 'a file cut in half beside its log',
    to: 'killed',
    make: (file) => cut(file, 0.5),
    refusal: either
  },
  {
    name: 'a file cut within its header',
    to: 'closed',
    make: (file) => truncateSync(file, 60),
    refusal: damaged
  },
  { name: 'a header of zeros', to: 'closed', make: (file) => zero(file, 0, 100), refusal: damaged },
  {
    name: 'a header of another format',
    to: 'closed',
    make: (file) => write(file, 0, Buffer.from('PDF')),
    refusal: damaged
  },
  { name: 'a first page of zeros', to: 'closed', make: (file) => zero(file, 0, page), refusal: damaged },
  { name: 'pages of zeros', to: 'closed', make: (file) => zero(file, 8 * page, 3 * page), refusal: damaged },
  {
    name: 'text in the place of a file',
    to: 'nothing',
    make: (file) => writeFileSync(file, 'x'.repeat(5000)),
    refusal: damaged
  },
  { name: 'a folder', to: 'nothing', make: (file) => void mkdirSync(file), refusal: /cannot be opened/ },
  {
    name: 'a link to itself',
    to: 'nothing',
    make: (file) => symlinkSync(file, file),
    refusal: /cannot be opened: ELOOP/
  },
  {
    name: 'a link that leads nowhere',
    to: 'nothing',
    make: (file) => symlinkSync('/nowhere/news.db', file),
    refusal: /cannot be opened: ENOENT/
  },
  {
    name: 'a file nobody may read',
    to: 'closed',
    make: (file) => chmodSync(file, 0),
    refusal: /cannot be opened/,
    asNobody: true
  },
  {
    name: 'a file nobody may write',
    to: 'closed',
    make: (file) => chmodSync(file, 0o444),
    refusal: /cannot be opened/,
    asNobody: true
  },
  {
    name: 'the database of another program',
    to: 'nothing',
    make: (file) => void new Sqlite(file).exec('create table recipes (name)').close(),
    refusal: /is a database, but not one of On Record/
  },
  {
    name: 'the database of a newer release',
    to: 'closed',
    make: (file) =>
      void new Sqlite(file)
        .exec("insert into __drizzle_migrations (hash, created_at) values ('x', 9999999999999)")
        .close(),
    refusal: /was written by a newer release/
  },
  {
    name: 'no file beside its log',
    to: 'killed',
    make: (file) => rmSync(file),
    refusal: /is missing but its write-ahead log/
  },
  {
    name: 'no file beside its mark',
    to: 'closed',
    make: (file) => rmSync(file),
    refusal: /is missing but its mark/
  },
  {
    name: 'the database of another newsroom',
    to: 'closed',
    make: (file, { other }) => copyFileSync(join(other, name), file),
    refusal: either
  },
  {
    name: 'the database of another newsroom beside the log',
    to: 'killed',
    make: (file, { other }) => copyFileSync(join(other, name), file),
    refusal: either
  },
  {
    name: 'a backup in the place of the database',
    to: 'closed',
    make: (file, { backup }) => copyFileSync(backup, file),
    refusal: lacks
  },
  { name: 'no log', to: 'killed', make: (file) => rmSync(log(file)), refusal: either },
  { name: 'an empty log', to: 'killed', make: (file) => truncateSync(log(file)), refusal: either },
  { name: 'a log cut in half', to: 'killed', make: (file) => cut(log(file), 0.5), refusal: either },
  {
    name: 'a log cut within its last page',
    to: 'other',
    make: (file) => cut(log(file), 0.999),
    refusal: either
  },
  {
    name: 'a log with another byte in its middle',
    to: 'killed',
    make: (file) => flip(log(file), 9 * (page + 24) + 500),
    refusal: either
  },
  { name: 'a log with another header', to: 'killed', make: (file) => flip(log(file), 17), refusal: either },
  {
    name: 'a log of zeros',
    to: 'killed',
    make: (file) => zero(log(file), 0, statSync(log(file)).size),
    refusal: either
  },
  {
    name: 'the log of another newsroom',
    to: 'killed',
    make: (file, { other }) => copyFileSync(join(other, log(name)), log(file)),
    refusal: either
  },
  {
    name: 'the log of another newsroom beside a closed one',
    to: 'closed',
    make: (file, { other }) => copyFileSync(join(other, log(name)), log(file)),
    refusal: either
  },
  {
    name: 'an older log of its own',
    to: 'killed',
    make: (file, { staleLog }) => copyFileSync(staleLog, log(file)),
    refusal: either
  },
  {
    name: 'an older log of its own beside a closed one',
    to: 'closed',
    make: (file, { staleLog }) => copyFileSync(staleLog, log(file)),
    refusal: either
  },
  {
    name: 'an index of the log full of garbage',
    to: 'killed',
    make: (file) => writeFileSync(`${file}-shm`, Buffer.alloc(32768, 0xa5)),
    refusal: null
  },
  { name: 'no mark', to: 'killed', make: (file) => rmSync(`${file}.mark`), refusal: null },
  {
    name: 'a mark that was being made',
    to: 'killed',
    make: (file) => truncateSync(`${file}.mark`),
    refusal: null
  },
  {
    name: 'an older mark',
    to: 'killed',
    make: (file) => writeFileSync(`${file}.mark`, markOf(file, 3)),
    refusal: null
  },
  {
    name: 'a mark of nothing known',
    to: 'killed',
    make: (file) => writeFileSync(`${file}.mark`, 'garbage\n'),
    refusal: /its mark \S+ is damaged/
  }
]

function markOf(file: string, seq: number): string {
  const connection = new Sqlite(file, { readonly: true })
  const row = connection
    .prepare('select seq, at, action, kind, id from changes where seq = ?')
    .raw()
    .get(seq) as string[]
  connection.close()
  return row.join(' ')
}
