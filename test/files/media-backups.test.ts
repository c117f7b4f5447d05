// Files of media in backups: what they hold, what comes back, and what is deleted for good.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import t, { type Test } from 'tap'
import { folderBlobs } from '../../src/files/blobs/folder.ts'
import { backUpFiles, manifestOf, prune, restoreFiles } from '../../src/files/upkeep/backup.ts'
import type { Backup } from '../../src/operations/backups/schema.ts'
import * as backups from '../../src/operations/backups/store.ts'
import { app, type Client, folder } from '../support/app.ts'
import { run } from '../support/commands.ts'
import { pictureWith, rendered, uploaded } from '../support/pictures.ts'

/** A newsroom with pictures, each with one rendition. */
async function newsroom(t: Test, config = {}) {
  const home = folder(t)
  const client = await app(t, { file: join(home, 'news.db'), config })
  await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
  const picture = async () => rendered(client, (await uploaded(client, await pictureWith())).id)
  return { home, client, first: await picture(), picture }
}

const blobsIn = (root: string) =>
  readdirSync(root, { recursive: true })
    .map((name) => String(name).slice(-64))
    .filter((name) => /^[0-9a-f]{64}$/.test(name))
    .sort()
const blobAt = (root: string, digest: string) => join(root, digest.slice(0, 2), digest)

async function done({ get }: Client, { id }: Backup, status: Backup['status'] = 'done'): Promise<Backup> {
  for (;;) {
    const answer = await get(`/v1/backups/${id}`)
    if (answer.status !== 200) throw new Error(answer.body)
    const backup = answer.json<Backup>()
    if (backup.status === status) return backup
    await pause(20)
  }
}

t.test('a backup holds the files of media, with a manifest, and a restore brings them back', async (t) => {
  const { home, client, first, picture } = await newsroom(t)
  const copy = join(home, 'copies', 'monday.db')
  mkdirSync(dirname(copy))
  const made = await run(home, ['backup', copy])
  t.match(
    made.out,
    /^\S+media-files holds 2 files of media, \d+ bytes: the list is \S+monday\.db\.files\.sha256\.$/m
  )
  const summed = spawnSync('sha256sum', ['-c', 'monday.db.files.sha256'], { cwd: dirname(copy) })
  t.equal(summed.status, 0, String(summed.stderr))
  const root = client.db.filesFolder
  const shared = join(dirname(copy), 'media-files')
  t.same(blobsIn(shared), blobsIn(root))
  const { ino } = statSync(blobAt(root, first.file!.digest))
  t.equal(statSync(blobAt(shared, first.file!.digest)).ino, ino, 'on one disk it takes no room')

  // What was lost, and what was damaged, on the machine that is restored.
  const other = folder(t)
  const elsewhere = join(other, 'news.db.files')
  mkdirSync(join(elsewhere, first.file!.digest.slice(0, 2)), { recursive: true })
  writeFileSync(blobAt(elsewhere, first.file!.digest), 'x')
  const restored = await run(other, ['restore', copy])
  t.equal(restored.code, 0, restored.err)
  t.match(restored.out, 'Held against the digests: 2 files of media, 2 brought back.')
  t.same(blobsIn(elsewhere), blobsIn(root))
  t.match((await run(other, ['media', 'verify'])).out, /1 file and 1 rendition: 0 faults/)
  t.match(
    (await run(other, ['restore', copy])).out,
    /digests: 2 files of media, 0 brought back/,
    'what is there is not copied'
  )

  const second = await picture()
  t.equal((await run(home, ['backup', '--force', copy])).code, 0)
  const lost = blobAt(shared, second.file!.digest)
  rmSync(lost)
  writeFileSync(lost, 'x'.repeat(statSync(blobAt(root, second.file!.digest)).size))
  const faulty = await run(other, ['restore', '--force', copy])
  t.equal(faulty.code, 1)
  t.match(faulty.out, `The file ${second.file!.digest} is neither here nor in ${shared}`)
  t.match(faulty.err, /^Missing: 1 file of media\. The database is restored/m)
  rmSync(lost)
  t.equal((await run(other, ['restore', '--force', copy])).code, 1)

  rmSync(blobAt(root, first.file!.digest))
  rmSync(shared, { recursive: true })
  t.match(
    (await run(home, ['backup', '--force', copy])).out,
    / holds 3 files of media, \d+ bytes: the list is [\s\S]*^Not all that it names was there \(1 missing\)/m
  )
  const refused = async () => {
    t.match((await run(home, ['backup', '--force', copy])).err, /Another backup is being made/)
  }
  while (!(await client.db.copies.withLock('backup', refused))) await pause(20)
  await client.remove(`/v1/media/${first.id}`)
  await client.remove(`/v1/media/${second.id}`)
  t.notMatch((await run(home, ['backup', '--force', copy])).out, /files of media/)
  t.notOk(existsSync(manifestOf(copy)))
})

t.test('a deleted picture is gone with the last backup that held it', async (t) => {
  const { client, first, picture } = await newsroom(t, { ONRECORD_BACKUP_KEEP: 2 })
  const make = async () => done(client, (await client.post('/v1/backups')).json<Backup>())
  const folder = join(dirname(client.db.file), 'backups')
  const shared = join(folder, 'media-files')
  const one = await make()
  const second = await picture()
  const two = await make()
  t.equal(blobsIn(shared).length, 4)
  const manifest = readFileSync(manifestOf(join(folder, two.file!)), 'utf8')
  t.match(manifest, `${second.file!.digest}  media-files/`)
  await client.remove(`/v1/media/${first.id}`)
  await client.remove(`/v1/backups/${one.id}`)
  t.equal(blobsIn(shared).length, 4, 'the newer one holds it, too')
  await make()
  await make()
  await done(client, two, 'removed')
  while (blobsIn(shared).length > 2) await pause(20)
  t.notOk(existsSync(blobAt(shared, first.file!.digest)))
  t.ok(existsSync(blobAt(shared, second.file!.digest)))
  writeFileSync(join(shared, second.file!.digest.slice(0, 2), 'notes.txt'), 'by hand')
  const { file } = second
  writeFileSync(blobAt(shared, '1'.repeat(64)).replace('/11/', `/${file!.digest.slice(0, 2)}/`), 'x')
  writeFileSync(manifestOf(join(folder, 'by-hand.db')), `${'1'.repeat(64)}  media-files/11/\n`)
  t.equal(await prune(folder), 1, 'a list without its backup keeps nothing')
  t.ok(existsSync(join(shared, second.file!.digest.slice(0, 2), 'notes.txt')))
})

t.test('a backup whose files cannot be copied has failed, and one that a crash left gets them', async (t) => {
  const { client } = await newsroom(t)
  const folder = join(dirname(client.db.file), 'backups')
  mkdirSync(folder)
  writeFileSync(join(folder, 'media-files'), 'no folder')
  const failed = await done(client, (await client.post('/v1/backups')).json<Backup>(), 'failed')
  t.match(failed.error, /EEXIST/)
  t.same(readdirSync(folder), ['media-files'])
  rmSync(join(folder, 'media-files'))

  let left = ''
  const leave = async () => {
    const { id } = (await client.post('/v1/backups')).json<Backup>()
    const { file } = (await client.db.write('backups', (tx) => backups.start(tx, { id, kind: 'backup' })))!
    await client.db.copies.make(join(folder, file!), new AbortController().signal)
    left = id
  }
  // The scheduler may hold the lock for a moment.
  while (!(await client.db.copies.withLock('backup', leave))) await pause(20)
  const { file } = await done(client, { id: left } as Backup)
  t.ok(existsSync(manifestOf(join(folder, file!))))
})

t.test('where no second name can be given, as on another disk, the bytes are copied', async (t) => {
  const { home, client } = await newsroom(t)
  const copy = join(home, 'copy.db')
  await client.db.copies.make(copy, new AbortController().signal)
  const store = await folderBlobs(client.db.filesFolder)
  const readable = {
    ...store,
    // No second name can be given to what is reached through another file system.
    async withFile<T>(digest: string, work: (path: string) => Promise<T>) {
      const file = await open(blobAt(client.db.filesFolder, digest))
      return work(`/proc/self/fd/${file.fd}`).finally(() => file.close())
    }
  }
  t.match(await backUpFiles(copy, readable), { files: 2, missing: 0 })
  t.same(blobsIn(join(home, 'media-files')), blobsIn(client.db.filesFolder))
  const broken = { ...store, withFile: () => Promise.reject(new Error('a bad sector')) }
  rmSync(join(home, 'media-files'), { recursive: true })
  await t.rejects(backUpFiles(copy, broken), { message: 'a bad sector' })

  await backUpFiles(copy, store)
  const empty = await folderBlobs(join(home, 'elsewhere'))
  const full = { ...empty, put: () => Promise.reject(new Error('the disk is full')) }
  await t.rejects(restoreFiles({ backup: copy, database: copy }, full, t.fail), {
    message: 'the disk is full'
  })
  const older = join(home, 'older.db')
  new Sqlite(older).exec('create table articles (id text)').close()
  t.match(await backUpFiles(older, store), { files: 0 }, 'an older release had no files')
})

t.test('files that are saved otherwise are left out of backups, which say so', async (t) => {
  const without = { ONRECORD_BACKUP_FILES: 'none' }
  const { home, client, first } = await newsroom(t, without)
  const copy = join(home, 'copies', 'monday.db')
  mkdirSync(dirname(copy))
  await run(home, ['backup', copy])
  const made = await run(home, ['backup', copy, '--force'], without)
  t.match(made.out, /^The files of media are not in it \(ONRECORD_BACKUP_FILES=none\)/m)
  t.notOk(existsSync(manifestOf(copy)), 'those that it had are not its own any more')
  t.match((await run(home, ['media', 'verify'], without)).out, /0 faults\.\nBackups do not hold them/)
  t.notMatch((await run(home, ['media', 'verify'])).out, /Backups/)

  const asked = (await client.post('/v1/backups')).json<Backup>()
  const file = join(client.db.copies.folder, (await done(client, asked)).file!)
  t.ok(existsSync(file))
  t.notOk(existsSync(manifestOf(file)))

  const other = folder(t)
  const restored = await run(other, ['restore', file])
  t.equal(restored.code, 1)
  t.match(restored.out, /^No files of media belong to this backup/m)
  t.match(restored.out, first.file!.digest)
})
