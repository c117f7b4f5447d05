// The commands `backup`, `restore` and `export`. They work on files, whether the service runs or not.
import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../../config/config.ts'
import { openBlobs, type StoreSettings } from '../../files/blobs/open.ts'
import {
  backUpFiles,
  manifestOf,
  prune,
  removeManifest,
  restoreFiles,
  sharedFolder
} from '../../files/upkeep/backup.ts'
import { copies } from '../../storage/backups/copies.ts'
import { backUp } from '../../storage/backups/copy.ts'
import { exportName } from '../../storage/backups/exports/lines.ts'
import { exportTo } from '../../storage/backups/exports/write.ts'
import { namesFiles } from '../../storage/backups/named-files.ts'
import { restore } from '../../storage/backups/restore.ts'
import { Refusal } from '../../storage/opening/refusal.ts'
import { fileOf, foldersOf } from '../../storage/sqlite/open.ts'
import { withCount } from '../../storage/text/with-count.ts'

type Print = (line: string) => void

/** What says where files of media are, and whether backups hold them. */
type FileSettings = StoreSettings & Pick<Config, 'ONRECORD_BACKUP_FILES'>

/** `backup FILE [--force]` */
export async function backupTo(args: string[], config: Config, say: Print) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { force: { type: 'boolean' } }
  })
  const [file] = positionals
  if (file === undefined || positionals.length > 1) throw new Refusal('npm run backup -- FILE [--force]')
  const database = fileOf(config.DATABASE_URL)
  const { bytes, sha256 } = await backUp(database, file, values.force)
  say(`${file}: ${withCount(bytes, 'byte')}, SHA-256 ${sha256}`)
  await withFiles(resolve(file), database, { settings: config, say })
  say('The secret of the newsroom is not in it: keep that apart.')
}

/** Adds the files of media to a backup. Throws a Refusal while another backup is made. */
async function withFiles(
  backup: string,
  database: string,
  { settings, say }: { settings: FileSettings; say: Print }
) {
  const isWithFiles = namesFiles(backup)
  if (isWithFiles && settings.ONRECORD_BACKUP_FILES === 'none') say(withoutFiles)
  else if (isWithFiles) return addFiles(backup, database, { settings, say })
  await removeManifest(backup)
}

const withoutFiles =
  'The files of media are not in it (ONRECORD_BACKUP_FILES=none): save their folder or bucket otherwise.'

async function addFiles(
  backup: string,
  database: string,
  { settings, say }: { settings: StoreSettings; say: Print }
) {
  const ran = await copies(database).withLock('backup', async () => {
    const store = await openBlobs(foldersOf(database), settings)
    const { files, bytes, missing } = await backUpFiles(backup, store)
    await prune(dirname(backup))
    say(
      `${sharedFolder(backup)} holds ${withCount(files, 'file of media', 'files of media')}, ${withCount(bytes, 'byte')}: the list is ${manifestOf(backup)}.`
    )
    if (missing > 0)
      say(`Not all that it names was there (${missing} missing): npm run media -- verify tells which.`)
  })
  if (!ran)
    throw new Refusal('Another backup is being made: the files of media are not in this one. Make it anew.')
}

/** `export DIR|FILE [--force] [--private]` */
export async function exportAll(args: string[], { DATABASE_URL }: Config, say: Print) {
  const options = {
    force: { type: 'boolean', default: false },
    private: { type: 'boolean', default: false }
  } as const
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [path] = positionals
  if (path === undefined || positionals.length > 1)
    throw new Refusal('npm run export -- DIR|FILE.jsonl [--force] [--private]')
  const isFolder = !path.endsWith('.jsonl') || statSync(path, { throwIfNoEntry: false })?.isDirectory()
  const file = resolve(isFolder ? join(path, exportName) : path)
  const { force, private: withPrivate } = values
  const { lines, bytes, sha256 } = await exportTo(fileOf(DATABASE_URL), file, {
    force,
    withPrivate,
    now: new Date()
  })
  say(`${file}: ${withCount(lines - 1, 'record')}, ${withCount(bytes, 'byte')}, SHA-256 ${sha256}`)
  say(
    withPrivate
      ? 'It has private fields: keep it as you keep the database.'
      : 'Private fields are not in it: --private exports them, too.'
  )
}

/** `restore FILE [--force] [--unchecked]` */
export async function restoreFrom(args: string[], config: Config, say: Print) {
  const { DATABASE_URL, ONRECORD_SECRET } = config
  const options = { force: { type: 'boolean' }, unchecked: { type: 'boolean' } } as const
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [copy] = positionals
  if (copy === undefined || positionals.length > 1)
    throw new Refusal('npm run restore -- FILE [--force] [--unchecked]')
  const file = fileOf(DATABASE_URL)
  const { latest, older, previous } = await restore(copy, file, { ...values, now: new Date() })
  say(latest ? `${file} is as it was at change ${latest.seq}, of ${latest.at}.` : `${file} is empty again.`)
  if (previous) say(`What was there is kept in ${previous}.`)
  if (older) say('An older release made the backup: the next start brings it up to date.')
  say('Tokens that were revoked after the backup hold again: revoke them anew.')
  if (ONRECORD_SECRET === undefined && !existsSync(`${file}.secret`))
    say(
      `The secret is missing: bring ${file}.secret back before the next start, or set ONRECORD_SECRET. With another one, bans and sealed e-mail addresses of the backup are lost.`
    )
  if (namesFiles(file)) await bringFilesBack({ backup: copy, database: file }, { settings: config, say })
}

/** Brings back the files of media that are not as they were. Throws a Refusal where some cannot be had. */
async function bringFilesBack(
  from: { backup: string; database: string },
  { settings, say }: { settings: StoreSettings; say: Print }
) {
  let faults = 0
  if (!existsSync(manifestOf(from.backup)))
    say('No files of media belong to this backup: what is not here has to come from where it is saved.')
  const store = await openBlobs(foldersOf(from.database), settings)
  const { files, restored } = await restoreFiles(from, store, (fault) => {
    faults++
    say(fault)
  })
  say(
    `Held against the digests: ${withCount(files, 'file of media', 'files of media')}, ${restored} brought back.`
  )
  if (faults > 0)
    throw new Refusal(
      `Missing: ${withCount(faults, 'file of media', 'files of media')}. The database is restored: bring back what is missing, then npm run media -- verify, and rebuild-renditions for renditions.`
    )
}
