// Uploads that can be resumed: tus 1.0.0 (https://tus.io/protocols/resumable-upload) with creation, bytes that come with
// it, checksums, termination and expiration.
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { actorOf } from '../../../http/callers/caller.ts'
import { HttpProblem, mayFail } from '../../../http/problems.ts'
import { id, ref, strict } from '../../../http/schemas.ts'
import { takeLong } from '../../../http/server/long-bodies.ts'
import type { Database } from '../../../storage/database.ts'
import type { Files } from '../../service.ts'
import { throwBrokenOff } from '../receive.ts'
import {
  bytesIn,
  checksumIn,
  checkVersion,
  headersOf,
  metadataIn,
  offerHeaders,
  protocolHeaders
} from './headers.ts'
import { answerHeaders, FilePart, requestHeaders, Upload } from './schema.ts'

const partType = 'application/offset+octet-stream'
const tags = ['media']
const params = strict({ id: id('upl') })

interface Settings {
  files: Files
  /** How large one file may be, in bytes. */
  maxBytes: number
}
type ById = { Params: { id: string } }

/** `/v1/uploads`. A finished one becomes a record by `POST /v1/media` with its id. */
export function routes(app: FastifyInstance, db: Database, settings: Settings) {
  for (const schema of [Upload, FilePart]) app.addSchema(schema)
  app.register(async (scope) => {
    scope.addContentTypeParser(partType, (_, payload, done) => done(null, payload))
    scope.addHook('onRequest', async ({ method, headers }) => {
      // Who asks for versions has chosen none.
      if (method !== 'OPTIONS') checkVersion(headers['tus-resumable'])
    })
    scope.addHook('preValidation', async (request) => setPartAside(request))
    scope.addHook('onSend', async (_, reply) => void reply.headers(protocolHeaders(reply, settings.maxBytes)))
    offering(scope)
    creating(scope, db, settings)
    sending(scope, settings)
    reading(scope, settings)
  })
}

/** The bytes that come with a request, which are read by its handler. */
const parts = new WeakMap<FastifyRequest, FastifyRequest['raw']>()

/** Takes the bytes for the handler; what is validated of them is that they came. */
function setPartAside(request: FastifyRequest) {
  if (!(request.body instanceof Readable)) return
  parts.set(request, request.body as FastifyRequest['raw'])
  request.body = request.method === 'PATCH' ? '' : undefined
  takeLong(request.raw)
}

/** OPTIONS: which versions and extensions there are. */
function offering(scope: FastifyInstance) {
  for (const url of ['/uploads', '/uploads/:id'])
    scope.options(url, { schema: { hide: true } }, (_, reply) => reply.code(204).headers(offerHeaders).send())
}

function creating(scope: FastifyInstance, db: Database, { files, maxBytes }: Settings) {
  scope.post(
    '/uploads',
    {
      schema: {
        operationId: 'createUpload',
        tags,
        summary: 'Begin to send a file in parts (tus 1.0.0), which goes on after a connection broke.',
        description:
          'Send the parts by PATCH to `Location`, the first with this request if you like (`application/offset+octet-stream`), then `POST /v1/media` with `{"upload": "upl_..."}`. What gets no part for a day is removed. OPTIONS tells the extensions.',
        headers: {
          type: 'object',
          required: ['Upload-Length'],
          properties: {
            'Upload-Length': requestHeaders['Upload-Length'],
            'Upload-Metadata': requestHeaders['Upload-Metadata'],
            'Upload-Checksum': requestHeaders['Upload-Checksum']
          }
        },
        response: { 201: ref(Upload) }
      },
      ...mayFail('unsupported-protocol', 'too-large', 'malformed-request', 'checksum-mismatch')
    },
    async (request, reply) => {
      const length = bytesIn(request, 'upload-length')
      if (length > maxBytes)
        throw new HttpProblem(
          'too-large',
          `The file is larger than the ${maxBytes} bytes that one may have (ONRECORD_FILE_MB).`
        )
      const about = { length, ...metadataIn(request) }
      const checksum = checksumIn(request)
      const actor = actorOf(request)
      const begun = await db.write(actor, () => files.begin(actor, about))
      const part = parts.get(request)
      const upload = part
        ? await files.appendFirst(actor, begun, part, checksum).catch(throwBrokenOff)
        : begun
      return reply
        .code(201)
        .headers({ ...headersOf(upload), location: `/v1/uploads/${upload.id}` })
        .send(upload)
    }
  )
}

function sending(scope: FastifyInstance, { files }: Settings) {
  scope.patch<ById>(
    '/uploads/:id',
    {
      schema: {
        operationId: 'appendToUpload',
        tags,
        summary: 'Send the next part of a file.',
        description: 'What came before a connection broke is kept: HEAD tells how much.',
        params,
        consumes: [partType],
        headers: {
          type: 'object',
          required: ['Upload-Offset'],
          properties: {
            'Upload-Offset': requestHeaders['Upload-Offset'],
            'Upload-Checksum': requestHeaders['Upload-Checksum']
          }
        },
        body: { content: { [partType]: { schema: ref(FilePart) } } },
        response: { 204: { description: 'It is here.', headers: answerHeaders, type: 'null' } }
      },
      ...mayFail('unsupported-protocol', 'conflict', 'gone', 'malformed-request', 'checksum-mismatch')
    },
    async (request, reply) => {
      const offset = bytesIn(request, 'upload-offset')
      const upload = await files
        .append(actorOf(request), request.params.id, offset, parts.get(request)!, checksumIn(request))
        .catch(throwBrokenOff)
      return reply.code(204).headers(headersOf(upload)).send()
    }
  )
}

function reading(scope: FastifyInstance, { files }: Settings) {
  scope.get<ById>(
    '/uploads/:id',
    {
      schema: {
        operationId: 'getUpload',
        tags,
        summary: 'How much of a file is here; HEAD tells it in headers.',
        description: 'It is gone once its bytes were refused as media; the detail says why.',
        params,
        response: { 200: ref(Upload) }
      },
      ...mayFail('unsupported-protocol', 'gone')
    },
    async (request, reply) => {
      const upload = await files.uploads.find(actorOf(request), request.params.id)
      return reply.headers(headersOf(upload)).send(upload)
    }
  )

  scope.delete<ById>(
    '/uploads/:id',
    {
      schema: {
        operationId: 'deleteUpload',
        tags,
        summary: 'Give up a file that is sent in parts.',
        params,
        response: { 204: Type.Null() }
      },
      ...mayFail('unsupported-protocol')
    },
    async (request, reply) => {
      await files.uploads.remove(actorOf(request), request.params.id)
      return reply.code(204).send()
    }
  )
}
