// Body parsers: valid UTF-8, JSON without duplicate keys, strings that every database can store.
// The property `consumes` of a route's schema comes from @fastify/swagger.
import type {} from '@fastify/swagger'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { HttpProblem, type Kind } from '../problems.ts'
import { bodiesCompiling } from './body-validators.ts'
import { decodedPage } from './charsets.ts'
import { runToEnd, runYielding } from './cooperative.ts'
import { isLong, longBody as longText, markLong, readJson } from './json-bodies.ts'

export const json = 'application/json'
const mergePatch = 'application/merge-patch+json'
export const pages = ['text/plain', 'text/html']

/** The content types of each method's bodies, unless an operation overrides them. */
export const contentTypes: Record<string, string[]> = { POST: [json], PUT: [json], PATCH: [mergePatch, json] }

/** The largest body, in bytes; an operation may set a lower limit. */
export const bodyLimit = 2 * 1024 * 1024

/** Registers the parsers of our content types, and removes all others. */
export function parseBodies(app: FastifyInstance) {
  const parser = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser([json, mergePatch], { parseAs: 'buffer' }, (request, bytes, pass) => {
    const done: typeof pass = (error, body) => {
      const compiling = bodiesCompiling()
      if (compiling) compiling.then(() => pass(error, body))
      else pass(error, body)
    }
    if (bytes.length === 0 && mayBeEmpty(request)) return done(null, undefined)
    const text = decodeStrictly(bytes as Buffer, 'utf-8', 'malformed-json')
    const parse = (json: string) => parsed(json, (done) => parser(request, json, done))
    if (text.length <= longText) return done(null, runToEnd(readJson(text, parse)))
    runYielding(readJson(text, parse)).then((body) => done(null, markLong(body)), done)
  })
  // Validation took a turn of the event loop; the handler gets another.
  app.addHook('preHandler', ({ body }, _, done) => (isLong(body) ? void setImmediate(done) : done()))
  app.addContentTypeParser(pages, { parseAs: 'buffer' }, async (request: FastifyRequest, bytes: Buffer) => {
    const contentType = request.headers['content-type']
    const text = /^\s*text\/html/i.test(contentType!)
      ? decodePage(bytes, charset(contentType))
      : decodeStrictly(bytes, charset(contentType) ?? 'utf-8', 'malformed-request')
    if (text.includes('\0'))
      throw new HttpProblem('malformed-request', 'This is a binary file, not a page of text.')
    return text
  })
}

/** Whether the body of an operation is absent or optional. */
const mayBeEmpty = ({ routeOptions: { schema, config } }: FastifyRequest) =>
  schema?.body === undefined || (config as { optionalBody?: boolean }).optionalBody === true

/** Parses a JSON text with Fastify's parser. Throws a 400 with the reason. */
function parsed(text: string, parse: (done: (error: Error | null, body?: unknown) => void) => void) {
  let value: unknown
  parse((error, body) => {
    if (error) throw new HttpProblem('malformed-json', whyMalformed(text))
    value = body
  })
  return value
}

const whyMalformed = (text: string) =>
  text.trim() === ''
    ? 'The body is empty: this takes JSON.'
    : `The body is not valid JSON: ${parseError(text)}.`

/** Why a text is not accepted as JSON. */
function parseError(text: string): string {
  try {
    JSON.parse(text)
    return 'an object has the key __proto__ or constructor.prototype'
  } catch (error) {
    return (error as Error).message
  }
}

const charset = (contentType = '') => /;\s*charset="?([\w-]+)"?/i.exec(contentType)?.[1]

/** Decodes a page with the encoding that a browser would use. */
function decodePage(bytes: Buffer, label: string | undefined): string {
  try {
    return decodedPage(bytes, label)
  } catch {
    throw unknownCharset(label!)
  }
}

const unknownCharset = (label: string) =>
  new HttpProblem('unsupported-media-type', `The charset ${label} is not known.`)

function decodeStrictly(bytes: Buffer, label: string, kind: Kind): string {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof RangeError) throw unknownCharset(label)
    throw new HttpProblem(kind, `The body is not valid ${label.toUpperCase()}.`)
  }
}

export const noBody = () => new HttpProblem('invalid-input', 'This takes no body.')

/** A content type without its parameters. */
export const essenceOf = (type: string) => type.split(';')[0]!.trim().toLowerCase()

/** Throws 415 for a content type that the operation does not accept, or a compressed body. */
export function checkContentType(request: FastifyRequest) {
  const coding = request.headers['content-encoding'] ?? 'identity'
  if (coding.toLowerCase() !== 'identity') throw compressed(coding)
  const accepted = request.routeOptions.schema?.consumes
  const sent = request.headers['content-type']
  if (accepted === undefined || sent === undefined) return
  if (!accepted.includes(essenceOf(sent))) throw unsupported(request)
}

/** Content types, of which those of one kind are named together where they are many. */
function inWords(types: readonly string[]): string {
  const kinds = types.map((type) => type.split('/')[0]!)
  const isOneOfMany = (kind: string) =>
    /image|audio|video/.test(kind) && kinds.filter((other) => other === kind).length > 2
  const names = types.map((type, i) => (isOneOfMany(kinds[i]!) ? `${kinds[i]}/...` : type))
  return [...new Set(names)].join(' or ')
}

/** A 415 that names the accepted content types, or says what its route says of this one. */
export function unsupported({ method, headers, routeOptions }: FastifyRequest) {
  const accepted = routeOptions.schema!.consumes!
  const header = method === 'PATCH' ? 'accept-patch' : 'accept'
  const { whyNotTaken } = routeOptions.config as { whyNotTaken?(type: string): string | undefined }
  const sent = headers['content-type'] ?? 'a body of no content type'
  const detail = whyNotTaken?.(essenceOf(sent)) ?? `This takes ${inWords(accepted)}, not ${sent}.`
  return new HttpProblem('unsupported-media-type', detail, undefined, { [header]: accepted.join(', ') })
}

/** A 415 for compressed bodies, which are not accepted because of decompression bombs (RFC 9110, 12.5.3). */
const compressed = (coding: string) =>
  new HttpProblem(
    'unsupported-media-type',
    `Bodies are taken as they are, not in the content coding ${coding}.`,
    undefined,
    { 'accept-encoding': 'identity' }
  )
