import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { matchesIfMatch, matchesIfNoneMatch } from '../../http/etag.ts'
import { found, HttpProblem, mayFail, notFound } from '../../http/problems.ts'
import { edition, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import type { Database } from '../../storage/database.ts'
import type { Blobs } from '../blobs/blobs.ts'
import { types } from '../intake/types.ts'
import { successorOf } from './former.ts'
import { rangeOf } from './range.ts'
import { maxFile, smallFiles } from './small-files.ts'
import { isShown, type Located, locate, type PublishedMedia, recordsOf } from './visibility.ts'

interface Settings {
  blobs(): Promise<Blobs>
  published: PublishedMedia
  clock: () => Date
}

const params = strict({
  digest: Type.String({
    pattern: '^[0-9a-f]{64}$',
    description: 'A digest, as it stands in the address of the file.',
    examples: ['0b0e8c5d4f9d7a1f6a2f5d1f3f1f0c9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e']
  }),
  name: Type.String({
    pattern: '^[\\w-]{1,120}\\.[a-z0-9]{1,5}$',
    description: 'The name of the file, as it stands in its address.',
    examples: ['1280.jpg']
  })
})

const FileBytes = Type.String({
  $id: 'FileBytes',
  description: 'The bytes of the file.',
  contentEncoding: 'binary'
})
const content = Object.fromEntries(Object.keys(types).map((type) => [type, { schema: ref(FileBytes) }]))
const text = (description: string, example: string) => ({ type: 'string', description, examples: [example] })
const headers = {
  ETag: text('Names the bytes.', '"0b0e8c5d4f9d7a1f6a2f5d1f3f1f0c9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e"'),
  'Cache-Control': text(
    'How long it is fresh: a year, or as long as its rights last.',
    'public, max-age=31536000, immutable'
  ),
  'Content-Disposition': text(
    'Whether it is shown or downloaded, and its name.',
    'inline; filename="1280.jpg"'
  )
}
const movedHeaders = {
  Location: text(
    'Of the same picture and crop: of the same type, or JPEG, and as wide at least, where there is one.',
    '/v1/files/5e4f3a2b1c0d9e8f7a6b5c4d3e0b0e8c5d4f9d7a1f6a2f5d1f3f1f0c9a8b7c6d/1280.jpg'
  ),
  'Cache-Control': text('How long it is fresh: a minute at most.', 'public, max-age=60'),
  'Surrogate-Key': text('The media that it belongs to.', 'med_01k9v3w8zhe5ra4gxm7y2bqd6c')
}
const partly = { ...headers, 'Content-Range': text('Which bytes these are.', 'bytes 0-99/81544') }

const year = 31_536_000
const minute = 60

/** Pages of other sites show it. */
const shownAnywhere = { 'cross-origin-resource-policy': 'cross-origin' }

/** Whether readers may see a file. */
interface Standing {
  /** The records of media that it belongs to. */
  ids: string[]
  /** When the rights of the last of them end; null where they do not. */
  end: string | null
  hasEnded: boolean
  isPublic: boolean
}

/** `GET /v1/files/{digest}/{name}`. */
export function routes(app: FastifyInstance, db: Database, { blobs, published, clock }: Settings) {
  app.addSchema(FileBytes)
  const bytesOf = smallFiles(async (digest) => (await blobs()).read(digest))
  app.get<{ Params: { digest: string; name: string }; Querystring: { edition?: string } }>(
    '/files/:digest/:name',
    {
      schema: {
        operationId: 'getFile',
        tags: ['media'],
        summary: 'A file: a rendition that a published article shows, or its audio, video or document.',
        description:
          'The edition `draft` has every file, as it came, too. Part of it is sent where `Range` asks for one (RFC 9110, 14); with `If-Match`, only of the file that it names (13.1.1).',
        params,
        querystring: strict(edition),
        response: {
          200: { description: 'The file.', headers, content },
          206: { description: 'A part of the file.', headers: partly, content },
          307: {
            description: 'A rendition that articles showed before: the nearest of those that they show now.',
            headers: movedHeaders,
            type: 'null'
          }
        }
      },
      ...mayFail('range-not-satisfiable', 'stale')
    },
    async (request, reply) => {
      const { digest, name } = request.params
      const file = found(await locate(db.read, digest, name), 'file')
      if (request.query.edition === 'draft') {
        reply.headers(uncached)
        return sendFile(request, reply, file, name)
      }
      const standing = await standingOf(digest, file)
      if (!standing.isPublic) return sendToSuccessor(reply, digest, file, standing)
      // Its address changes with its bytes.
      reply.headers(cacheable(standing, year))
      return sendFile(request, reply, file, name)
    }
  )

  /** Whether readers may see what has this digest in its address, and until when. */
  async function standingOf(digest: string, file: Located): Promise<Standing> {
    const ids = await recordsOf(db.read, digest, file)
    const end = await published.rightsEndAt(db.read, ids)
    // The articles that show it may not have been published without it yet.
    const hasEnded = end !== null && end <= clock().toISOString()
    return { ids, end, hasEnded, isPublic: !hasEnded && (await isShown(db.read, digest)) }
  }

  /** How caches keep an answer: for so many seconds, unless rights end before. */
  function cacheable({ ids, end }: Standing, most: number) {
    const left = end === null ? most : Math.floor((Date.parse(end) - clock().getTime()) / 1000)
    const age = Math.min(most, Math.max(0, left))
    return {
      'cache-control': `public, max-age=${age}${age === year ? ', immutable' : ''}`,
      'surrogate-key': ids.join(' ')
    }
  }

  /**
   * Leads from a rendition that was public to the nearest that is. For a short while: with the former settings its address is
   * that of the file again, and caches that held both redirects would go in circles. Throws 404, and 410 for what was withdrawn.
   */
  async function sendToSuccessor(reply: FastifyReply, digest: string, file: Located, standing: Standing) {
    const { ids, hasEnded } = standing
    const isPublic = async (setId: string) => (await standingOf(setId, file)).isPublic
    const to =
      file.rendition &&
      !hasEnded &&
      (await successorOf(db.read, digest, file.rendition, { published, isPublic }))
    if (to)
      return reply
        .code(307)
        .headers({ location: to, ...cacheable(standing, minute), ...shownAnywhere, 'content-length': '0' })
        .send()
    if (hasEnded || (await published.areGone(db.read, ids)))
      throw new HttpProblem('gone', 'This file was withdrawn, or its rights have ended.')
    throw notFound('file')
  }

  async function sendFile(request: FastifyRequest, reply: FastifyReply, file: Located, name: string) {
    const { digest, type, bytes } = file
    const etag = `"${digest}"`
    // A 304 has these as well: caches take them for the answer that they have.
    reply.headers({
      etag,
      'accept-ranges': 'bytes',
      ...shownAnywhere,
      // Nothing in it runs.
      'content-security-policy': "default-src 'none'; sandbox"
    })
    if (!matchesIfMatch(request.headers['if-match'], etag))
      throw new HttpProblem(
        'stale',
        'The file at this address is another than `If-Match` names: get all of it anew.'
      )
    if (matchesIfNoneMatch(request.headers['if-none-match'], etag)) return reply.code(304).send()
    // Range is of GET alone (RFC 9110, 14.2).
    const range = request.method === 'HEAD' ? undefined : rangeOf(request.headers, bytes, etag)
    const shown = types[type]!.kind === 'document' ? 'attachment' : 'inline'
    reply.type(type).header('content-disposition', `${shown}; filename="${name}"`)
    if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${bytes}`)
    reply.header('content-length', range ? range.end - range.start + 1 : bytes)
    // Fastify would count the bytes of another body.
    if (request.method === 'HEAD') return reply.send(Readable.from([]))
    if (range === undefined && bytes <= maxFile) return reply.send(await bytesOf(digest))
    return reply.send(await (await blobs()).read(digest, range))
  }
}
