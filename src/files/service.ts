// The files of media: taken in, stored, and made into renditions.
import { readFile, rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { JobOptions } from '../changes/polling.ts'
import { allowedBy } from '../changes/webhooks/addresses.ts'
import type { Config } from '../config/config.ts'
import { HttpProblem, unprocessable } from '../http/problems.ts'
import { type Actor, type Database, Unavailable, type Writer } from '../storage/database.ts'
import { inChildProcess } from '../threads/child-process/run.ts'
import type { Blobs } from './blobs/blobs.ts'
import { openBlobs, pathOf, type StoreSettings } from './blobs/open.ts'
import { download } from './intake/download.ts'
import type { Inspected, inspect } from './intake/inspect.ts'
import { type ReceivedFile, receive } from './intake/receive.ts'
import type { Checksum } from './intake/uploads/checksum.ts'
import type { Upload } from './intake/uploads/schema.ts'
import { uploadStore } from './intake/uploads/store.ts'
import { startRendering } from './renditions/queue.ts'
import * as files from './store.ts'
import { startSweeping } from './upkeep/sweep.ts'

const megabyte = 1_000_000
const day = 86_400_000

/** How many files one token may be sending at once. */
const maxConcurrent = 8

/** How long a file that is fetched may take, in ms. */
const fetchTimeout = 120_000

const inspectInChildProcess = inChildProcess<typeof inspect>(
  new URL('./intake/inspect.ts', import.meta.url).href,
  'inspect',
  // One takes some 25 MB, and half a second for a large picture.
  { threads: 1, idle: 2000 }
)

/** A file whose bytes are stored, before its record is written. */
export interface StoredFile extends Inspected {
  digest: string
  bytes: number
}

export type FileSettings = StoreSettings &
  Pick<
    Config,
    | 'ONRECORD_C2PA_ANCHORS'
    | 'ONRECORD_FETCH_PRIVATE'
    | 'ONRECORD_FILE_MB'
    | 'ONRECORD_FILES_MB'
    | 'ONRECORD_FILES_DAY_MB'
    | 'ONRECORD_THREADS'
  >

export type Files = ReturnType<typeof fileService>

/** The files of this service. Nothing is opened before the first is asked for. */
export function fileService(db: Database, settings: FileSettings, job: JobOptions) {
  const allows = allowedBy(settings.ONRECORD_FETCH_PRIVATE)
  let opened: Promise<Blobs> | undefined
  const blobs = () => {
    opened ??= openBlobs(db, settings)
    // A store that could not be opened is tried again.
    opened.catch(() => {
      opened = undefined
    })
    return opened
  }
  const limit = { megabytes: settings.ONRECORD_FILE_MB, setting: 'ONRECORD_FILE_MB' } as const
  /** Read for each file: who is trusted may change while the service runs. */
  const anchors = async () =>
    settings.ONRECORD_C2PA_ANCHORS && readFile(pathOf(settings.ONRECORD_C2PA_ANCHORS), 'utf8')
  const uploads = uploadStore(async () => (await blobs()).incoming, job.clock)
  const sending = new Map<string, number>()
  const queue = startRendering(db, blobs, { ...job, threads: settings.ONRECORD_THREADS })
  const stopSweeping = startSweeping(db, blobs, job)

  /** Runs `work` as one of the few uploads of a token. Throws 429. */
  async function counted<T>({ name }: Actor, work: () => Promise<T>): Promise<T> {
    const running = sending.get(name) ?? 0
    if (running >= maxConcurrent)
      throw new HttpProblem(
        'too-many-requests',
        `${maxConcurrent} files of this token are on their way already: send this one after them.`,
        undefined,
        { 'retry-after': '1' }
      )
    sending.set(name, running + 1)
    try {
      return await work()
    } finally {
      const left = sending.get(name)! - 1
      if (left === 0) sending.delete(name)
      else sending.set(name, left)
    }
  }

  /** Throws 507 where the newsroom has no room for so many bytes more, and 429 where the token has none today. */
  async function checkQuotas({ name }: Actor, { digest, bytes }: Pick<ReceivedFile, 'digest' | 'bytes'>) {
    if (await files.byDigest(db.read, digest)) return
    if ((await files.totalBytes(db.read)) + bytes > settings.ONRECORD_FILES_MB * megabyte)
      throw new HttpProblem(
        'insufficient-storage',
        `All files together may have ${settings.ONRECORD_FILES_MB} MB (ONRECORD_FILES_MB): remove some, or raise it.`
      )
    const since = new Date(job.clock().getTime() - day).toISOString()
    if ((await files.bytesAddedBy(db.read, name, since)) + bytes > settings.ONRECORD_FILES_DAY_MB * megabyte)
      throw new HttpProblem(
        'too-many-requests',
        `This token may add ${settings.ONRECORD_FILES_DAY_MB} MB a day (ONRECORD_FILES_DAY_MB).`,
        undefined,
        { 'retry-after': '3600' }
      )
  }

  const append = (
    actor: Actor,
    ...part: [id: string, offset: number, source: Readable, checksum?: Checksum | undefined]
  ) => counted(actor, () => uploads.append(actor, ...part))

  /** Inspects a file and stores it. Throws 415, 422, 429 and 507; the received file is gone then. */
  async function keep(actor: Actor, received: ReceivedFile, declared?: string): Promise<StoredFile> {
    try {
      await checkQuotas(actor, received)
      const { path, digest, bytes } = received
      const inspected = await inspectInChildProcess({ path, bytes, declared, anchors: await anchors() })
      await (await blobs()).put(digest, path, inspected.type)
      return { ...inspected, digest, bytes }
    } catch (error) {
      await discard(received)
      throw error
    }
  }

  return {
    blobs,
    queue,
    /** How large one file may be, in bytes. */
    maxFileBytes: settings.ONRECORD_FILE_MB * megabyte,
    /** Receives a file from a stream. Throws 413, 422, 429 and 507. */
    receive: (actor: Actor, source: Readable) =>
      counted(actor, async () => receive(source, (await blobs()).incoming, limit)),
    /** Receives a file from another server. Throws 422 at `/from`, and what `receive` throws. */
    async fetch(actor: Actor, url: string) {
      return counted(actor, async () => {
        const { body, type, name } = await download(url, { allows, timeout: fetchTimeout })
        const { incoming } = await blobs()
        return { received: await receive(body, incoming, limit).catch(throwInterrupted), type, name }
      })
    },
    uploads,
    /** Begins a file that is sent in parts. Throws 429 and 507. */
    async begin(actor: Actor, about: Pick<Upload, 'length' | 'name' | 'type'>): Promise<Upload> {
      await checkQuotas(actor, { digest: '', bytes: about.length })
      return uploads.find(actor, await uploads.create(actor, about))
    },
    /** Receives a part of it. Throws 404, 409, 410, 413, 429, 460 and 507. */
    append,
    /** Receives the part that came as it was begun: where that fails, it never was. */
    appendFirst: (actor: Actor, { id }: Upload, source: Readable, checksum?: Checksum) =>
      append(actor, id, 0, source, checksum).catch(async (error) => {
        await uploads.remove(actor, id)
        throw error
      }),
    keep,
    /** Inspects and stores a file that was sent in parts. Throws what `keep` throws; refused for good, its bytes are gone then. */
    async keepUpload(actor: Actor, id: string): Promise<StoredFile & { name: string | null }> {
      const { received, upload } = await uploads.complete(actor, id)
      try {
        return { ...(await keep(actor, received, upload.type ?? undefined)), name: upload.name }
      } catch (error) {
        if (isRefusal(error)) await uploads.refuse(id, `The file was refused. ${error.message}`)
        throw error
      }
    },
    /** Records a stored file, in the transaction of what it belongs to. */
    async record(tx: Writer, file: StoredFile, store: Blobs) {
      if (store.isSurelyMissing(file.digest)) throw new Unavailable('an orphan was swept meanwhile')
      await files.insert(tx, file)
    },
    discard,
    async stop() {
      await Promise.all([queue.stop(), stopSweeping()])
    }
  }
}

/** Whether a file was refused for what it is, and will be whenever it is sent. */
const isRefusal = (error: unknown): error is HttpProblem =>
  error instanceof HttpProblem && ['unsupported-media-type', 'unprocessable'].includes(error.kind)

/** Removes a received file that is not wanted. */
async function discard({ path }: ReceivedFile) {
  await rm(path, { force: true })
}

/** Throws 422 for a server that broke off. */
function throwInterrupted(error: Error): never {
  if (error instanceof HttpProblem) throw error
  throw unprocessable('/from', `The file broke off, or took too long: ${error.message}.`)
}
