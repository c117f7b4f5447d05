// Redirects as files that web servers read.
import type { Redirect, RedirectFile } from './schema.ts'

/**
 * The lines of a map of nginx (ngx_http_map_module): in quoted words a backslash escapes, and a dollar sign begins a
 * variable, which nothing escapes.
 */
const nginx = ({ from, to }: Redirect) => `${quoted(from)} ${quoted(to.replaceAll('$', '%24'))};\n`

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`

/**
 * A line of `_redirects` (Netlify, redirects and rewrites): words between spaces; a star and a colon after a slash are
 * patterns there, and the parameters of the old address stand between the two.
 */
function netlify({ from, to, status }: Redirect) {
  const [path = '', query = ''] = from.split(/\?(.*)/s)
  const literal = path.replaceAll('*', '%2A').replaceAll('/:', '/%3A')
  const parameters = query.split('&').filter(Boolean)
  return `${[literal, ...parameters, to, status].join(' ')}\n`
}

/** A line of CSV (RFC 4180). */
const csv = ({ from, to, status }: Redirect) => `${field(from)},${field(to)},${status}\r\n`

const field = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const lines: Record<RedirectFile, (redirect: Redirect) => string> = { nginx, netlify, csv }
const heads: Record<RedirectFile, string> = { nginx: '', netlify: '', csv: 'from,to,status\r\n' }

export const fileTypes: Record<RedirectFile, string> = {
  nginx: 'text/plain',
  netlify: 'text/plain',
  csv: 'text/csv'
}

/** The file of these redirects. */
export const fileOf = (form: RedirectFile, redirects: Redirect[]): Buffer =>
  Buffer.from(heads[form] + redirects.map(lines[form]).join(''))
