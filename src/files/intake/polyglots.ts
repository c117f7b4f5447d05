// Files that are two things at once: a picture for the one who checks it, a page or an archive for somebody else.
import { HttpProblem } from '../../http/problems.ts'

/** Where browsers and readers of PDF look for a beginning (WHATWG, MIME Sniffing, 5.2; ISO 32000-1, annex H.3.4.1). */
const sniffed = 1445

/** What a page begins with. */
const page = /<(?:!doctype html|html|head|script|iframe|body|svg|\?php)[\s>]/i

const svgRoot = /^\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*|<!doctype svg[^>]*>\s*)*<svg[\s>]/i

/** Whether a file is a drawing in SVG; `found` is what its magic number says. */
export const isSvg = (head: Buffer, found: string | undefined) =>
  (found === undefined || found === 'application/xml' || found === 'image/svg+xml') &&
  svgRoot.test(head.toString('utf8'))

/** Whether a file of no known type is a page. */
export const isPage = (head: Buffer) =>
  /<(?:!doctype html|html)[\s>]/i.test(head.toString('latin1', 0, sniffed))

/** Throws 422 for a file that is also a page, a PDF or an archive. */
export function checkOneFormat(type: string, head: Buffer, tail: Buffer) {
  const other = otherFormat(type, head, tail)
  if (other === undefined) return
  const detail = `The file is ${type}, and ${other} as well: export it anew, without what was put into it.`
  throw new HttpProblem('unprocessable', detail, [{ pointer: '', detail }])
}

function otherFormat(type: string, head: Buffer, tail: Buffer): string | undefined {
  const begin = head.subarray(0, sniffed).toString('latin1')
  if (type !== 'image/svg+xml' && page.test(begin)) return 'a page that browsers would run'
  if (type !== 'application/pdf' && begin.slice(0, 1024).includes('%PDF-')) return 'a PDF document'
  return endsAsZip(tail) ? 'an archive (ZIP)' : undefined
}

/** Whether the last bytes are the end of a ZIP archive, with its comment (APPNOTE, 4.3.16). */
function endsAsZip(tail: Buffer): boolean {
  // The signature of the end, and the shortest end after it.
  let at = tail.lastIndexOf('PK\u0005\u0006', -22)
  while (at >= 0) {
    if (at + 22 + tail.readUInt16LE(at + 20) === tail.length) return true
    at = tail.subarray(0, at).lastIndexOf('PK\u0005\u0006')
  }
  return false
}
