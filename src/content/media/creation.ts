// POST /v1/media: as JSON, with a file, or with the address of a file.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendCreated } from '../../changes/drafts.ts'
import { rawTypes, whyNotTaken } from '../../files/intake/types.ts'
import type { Files } from '../../files/service.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { json } from '../../http/input/bodies.ts'
import { mayFail, unprocessable } from '../../http/problems.ts'
import { ref } from '../../http/schemas.ts'
import type { Database } from '../../storage/database.ts'
import { CreateMedia, DraftMedia, MediaUpload, NewMedia, RawUpload, type UploadFields } from './schema.ts'
import * as media from './store.ts'
import { multipart, type NamedFile, takeUploads } from './uploads.ts'

const url = '/media'
const schema = {
  operationId: 'createMedia',
  tags: ['media'],
  summary: 'Create a media record.',
  description:
    'As JSON, of a file that is elsewhere, or that is fetched `from` there now; or with its file: as `multipart/form-data`, or as the body itself. What the file is, its bytes say. Renditions of a picture are made afterwards: `rendering` tells how far they are.',
  response: { 201: ref(DraftMedia) }
}

/** Adds POST /v1/media. Without files, as in a batch, it takes JSON only. */
export function creationRoute(app: FastifyInstance, db: Database, files: Files | undefined) {
  if (files === undefined) {
    app.post<{ Body: CreateMedia }>(
      url,
      { schema: { ...schema, body: ref(CreateMedia) } },
      async (request, reply) => {
        for (const name of ['from', 'upload'] as const)
          if (request.body[name] !== undefined)
            throw unprocessable(`/${name}`, 'A batch fetches no files: send this by itself.')
        return createOf(db, request, reply, checked(request))
      }
    )
    return
  }
  app.register(async (scope) => {
    const uploads = await takeUploads(scope, files)
    const raw = Object.fromEntries(rawTypes.map((type) => [type, { schema: ref(RawUpload) }]))
    scope.post<{ Body: CreateMedia & { media?: UploadFields } }>(
      url,
      {
        schema: {
          ...schema,
          consumes: [json, multipart, ...rawTypes],
          body: {
            content: {
              [json]: { schema: ref(CreateMedia) },
              [multipart]: { schema: ref(MediaUpload) },
              ...raw
            }
          }
        },
        config: { ...mayFail('unprocessable', 'malformed-request', 'busy').config, whyNotTaken } as object,
        preValidation: uploads.receive,
        onResponse: uploads.discard
      },
      async (request, reply) => {
        if (typeof request.body === 'object') checkFile(request.body)
        const file = await uploads.stored(request)
        if (file === undefined) return createOf(db, request, reply, checked(request))
        const said = typeof request.body === 'string' ? {} : (request.body.media ?? described(request.body))
        const { kind } = file
        return createOf(db, request, reply, { ...said, kind }, { files, file })
      }
    )
  })
}

/** The body, held against the schema of records without a file. */
function checked(request: FastifyRequest): NewMedia {
  const check = request.compileValidationSchema(ref(NewMedia), 'body')
  if (check(request.body)) return request.body as NewMedia
  throw Object.assign(new Error(), { validation: check.errors, validationContext: 'body' })
}

/** Throws 422 for what the file of a body in JSON says itself, and for two files. */
function checkFile(body: CreateMedia) {
  if (body.from === undefined && body.upload === undefined) return
  if (body.from !== undefined && body.upload !== undefined)
    throw unprocessable('/upload', 'Another file is fetched (`from`): a record has one.')
  for (const name of ['kind', 'url', 'width', 'height'] as const)
    if (body[name] !== undefined && body[name] !== null)
      throw unprocessable(`/${name}`, 'The file says this itself: leave it out.')
}

/** What is said of a file that is fetched, or was sent in parts. */
function described({
  from: _,
  upload: _p,
  kind: _k,
  url: _u,
  width: _w,
  height: _h,
  ...said
}: CreateMedia): UploadFields {
  return said
}

async function createOf(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  input: NewMedia,
  stored?: { files: Files; file: NamedFile }
) {
  const blobs = await stored?.files.blobs()
  const draft = await db.write(actorOf(request), async (tx) => {
    if (!stored || !blobs) return media.create(tx, input)
    const { name, ...file } = stored.file
    await stored.files.record(tx, file, blobs)
    return media.create(tx, input, undefined, { digest: file.digest, name })
  })
  stored?.files.queue.wake()
  return sendCreated(request, reply, 'media', {
    ...draft,
    outdatedIn: 0,
    usedIn: { count: 0, articles: [] }
  })
}
