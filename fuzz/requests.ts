// Requests, from the parts they are made of.
import type { Operation } from './document.ts'

/** What is asked of the server: `url` is path and query. */
export interface Request {
  method: string
  url: string
  headers: Record<string, string>
  body?: string | Buffer
}

/** The parts of a request, each of which may be changed, or left out. */
export interface Parts {
  operation: Operation
  method: string
  path: Record<string, string>
  query: [name: string, value: string][]
  headers: Record<string, string>
  /** The role whose token is sent, or null for none. */
  role: string | null
  /** The content type of the body. */
  type?: string
  /** The body as a value: undefined for none. */
  body?: unknown
  /** The body as bytes, in the place of a value. */
  raw?: string | Buffer
}

/** The request that these parts make. `tokens` are those of the roles. */
export function requestOf(parts: Parts, tokens: Record<string, string>): Request {
  const { method, role, type, body, raw } = parts
  const payload = raw ?? encoded(type, body)
  return {
    method,
    url: urlOf(parts),
    headers: {
      ...(role !== null && { authorization: `Bearer ${tokens[role]}` }),
      ...(type !== undefined && { 'content-type': type }),
      ...parts.headers
    },
    ...(payload !== undefined && { body: payload })
  }
}

function encoded(type = '', body: unknown): string | undefined {
  if (body === undefined) return undefined
  return type.startsWith('text/') ? String(body) : JSON.stringify(body)
}

/** The path and query of a request. */
export function urlOf({ operation, path, query }: Pick<Parts, 'operation' | 'path' | 'query'>): string {
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(path[name]!))
  const pairs = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  return pairs.length > 0 ? `${filled}?${pairs.join('&')}` : filled
}

/** A line for a shell that sends the request. The token is `$TOKEN`, of the role that stands behind. */
export function curl(address: string, { method, url, headers, body }: Request, role: string | null): string {
  const named = Object.entries(headers).map(([name, value]) =>
    name === 'authorization' && role !== null
      ? `-H "Authorization: Bearer $TOKEN"`
      : `-H ${quoted(`${name}: ${value}`)}`
  )
  const how = method === 'HEAD' ? ['-I'] : ['-i', '-X', method]
  const data = body === undefined ? [] : ['--data-binary', quoted(body)]
  const line = ['curl', ...how, '--path-as-is', ...named, ...data, quoted(address + url)].join(' ')
  return role === null ? line : `${line} # TOKEN: ${role}`
}

/** A text as bash takes it, whatever is in it; bytes that are no text as escapes. */
function quoted(text: string | Buffer): string {
  const plain = typeof text === 'string' && !/['\\\p{C}]/u.test(text)
  if (plain) return `'${text}'`
  const escaped = [...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      if (character === "'" || character === '\\') return `\\${character}`
      return byte < 0x20 || byte > 0x7e ? `\\x${byte.toString(16).padStart(2, '0')}` : character
    })
    .join('')
  return `$'${escaped}'`
}
