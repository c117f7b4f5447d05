// Files of the program itself, sent with an ETag and compressed: read once, when somebody first asks for them.
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { negotiate } from '@fastify/accept-negotiator'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { matchesIfNoneMatch, tagOf } from '../etag.ts'

const compress = promisify<Buffer, Buffer>(gzip)

/** The bytes of files, one after the other, plain and compressed. */
async function read(files: URL[]) {
  const bytes = Buffer.concat(await Promise.all(files.map((file) => readFile(file))))
  return { bytes, gzipped: await compress(bytes), tag: tagOf(bytes) }
}

/** A handler that sends a file, or several as one, or 304 where the client has it. */
export function sendFile(file: URL | URL[], type: string, maxAge = 300) {
  let content: ReturnType<typeof read> | undefined
  return async (request: FastifyRequest, reply: FastifyReply) => {
    content ??= read([file].flat())
    const { bytes, gzipped, tag } = await content
    const accepted = String(request.headers['accept-encoding'] ?? '').toLowerCase()
    const isGzip = negotiate(accepted, ['gzip']) === 'gzip'
    // Each content coding needs a strong tag of its own (RFC 9110, 8.8.3.3).
    const etag = isGzip ? tag.replace(/"$/, '-gzip"') : tag
    const vary = [reply.getHeader('vary'), 'accept-encoding'].filter(Boolean).join(', ')
    reply.headers({ etag, vary, 'cache-control': `public, max-age=${maxAge}` })
    if (matchesIfNoneMatch(request.headers['if-none-match'], etag)) return reply.code(304).send()
    if (isGzip) reply.header('content-encoding', 'gzip')
    return reply.type(type).send(isGzip ? gzipped : bytes)
  }
}
