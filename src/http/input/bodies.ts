// Reading bodies: UTF-8 that is UTF-8, JSON that says each thing once, texts that can be stored on every database.
// What a route consumes is a word of @fastify/swagger's.
import type {} from '@fastify/swagger'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { HttpProblem, type Kind } from '../problems.ts'
import { decodedPage } from './charsets.ts'
import { isLong, long, markLong, readJson } from './json-bodies.ts'
import { atOnce, inSlices } from './slices.ts'

export const json = 'application/json'
const mergePatch = 'application/merge-patch+json'
export const pages = ['text/plain', 'text/html']

/** What each method's bodies are written in, unless its operation says otherwise. */
export const contentTypes: Record<string, string[]> = { POST: [json], PUT: [json], PATCH: [mergePatch, json] }

/** The largest body, in bytes; an operation may ask for less. */
export const bodyLimit = 2 * 1024 * 1024

/** Teaches the server our content types, and no other. */
export function parseBodies(app: FastifyInstance) {
  const parser = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser([json, mergePatch], { parseAs: 'buffer' }, (request, bytes, done) => {
    if (bytes.length === 0 && mayBeEmpty(request)) return done(null, undefined)
    const text = decoded(bytes as Buffer, 'utf-8', 'malformed-json')
    const parse = (json: string) => parsed(json, (done) => parser(request, json, done))
    if (text.length <= long) return done(null, atOnce(readJson(text, parse)))
    inSlices(readJson(text, parse)).then((body) => done(null, markLong(body)), done)
  })
  // Validating it took a turn of the event loop; what is done with it takes another.
  app.addHook('preHandler', ({ body }, _, done) => (isLong(body) ? void setImmediate(done) : done()))
  app.addContentTypeParser(pages, { parseAs: 'buffer' }, async (request: FastifyRequest, bytes: Buffer) => {
    const contentType = request.headers['content-type']
    const text = /^\s*text\/html/i.test(contentType!)
      ? page(bytes, charset(contentType))
      : decoded(bytes, charset(contentType) ?? 'utf-8', 'malformed-request')
    if (text.includes('\0'))
      throw new HttpProblem('malformed-request', 'This is a binary file, not a page of text.')
    return text
  })
}

/** Whether an operation takes no body, or does without one. */
const mayBeEmpty = ({ routeOptions: { schema, config } }: FastifyRequest) =>
  schema?.body === undefined || (config as { optionalBody?: boolean }).optionalBody === true

/** What Fastify's parser makes of a JSON text. Throws 400 that says what is wrong with it. */
function parsed(text: string, parse: (done: (error: Error | null, body?: unknown) => void) => void) {
  let value: unknown
  parse((error, body) => {
    if (error) throw new HttpProblem('malformed-json', `The body is not valid JSON: ${flaw(text)}.`)
    value = body
  })
  return value
}

/** What is wrong with a text that was refused as JSON. */
function flaw(text: string): string {
  try {
    JSON.parse(text)
    return 'an object has the key __proto__ or constructor.prototype'
  } catch (error) {
    return (error as Error).message
  }
}

const charset = (contentType = '') => /;\s*charset="?([\w-]+)"?/i.exec(contentType)?.[1]

/** A page in the encoding that a browser would read it in. */
function page(bytes: Buffer, label: string | undefined): string {
  try {
    return decodedPage(bytes, label)
  } catch {
    throw unknownCharset(label!)
  }
}

const unknownCharset = (label: string) =>
  new HttpProblem('unsupported-media-type', `The charset ${label} is not known.`)

function decoded(bytes: Buffer, label: string, kind: Kind): string {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof RangeError) throw unknownCharset(label)
    throw new HttpProblem(kind, `The body is not valid ${label.toUpperCase()}.`)
  }
}

export const noBody = () => new HttpProblem('invalid-input', 'This takes no body.')

/** Throws 415 for a body in a content type that the operation does not take, or that is compressed. */
export function checkContentType(request: FastifyRequest) {
  const coding = request.headers['content-encoding'] ?? 'identity'
  if (coding.toLowerCase() !== 'identity') throw compressed(coding)
  const accepted = request.routeOptions.schema?.consumes
  const sent = request.headers['content-type']
  if (accepted === undefined || sent === undefined) return
  const type = sent.split(';')[0]!.trim().toLowerCase()
  if (!accepted.includes(type)) throw unsupported(request)
}

/** A 415 that says what the operation takes, which has a body. */
export function unsupported({ method, headers, routeOptions }: FastifyRequest) {
  const accepted = routeOptions.schema!.consumes!
  const header = method === 'PATCH' ? 'accept-patch' : 'accept'
  const detail = `This takes ${accepted.join(' or ')}, not ${headers['content-type'] ?? 'a body of no content type'}.`
  return new HttpProblem('unsupported-media-type', detail, undefined, { [header]: accepted.join(', ') })
}

/** A compressed body is small until it is read: nobody sends a story of gigabytes by accident (RFC 9110, 12.5.3). */
const compressed = (coding: string) =>
  new HttpProblem(
    'unsupported-media-type',
    `Bodies are taken as they are, not in the content coding ${coding}.`,
    undefined,
    { 'accept-encoding': 'identity' }
  )
