// Bodies of `POST /v1/imports` that are exports: streamed to disk before they are validated, so that a repeated request
// with an Idempotency-Key is known by the digest of its bytes.
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sync } from '../../files/blobs/sync.ts'
import { type ReceivedFile, receive, throwBrokenOff } from '../../files/intake/receive.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { newId } from '../../http/ids.ts'
import { json, unsupported } from '../../http/input/bodies.ts'
import { fileNameIn } from '../../http/input/file-names.ts'
import { HttpProblem } from '../../http/problems.ts'
import { takeLong } from '../../http/server/long-bodies.ts'
import type { Database } from '../../storage/database.ts'
import { inThread } from '../../threads/run.ts'
import { kinds } from '../systems/kinds.ts'
import type { recognise } from './recognise.ts'
import { type ExportImport, exportTypes, type ImportOptions, nameOf } from './schema.ts'
import * as runs from './store.ts'

const recogniseInThread = inThread<typeof recognise>(
  new URL('./recognise.ts', import.meta.url).href,
  'recognise'
)

/** How many imports may wait at once. */
const maxOpen = 20

export interface IntakeSettings {
  ONRECORD_IMPORT_MB: number
}

/** Takes exports in a scope that has no other route; answers how an import of one is made. */
export function takeExports(scope: FastifyInstance, db: Database, settings: IntakeSettings) {
  scope.removeContentTypeParser(json)
  scope.addContentTypeParser(exportTypes, (_, payload, done) => done(null, payload))
  const limit = { megabytes: settings.ONRECORD_IMPORT_MB, setting: 'ONRECORD_IMPORT_MB' } as const
  const received = new WeakMap<FastifyRequest, ReceivedFile>()

  /** Receives the file of a request: its body becomes the digest of the bytes. */
  async function take(request: FastifyRequest) {
    if (request.headers['content-type'] === undefined) throw unsupported(request)
    const type = mediaTypeOf(request)
    if (!exportTypes.includes(type)) return
    runs.checkEditor(actorOf(request))
    takeLong(request.raw)
    await mkdir(db.importsFolder, { recursive: true, mode: 0o700 })
    const file = await receive(request.body as FastifyRequest['raw'], db.importsFolder, limit).catch(
      throwBrokenOff
    )
    received.set(request, file)
    request.body = file.digest
  }

  /** Queues the import of what a request brought; undefined where that is a page. */
  async function queued(request: FastifyRequest): Promise<ExportImport | undefined> {
    const options = request.query as ImportOptions
    const file = received.get(request)
    if (file === undefined) {
      checkNone(options)
      return undefined
    }
    if ((await runs.openIds(db.read)).length >= maxOpen)
      throw new HttpProblem(
        'too-many-requests',
        `${maxOpen} exports wait to be imported already: send this one after them.`,
        undefined,
        { 'retry-after': '60' }
      )
    const mediaType = mediaTypeOf(request)
    const sent = fileNameIn(request.headers['content-disposition'])
    const name = nameOf({ file: sent, mediaType })
    const reader = await recogniseInThread({ file: { path: file.path, name }, as: options.as })
    const id = newId('imp')
    await rename(file.path, join(db.importsFolder, id))
    await sync(db.importsFolder)
    received.set(request, { ...file, path: join(db.importsFolder, id) })
    const { system = kinds[reader].system } = options
    const card = await db.write(actorOf(request), (tx) =>
      runs.create(
        tx,
        {
          ...{ reader, isNamed: options.as !== undefined, system, mediaType, file: sent },
          ...{ publish: options.publish === 'true', quotes: options.quotes !== 'false' },
          moved: options.moved === 'true',
          ...{ bytes: file.bytes, digest: file.digest }
        },
        id
      )
    )
    // It belongs to the import from here on.
    received.delete(request)
    return card
  }

  return {
    take,
    queued,
    /** Removes what was received for a request that was refused, or answered as before. */
    async discard(request: FastifyRequest) {
      const file = received.get(request)
      if (file) await rm(file.path, { force: true })
    }
  }
}

/** The content type of a request, without its parameters. */
export const mediaTypeOf = ({ headers }: FastifyRequest) =>
  String(headers['content-type']).replace(/;.*/s, '').trim().toLowerCase()

/** Throws 400 for what is asked for of a page and holds for exports only. */
function checkNone(options: ImportOptions) {
  const [name] = Object.keys(options)
  if (name === undefined) return
  const detail = `is about exports (${exportTypes.join(', ')}), and this is a page.`
  throw new HttpProblem('invalid-input', `Query: /${name} ${detail}`, [
    { in: 'query', pointer: `/${name}`, detail }
  ])
}
