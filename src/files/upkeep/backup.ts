// Files of media in backups. All backups of a folder share `media-files` there, where each file is once, under its
// SHA-256; a manifest beside the copy of the database says which of them belong to it (`sha256sum -c` reads it).

import { createHash } from 'node:crypto'
import { constants, createReadStream, existsSync } from 'node:fs'
import { copyFile, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type NamedFile, namedFiles } from '../../storage/backups/named-files.ts'
import type { Blobs } from '../blobs/blobs.ts'
import { ifMissing } from '../blobs/if-missing.ts'
import { sync } from '../blobs/sync.ts'

const folderName = 'media-files'

/** The folder of the files of all backups in this folder. */
export const sharedFolder = (backup: string) => join(dirname(backup), folderName)

/** The list of the files that belong to a backup. */
export const manifestOf = (backup: string) => `${backup}.files.sha256`

const partialOf = (backup: string) => `${manifestOf(backup)}.partial`

const placeOf = ({ digest }: { digest: string }) => join(digest.slice(0, 2), digest)

export interface BackedUp {
  files: number
  bytes: number
  /** How many were not there: of pictures that were deleted meanwhile. */
  missing: number
}

/**
 * Puts the files that the copy of a database names beside it: as further names of the same bytes on the same disk, else
 * as copies. Those that are there of earlier backups are not copied again. Runs under the lock of backups.
 */
export async function backUpFiles(backup: string, store: Blobs, stop?: AbortSignal): Promise<BackedUp> {
  await rm(manifestOf(backup), { force: true })
  const folder = sharedFolder(backup)
  const folders = new Set([dirname(folder), folder])
  const done: BackedUp = { files: 0, bytes: 0, missing: 0 }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const manifest = await open(partialOf(backup), 'w', 0o600)
  try {
    for (const file of namedFiles(backup)) {
      stop?.throwIfAborted()
      const path = join(folder, placeOf(file))
      if (!(await bringTo(path, file, store))) {
        done.missing++
        continue
      }
      await manifest.write(`${file.digest}  ${folderName}/${placeOf(file)}\n`)
      folders.add(dirname(path))
      done.files++
      done.bytes += file.bytes
    }
    await manifest.sync()
  } finally {
    await manifest.close()
  }
  for (const one of folders) await sync(one)
  await rename(partialOf(backup), manifestOf(backup))
  await sync(dirname(backup))
  return done
}

/** Has a file in this place; false where the store has none. */
async function bringTo(path: string, file: NamedFile, store: Blobs): Promise<boolean> {
  const there = await stat(path).catch(ifMissing)
  if (there?.size === file.bytes) return true
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await rm(path, { force: true })
  const brought = await store.withFile(file.digest, (from) => linkOrCopy(from, path)).catch(ifMissing)
  return brought !== undefined
}

/** Gives a file a second name, or copies it to another disk. */
async function linkOrCopy(from: string, path: string): Promise<true> {
  try {
    await link(from, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error
    await copyFile(from, `${path}.partial`, constants.COPYFILE_FICLONE)
    await sync(`${path}.partial`)
    await rename(`${path}.partial`, path)
  }
  return true
}

/** Removes the list of the files of a backup: what no other backup has is removed by `prune`. */
export async function removeManifest(backup: string) {
  for (const path of [manifestOf(backup), partialOf(backup)]) await rm(path, { force: true })
}

/**
 * Removes, under the lock of backups, the files of this folder that no backup in it has any more: so what was deleted in
 * the newsroom is gone with the last backup that held it.
 */
export async function prune(folder: string): Promise<number> {
  const shared = join(folder, folderName)
  if (!existsSync(shared)) return 0
  const kept = new Set<string>()
  for (const name of await readdir(folder)) {
    const [, backup] = /^(.+)\.files\.sha256$/.exec(name) ?? []
    if (backup === undefined || !existsSync(join(folder, backup))) continue
    for (const line of (await readFile(join(folder, name), 'utf8')).split('\n')) kept.add(line.slice(0, 64))
  }
  let removed = 0
  for (const part of await readdir(shared))
    for (const name of await readdir(join(shared, part))) {
      if (!/^[0-9a-f]{64}(?:\.partial)?$/.test(name) || kept.has(name)) continue
      await rm(join(shared, part, name))
      removed++
    }
  return removed
}

export interface RestoredFiles {
  files: number
  /** How many of them were brought back. */
  restored: number
}

/**
 * Holds the files that a restored database names against their digests, and brings back from the backup those that are
 * not as they were. `tell` is called for each that cannot be had.
 */
export async function restoreFiles(
  { backup, database }: { backup: string; database: string },
  store: Blobs,
  tell: (fault: string) => void
): Promise<RestoredFiles> {
  const done: RestoredFiles = { files: 0, restored: 0 }
  for (const file of namedFiles(database)) {
    done.files++
    if ((await store.find(file.digest)) && (await digestOf(await store.read(file.digest))) === file.digest)
      continue
    const from = join(sharedFolder(backup), placeOf(file))
    if (await bringBack(from, file, store)) done.restored++
    else tell(`The file ${file.digest} is neither here nor in ${sharedFolder(backup)} as it was`)
  }
  return done
}

async function bringBack(from: string, { digest, type }: NamedFile, store: Blobs): Promise<boolean> {
  const path = join(store.incoming, `${process.pid}-${basename(from)}`)
  const bring = async () => {
    await copyFile(from, path, constants.COPYFILE_FICLONE)
    if ((await digestOf(createReadStream(path))) !== digest) return false
    await sync(path)
    await store.put(digest, path, type)
    return true
  }
  const isThere = await bring()
    .catch(ifMissing)
    .finally(() => rm(path, { force: true }))
  return isThere ?? false
}

async function digestOf(stream: NodeJS.ReadableStream): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(stream, hash)
  return hash.digest('hex')
}
