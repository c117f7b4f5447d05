// The headers of tus 1.0.0: what requests say in them, and what answers do.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { fileName } from '../../../http/input/file-names.ts'
import { HttpProblem } from '../../../http/problems.ts'
import { uncached } from '../../../http/server/headers.ts'
import { algorithms, type Checksum } from './checksum.ts'
import { answerHeaders, type Upload } from './schema.ts'

const version = '1.0.0'

/** What there is beside the core of the protocol. */
const extensions = 'creation,creation-with-upload,checksum,termination,expiration'

/** Throws 412 for another version of the protocol; who names none speaks this one. */
export function checkVersion(named: string | string[] | undefined) {
  if (named !== undefined && named !== version)
    throw new HttpProblem('unsupported-protocol', `This is tus ${version}, not ${named}.`, undefined, {
      'tus-version': version
    })
}

/** The headers of tus, which pages of other origins may read where they may read others. */
export function protocolHeaders(reply: FastifyReply, maxBytes: number) {
  const exposed = reply.getHeader('access-control-expose-headers')
  return {
    'tus-resumable': version,
    'tus-extension': extensions,
    'tus-max-size': String(maxBytes),
    ...(exposed !== undefined && {
      'access-control-expose-headers': [exposed, 'Tus-Resumable', ...Object.keys(answerHeaders)].join(', ')
    })
  }
}

/** The headers of an upload. */
export const headersOf = ({ offset, length, expiresAt }: Upload) => ({
  ...uncached,
  'upload-offset': String(offset),
  'upload-length': String(length),
  'upload-expires': new Date(expiresAt).toUTCString()
})

/** What OPTIONS answers beside the headers of every answer: what a client may use here. */
export const offerHeaders = {
  'tus-version': version,
  'tus-checksum-algorithm': algorithms.join(',')
}

/** What is kept of `Upload-Metadata`. Throws 400 for what is no such list. */
export function metadataIn({ headers }: FastifyRequest) {
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
    name: fileName(pairs.get('filename')),
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
export function bytesIn({ headers }: FastifyRequest, name: 'upload-length' | 'upload-offset'): number {
  const sent = String(headers[name] ?? '')
  if (/^\d{1,12}$/.test(sent)) return Number(sent)
  throw badHeader(
    name,
    sent === '' ? 'is missing: a number of bytes.' : 'must be a number of bytes, as 8154400.'
  )
}

/** The checksum of the bytes that come; undefined where none is named. Throws 400 for one that cannot be checked here. */
export function checksumIn({ headers }: FastifyRequest): Checksum | undefined {
  const sent = headers['upload-checksum']
  if (sent === undefined) return undefined
  const [, algorithm = '', digest] = /^(\w+) ([A-Za-z0-9+/]+={0,2})$/.exec(String(sent).trim()) ?? []
  if (digest !== undefined && algorithms.includes(algorithm)) return { algorithm, digest }
  throw badHeader(
    'upload-checksum',
    `must be the name of an algorithm (${algorithms.join(', ')}) and the digest of these bytes in Base64: sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=.`
  )
}
