// Encoding sniffing of a saved HTML page, as in browsers (WHATWG HTML, 13.2.3).

import { isAscii, isUtf8 } from 'node:buffer'

/** In bytes: browsers look for the declaration in the first 1024; saved pages may have more before it. */
const declarationRange = 4096
const meta = /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i

/** The encoding in a page's meta element. UTF-16 cannot be declared in ASCII: it is read as UTF-8 (13.2.3.2). */
function declaredCharset(bytes: Buffer): string | undefined {
  const label = meta.exec(bytes.subarray(0, declarationRange).toString('latin1'))?.[1]
  return label && /^(?:utf-?16|ucs-?2|unicode)/i.test(label) ? 'utf-8' : label
}

function byteOrderMark(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined
}

/**
 * Decodes a page by its byte order mark, else the charset of Content-Type, else UTF-8 if it is valid and not only
 * ASCII, else the charset it declares, else windows-1252. Programs that save pages convert them to UTF-8 and leave the
 * declaration as it was; other encodings are hardly ever valid UTF-8. Invalid bytes become U+FFFD. Throws RangeError
 * for an unknown charset.
 */
export function decodedPage(bytes: Buffer, sent?: string): string {
  const label = byteOrderMark(bytes) ?? sent
  if (label) return new TextDecoder(label).decode(bytes)
  if (isUtf8(bytes) && !isAscii(bytes)) return bytes.toString('utf8')
  try {
    return new TextDecoder(declaredCharset(bytes) ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder(fallback(bytes)).decode(bytes)
  }
}

/** The encoding of a page that has invalid bytes: the declared one, if it is known. */
function fallback(bytes: Buffer): string {
  const label = declaredCharset(bytes)
  try {
    return new TextDecoder(label ?? 'windows-1252').encoding
  } catch {
    return 'windows-1252'
  }
}
