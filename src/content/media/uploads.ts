// Bodies of `POST /v1/media` that are files: received to disk before they are validated, so that a repeated request
// with an Idempotency-Key is known by the digest of its bytes.
import type { Multipart } from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { throwBrokenOff } from '../../files/intake/receive.ts'
import { rawTypes } from '../../files/intake/types.ts'
import type { Files, StoredFile } from '../../files/service.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { essenceOf, json, unsupported } from '../../http/input/bodies.ts'
import { runToEnd } from '../../http/input/cooperative.ts'
import { fileName, fileNameIn } from '../../http/input/file-names.ts'
import { readJson } from '../../http/input/json-bodies.ts'
import { HttpProblem } from '../../http/problems.ts'
import { takeLong } from '../../http/server/long-bodies.ts'
import type { CreateMedia } from './schema.ts'

export const multipart = 'multipart/form-data'

/** A received file, and what was said of it. */
interface Upload {
  received: Awaited<ReturnType<Files['receive']>>
  declared: string | undefined
  name: string | null
}

/** A file that is stored, and its name. */
export type NamedFile = StoredFile & { name: string | null }

/** The longest JSON that says something of a file, in bytes. */
const maxFields = 64 * 1024

/** Adds parsers of files to a scope that has no other route, and answers how a request's file is had. */
export async function takeUploads(scope: FastifyInstance, files: Files) {
  await scope.register((await import('@fastify/multipart')).default, {
    limits: { fileSize: Infinity, files: 2, fields: 1, fieldSize: maxFields, parts: 2 },
    // Otherwise JSON that says that it is would be parsed on the way, and less strictly.
    isPartAFile: (field, type, name) =>
      name !== undefined || type === 'application/octet-stream' || (field === 'media' && type === json)
  })
  scope.addContentTypeParser(rawTypes, (_, payload, done) => done(null, payload))
  const uploads = new WeakMap<FastifyRequest, Upload>()

  /** Receives the file of a request: its body becomes the digest of the bytes. */
  async function receive(request: FastifyRequest) {
    const sent = request.headers['content-type']
    if (sent === undefined) throw unsupported(request)
    const type = essenceOf(sent)
    if (type !== json) takeLong(request.raw)
    if (type === multipart) request.body = await receiveParts(request)
    else if (rawTypes.includes(type)) {
      const received = await files
        .receive(actorOf(request), request.body as FastifyRequest['raw'])
        .catch(throwBrokenOff)
      const name = fileNameIn(request.headers['content-disposition'])
      uploads.set(request, { received, declared: type, name })
      request.body = received.digest
    }
  }

  async function receiveParts(request: FastifyRequest) {
    let media: unknown
    try {
      for await (const part of request.parts()) {
        if (part.fieldname === 'media') {
          if (media !== undefined) throw tooMuch()
          media = readFields(await textOf(part))
        } else if (part.fieldname === 'file' && part.type === 'file') {
          if (uploads.has(request)) throw tooMuch()
          const received = await files.receive(actorOf(request), part.file)
          uploads.set(request, { received, declared: part.mimetype, name: fileName(part.filename) })
        } else throw unknownPart(part)
      }
    } catch (error) {
      throw partsProblem(error as Error & { code?: string })
    }
    const file = uploads.get(request)?.received.digest
    return { ...(media !== undefined && { media }), ...(file && { file }) }
  }

  return {
    receive,
    /** The file of a request, stored; undefined where its body is JSON that names none. */
    async stored(request: FastifyRequest): Promise<NamedFile | undefined> {
      const upload = uploads.get(request)
      const { from, upload: sent }: CreateMedia = upload ? {} : (request.body as CreateMedia)
      const actor = actorOf(request)
      if (upload) {
        const { received, declared, name } = upload
        // It is stored, or gone, after this.
        uploads.delete(request)
        return { ...(await files.keep(actor, received, declared)), name }
      }
      if (sent !== undefined) return files.keepUpload(actor, sent)
      if (from === undefined) return undefined
      const { received, name } = await files.fetch(actor, from)
      return { ...(await files.keep(actor, received)), name }
    },
    /** Removes what was received for a request that was refused, or answered as before; and a file in parts that was taken. */
    async discard(request: FastifyRequest, { statusCode }: FastifyReply) {
      const upload = uploads.get(request)
      if (upload) await files.discard(upload.received)
      const sent = (request.body as CreateMedia | undefined)?.upload
      if (statusCode === 201 && sent !== undefined)
        await files.uploads.remove(actorOf(request), sent).catch(() => {})
    }
  }
}

/** What is said of a file: a field, or a file of its own, as pages send what has a type. Throws where it is too long. */
async function textOf(part: Multipart): Promise<string> {
  if (part.type === 'field') return String(part.value)
  let text = ''
  for await (const piece of part.file.setEncoding('utf8')) {
    text += piece
    if (text.length > maxFields) throw tooMuch()
  }
  return text
}

const tooMuch = () =>
  new HttpProblem(
    'invalid-input',
    `The body may have one part \`file\` and one part \`media\`, with JSON of at most ${maxFields} bytes; this has more.`
  )

function readFields(sent: string): unknown {
  try {
    return runToEnd(readJson(sent, (text) => JSON.parse(text)))
  } catch (error) {
    if (error instanceof HttpProblem) throw error
    throw new HttpProblem(
      'malformed-json',
      `The part \`media\` is not valid JSON: ${(error as Error).message}.`
    )
  }
}

function unknownPart({ fieldname }: Multipart) {
  const detail =
    fieldname === 'file'
      ? 'is no file: send it with its name, as `curl -F file=@ferry.jpg` does.'
      : 'is no part of this: send the file as `file`, and what is said of it as JSON in `media`.'
  const pointer = `/${fieldname.replaceAll('~', '~0').replaceAll('/', '~1')}`
  return new HttpProblem('invalid-input', `Body: ${pointer}: ${detail}`, [{ pointer, detail }])
}

/** The problem of a body that is not the parts it should be. */
function partsProblem(error: Error & { code?: string }) {
  if (error instanceof HttpProblem) return error
  if (error.code?.endsWith('_LIMIT')) return tooMuch()
  return new HttpProblem('malformed-request', `The body is not multipart/form-data: ${error.message}.`)
}
