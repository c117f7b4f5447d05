// The encoding of a saved HTML page, as browsers tell it (WHATWG HTML, 13.2.3).

import { isAscii, isUtf8 } from 'node:buffer'

/** Where browsers look for the declaration, and some room for pages that were saved with more before it. */
const declared = 4096
const meta = /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i

/** The encoding that a page declares in its first bytes. UTF-16 cannot be declared in ASCII: it means UTF-8. */
function declaredIn(bytes: Buffer): string | undefined {
  const label = meta.exec(bytes.subarray(0, declared).toString('latin1'))?.[1]
  return label && /^(?:utf-?16|ucs-?2|unicode)/i.test(label) ? 'utf-8' : label
}

function markIn(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined
}

/**
 * A page as text: by its byte order mark, else the charset it was sent with, else UTF-8 where its bytes are that and not
 * ASCII alone, else the charset it declares, else windows-1252. Programs that save pages turn them into UTF-8 and leave the
 * declaration as it was; hardly a text in another encoding is UTF-8 by chance. What is no character in the encoding is U+FFFD. Throws RangeError for an unknown charset.
 */
export function decodedPage(bytes: Buffer, sent?: string): string {
  const label = markIn(bytes) ?? sent
  if (label) return new TextDecoder(label).decode(bytes)
  if (isUtf8(bytes) && !isAscii(bytes)) return bytes.toString('utf8')
  try {
    return new TextDecoder(declaredIn(bytes) ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder(fallback(bytes)).decode(bytes)
  }
}

/** Of a page that is not what it declares: what it declares, where that is known. */
function fallback(bytes: Buffer): string {
  const label = declaredIn(bytes)
  try {
    return new TextDecoder(label ?? 'windows-1252').encoding
  } catch {
    return 'windows-1252'
  }
}
