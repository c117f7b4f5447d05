// Uploads that can be resumed: tus 1.0.0 (https://tus.io/protocols/resumable-upload) with creation, termination and
// expiration.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { actorOf } from '../../../http/callers/caller.ts'
import { HttpProblem, mayFail } from '../../../http/problems.ts'
import { id, ref, strict } from '../../../http/schemas.ts'
import { takeLong } from '../../../http/server/long-bodies.ts'
import type { Database } from '../../../storage/database.ts'
import type { Files } from '../../service.ts'
import { throwBrokenOff } from '../receive.ts'
import { answerHeaders, FilePart, requestHeaders, Upload } from './schema.ts'

const version = '1.0.0'
const partType = 'application/offset+octet-stream'
const tags = ['media']
const params = strict({ id: id('upl') })

interface Settings {
  files: Files
  /** How large one file may be, in bytes. */
  most: number
}
type ById = { Params: { id: string } }

/** `/v1/uploads`. A finished one becomes a record by `POST /v1/media` with its id. */
export function routes(app: FastifyInstance, db: Database, settings: Settings) {
  for (const schema of [Upload, FilePart]) app.addSchema(schema)
  app.register(async (scope) => {
    scope.addContentTypeParser(partType, (_, payload, done) => done(null, payload))
    scope.addHook('onRequest', async ({ headers }) => checkVersion(headers['tus-resumable']))
    scope.addHook('onSend', async (_, reply) => void reply.headers(protocolHeaders(reply, settings.most)))
    creating(scope, db, settings)
    sending(scope, settings)
    reading(scope, settings)
  })
}

/** Throws 412 for another version of the protocol; who names none speaks this one. */
function checkVersion(named: string | string[] | undefined) {
  if (named !== undefined && named !== version)
    throw new HttpProblem('unsupported-protocol', `This is tus ${version}, not ${named}.`, undefined, {
      'tus-version': version
    })
}

/** The headers of tus, which pages of other origins may read where they may read others. */
function protocolHeaders(reply: FastifyReply, most: number) {
  const exposed = reply.getHeader('access-control-expose-headers')
  return {
    'tus-resumable': version,
    'tus-extension': 'creation,termination,expiration',
    'tus-max-size': String(most),
    ...(exposed !== undefined && {
      'access-control-expose-headers': [exposed, 'Tus-Resumable', ...Object.keys(answerHeaders)].join(', ')
    })
  }
}

const headersOf = ({ offset, length, expiresAt }: Upload) => ({
  'cache-control': 'private, no-store',
  'upload-offset': String(offset),
  'upload-length': String(length),
  'upload-expires': new Date(expiresAt).toUTCString()
})

function creating(scope: FastifyInstance, db: Database, { files, most }: Settings) {
  scope.post(
    '/uploads',
    {
      schema: {
        operationId: 'createUpload',
        tags,
        summary: 'Begin to send a file in parts (tus 1.0.0), which goes on after a connection broke.',
        description:
          'Send the parts by PATCH to `Location`, then `POST /v1/media` with `{"upload": "upl_..."}`. What gets no part for a day is removed.',
        headers: {
          type: 'object',
          required: ['Upload-Length'],
          properties: {
            'Upload-Length': requestHeaders['Upload-Length'],
            'Upload-Metadata': requestHeaders['Upload-Metadata']
          }
        },
        response: { 201: ref(Upload) }
      },
      ...mayFail('unsupported-protocol', 'too-large')
    },
    async (request, reply) => {
      const length = bytesIn(request, 'upload-length')
      if (length > most)
        throw new HttpProblem(
          'too-large',
          `The file is larger than the ${most} bytes that one may have (ONRECORD_FILE_MB).`
        )
      const about = { length, ...metadataIn(request) }
      const actor = actorOf(request)
      const upload = await db.write(actor, () => files.begin(actor, about))
      return reply
        .code(201)
        .headers({ ...headersOf(upload), location: `/v1/uploads/${upload.id}` })
        .send(upload)
    }
  )
}

/** What is kept of `Upload-Metadata`. Throws 400 for what is no such list. */
function metadataIn({ headers }: FastifyRequest) {
  const pairs = new Map<string, string>()
  for (const pair of String(headers['upload-metadata'] ?? '').split(',')) {
    const [, key, value = ''] = /^\s*(\S+)(?: ([A-Za-z0-9+/]*={0,2}))?\s*$/.exec(pair) ?? []
    if (key !== undefined)
      pairs.set(
        key,
        Buffer.from(value, 'base64')
          .toString('utf8')
          .replaceAll(/\p{Cc}/gu, ' ')
          .trim()
      )
    else if (pair.trim() !== '') throw badMetadata()
  }
  return {
    name: pairs.get('filename')?.slice(0, 255) || null,
    type: pairs.get('filetype')?.slice(0, 200) || null
  }
}

const badMetadata = () =>
  badHeader(
    'upload-metadata',
    'is no list of names and values in Base64: filename ZmVycnkuanBn,filetype aW1hZ2UvanBlZw==.'
  )

function badHeader(name: string, detail: string) {
  const pointer = `/${name}`
  return new HttpProblem('invalid-input', `Headers: ${pointer}: ${detail}`, [
    { pointer, in: 'headers', detail }
  ])
}

/** A number of bytes in a header. Throws 400. */
function bytesIn({ headers }: FastifyRequest, name: 'upload-length' | 'upload-offset'): number {
  const sent = String(headers[name] ?? '')
  if (/^\d{1,12}$/.test(sent)) return Number(sent)
  throw badHeader(
    name,
    sent === '' ? 'is missing: a number of bytes.' : 'must be a number of bytes, as 8154400.'
  )
}

function sending(scope: FastifyInstance, { files }: Settings) {
  const parts = new WeakMap<FastifyRequest, FastifyRequest['raw']>()
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
          properties: { 'Upload-Offset': requestHeaders['Upload-Offset'] }
        },
        body: { content: { [partType]: { schema: ref(FilePart) } } },
        response: { 204: { description: 'It is here.', headers: answerHeaders, type: 'null' } }
      },
      ...mayFail('unsupported-protocol', 'conflict', 'malformed-request'),
      preValidation: async (request) => {
        parts.set(request, request.body as FastifyRequest['raw'])
        request.body = ''
      }
    },
    async (request, reply) => {
      takeLong(request.raw)
      const offset = bytesIn(request, 'upload-offset')
      const upload = await files
        .append(actorOf(request), request.params.id, offset, parts.get(request)!)
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
        params,
        response: { 200: ref(Upload) }
      },
      ...mayFail('unsupported-protocol')
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
