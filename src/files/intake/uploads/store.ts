// Files that are sent in parts: each is two files among the incoming ones, its bytes and what is known of it, so that it goes
// on where it was after whatever ended the process. What is not written to for a day is removed with what was interrupted.

import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import {
  link,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  utimes,
  writeFile
} from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { newId } from '../../../http/ids.ts'
import { HttpProblem, unprocessable } from '../../../http/problems.ts'
import type { Actor } from '../../../storage/database.ts'
import { withCount } from '../../../storage/text/with-count.ts'
import { ifMissing } from '../../blobs/if-missing.ts'
import { sync } from '../../blobs/sync.ts'
import { grace } from '../../upkeep/sweep.ts'
import { type ReceivedFile, throwFull, writeAll } from '../receive.ts'
import { type Checksum, following } from './checksum.ts'
import type { Upload } from './schema.ts'

/** How many unfinished uploads one token may have. */
const maxOpen = 50

/** What is known of an upload. */
interface About extends Pick<Upload, 'length' | 'name' | 'type'> {
  /** Whose token began it. */
  owner: string
  /** Why its bytes were refused, which are gone then. */
  refused?: string
}

export type Uploads = ReturnType<typeof uploadStore>

/** The uploads among the incoming files of a store. */
export function uploadStore(incoming: () => Promise<string>, clock: () => Date) {
  /** What ends the request that writes to an upload. */
  const writing = new Map<string, { stop(): void; ended: Promise<void> }>()

  const pathOf = async (id: string) => join(await incoming(), id)
  const aboutOf = (path: string) => `${path}.json`
  /** While bytes come that have a checksum: how many came before them, which alone are surely those that were sent. */
  const checkedOf = (path: string) => `${path}.checked`

  /** What is known of an upload of this token; admins see all. */
  async function known({ name, role }: Actor, id: string): Promise<About | undefined> {
    const about = await readAbout(aboutOf(await pathOf(id)))
    return about?.owner === name || role === 'admin' ? about : undefined
  }

  /** The upload of this token. Throws 404, and 410 for one that was refused. */
  async function find(actor: Actor, id: string): Promise<Upload> {
    const about = await known(actor, id)
    if (about?.refused !== undefined) throw gone(about.refused)
    const upload = about && (await stateOf(id, about))
    if (upload === undefined) throw missing()
    return upload
  }

  /** How much of an upload is here; undefined where its bytes are gone or have expired. */
  async function stateOf(id: string, { owner: _, refused: __, ...said }: About): Promise<Upload | undefined> {
    const path = await pathOf(id)
    const bytes = await stat(path).catch(ifMissing)
    if (bytes === undefined) return undefined
    const expiresAt = new Date(bytes.mtimeMs + grace)
    if (expiresAt <= clock()) return undefined
    const checked = await readFile(checkedOf(path), 'utf8').catch(ifMissing)
    const offset = Math.min(bytes.size, Number(checked ?? bytes.size))
    return { id, offset, ...said, expiresAt: expiresAt.toISOString() }
  }

  async function remove(actor: Actor, id: string) {
    if ((await known(actor, id)) === undefined) throw missing()
    await stopWriting(id)
    const path = await pathOf(id)
    for (const one of [path, checkedOf(path), aboutOf(path)]) await rm(one, { force: true })
  }

  /** Removes the bytes of an upload, and keeps why, for who goes on with it. */
  async function refuse(id: string, why: string) {
    const path = await pathOf(id)
    const about = await readAbout(aboutOf(path))
    const written = join(await incoming(), `${process.pid}-${randomUUID()}`)
    await writeFile(written, JSON.stringify({ ...about, refused: why }), { mode: 0o600, flush: true })
    await rename(written, aboutOf(path))
    await rm(path, { force: true })
  }

  /** A client that was cut off sends on before its former connection is known to be broken: that one ends here. */
  async function stopWriting(id: string) {
    const before = writing.get(id)
    before?.stop()
    await before?.ended
  }

  /** Begins an upload. Throws 429 where the token has too many. */
  async function create({ name: owner }: Actor, about: Omit<About, 'owner'>): Promise<string> {
    const folder = await incoming()
    let count = 0
    for (const name of await readdir(folder))
      if (/^upl_.*\.json$/.test(name)) {
        const about = await readAbout(join(folder, name))
        if (about?.owner === owner && about.refused === undefined) count++
      }
    if (count >= maxOpen) throw tooMany()
    const id = newId('upl')
    const path = await pathOf(id)
    await writeFile(path, '', { mode: 0o600, flag: 'wx' })
    await writeFile(aboutOf(path), JSON.stringify({ ...about, owner }), { mode: 0o600, flush: true })
    await sync(folder)
    return id
  }

  /** Adds bytes from this offset on; they are on disk when this answers. Throws 404, 409, 410, 413, 460 and 507. */
  async function append(
    actor: Actor,
    id: string,
    offset: number,
    source: Readable,
    checksum?: Checksum
  ): Promise<Upload> {
    await find(actor, id)
    await stopWriting(id)
    const upload = await find(actor, id)
    if (upload.offset !== offset || writing.has(id)) throw otherOffset(upload)
    const { promise: ended, resolve } = Promise.withResolvers<void>()
    const stop = () => void source.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
    writing.set(id, { stop, ended })
    const path = await pathOf(id)
    try {
      // Bytes that were never held against their checksum. What is cut counts as written, and is kept longer.
      if ((await stat(path)).size > offset) await truncate(path, offset)
      if (checksum) await writeFile(checkedOf(path), String(offset), { mode: 0o600, flush: true })
      else await rm(checkedOf(path), { force: true })
      const part = following(checksum)
      const file = await open(path, 'a', 0o600)
      try {
        let bytes = offset
        await writeAll(source, file, (chunk) => {
          bytes += chunk.length
          if (bytes > upload.length) throw tooLong(upload)
          part.update(chunk)
        })
      } finally {
        await file.sync()
        await file.close()
      }
      part.check()
      await rm(checkedOf(path), { force: true })
      const now = clock()
      for (const one of [path, aboutOf(path)]) await utimes(one, now, now)
    } catch (error) {
      throwFull(error)
    } finally {
      writing.delete(id)
      resolve()
    }
    return find(actor, id)
  }

  /** A complete upload as a received file, which is a second name of its bytes. Throws 422 at `/upload`. */
  async function complete(actor: Actor, id: string): Promise<{ upload: Upload; received: ReceivedFile }> {
    const about = await known(actor, id)
    if (about?.refused !== undefined) throw unprocessable('/upload', `${about.refused} Send another file.`)
    const upload = about && (await stateOf(id, about))
    if (upload === undefined) throw unprocessable('/upload', notHere)
    if (upload.offset < upload.length) throw unfinished(upload)
    const path = await pathOf(id)
    const hash = createHash('sha256')
    await pipeline(createReadStream(path), hash)
    const named = join(await incoming(), `${process.pid}-${randomUUID()}`)
    await link(path, named)
    return { upload, received: { path: named, digest: hash.digest('hex'), bytes: upload.length } }
  }

  return { find, create, append, complete, refuse, remove }
}

async function readAbout(path: string): Promise<About | undefined> {
  const text = await readFile(path, 'utf8').catch(ifMissing)
  return text === undefined ? undefined : JSON.parse(text)
}

const tooMany = () =>
  new HttpProblem(
    'too-many-requests',
    `${maxOpen} uploads of this token are not finished: finish some, or delete them.`,
    undefined,
    { 'retry-after': '60' }
  )

const otherOffset = ({ offset }: Upload) =>
  new HttpProblem(
    'conflict',
    `This upload has ${withCount(offset, 'byte')} so far: send what follows, with Upload-Offset: ${offset}.`,
    undefined,
    {
      'upload-offset': String(offset)
    }
  )

const tooLong = ({ length }: Upload) =>
  new HttpProblem(
    'too-large',
    `The upload is of ${withCount(length, 'byte')} (Upload-Length), and more came.`
  )

/** Parts of an upload lie on the disk of one machine. */
const notHere =
  'There is no such upload here: it has expired, was taken or deleted, is of another token, or lies on another machine of this service, to which all its parts have to go.'

const missing = () => new HttpProblem('not-found', notHere)

const gone = (why: string) => new HttpProblem('gone', `${why} Its bytes are removed: begin another upload.`)

const unfinished = ({ offset, length }: Upload) =>
  unprocessable(
    '/upload',
    `${offset} of ${length} bytes of this upload are here: send the others first (PATCH /v1/uploads/{id}).`
  )
