// Plain words in Markdown, escaped so that every reader sees nothing but words.

/** What could begin markup. Some signs do so only beside certain others. */
const special = /[\\`*[\]~_<:.@]|&(?=[a-z0-9#])/gi

/** Whether the sign at this place means anything. In a link nothing else is made a link. */
function isSpecial(text: string, at: number, inLink: boolean): boolean {
  switch (text[at]) {
    case '_':
      return !(letter.test(text.charAt(at - 1)) && letter.test(text.charAt(at + 1)))
    case '<':
      return /[a-z/!?]/i.test(text.charAt(at + 1))
    case '&':
      return reference.test(text.slice(at, at + 40))
    case ':':
    case '.':
    case '@':
      return !inLink && isInAddress(text, at)
    default:
      return true
  }
}

const letter = /[\p{L}\p{N}]/u
const domain =
  /\.(?:[a-z]{2}|com|org|net|edu|gov|biz|info|pro|web|xxx|aero|asia|coop|museum|name|shop|рф|xn--[a-z0-9-]+)(?![\p{L}\p{N}])/iuy

/** Whether GFM, or a reader that looks for bare addresses, takes the sign as part of one. */
function isInAddress(text: string, at: number): boolean {
  // Most full stops end a sentence.
  if (/\s/.test(text.charAt(at + 1))) return false
  const before = text.slice(Math.max(0, at - 6), at)
  if (text[at] === '@') return /[\p{L}\p{N}_.+-]$/u.test(before)
  if (text[at] === ':') return /(?:https?|ftp|mailto|xmpp)$/i.test(before)
  domain.lastIndex = at
  return /www$/i.test(before) || (letter.test(before.slice(-1)) && domain.test(text))
}

/** What begins a block, or underlines a heading, where it stands first in its line. */
const blockStart = /^(?:[#>=|]|[-+](?![\p{L}\p{N}])|:(?=-))/u
const orderedItem = /^(\d{1,9})(?=[.)](?:\s|$))/

/** Where words stand. */
export interface Place {
  /** At the beginning of a line, and at the end of the block. */
  isFirst: boolean
  isLast: boolean
  inLink: boolean
  /** Whether the block must stay on one line. */
  oneLine: boolean
  inTable: boolean
  inHeading: boolean
}

/** Words as Markdown. A line break is a hard one. */
export function escapedText(text: string, place: Place): string {
  let plain = text.replace(special, (one, at) => (isSpecial(text, at, place.inLink) ? `\\${one}` : one))
  if (place.inTable) plain = plain.replaceAll('|', '\\|')
  // Number signs at the end of a heading would close it.
  if (place.inHeading) plain = plain.replaceAll('#', '\\#')
  const lines = plain.split('\n')
  return lines
    .map((line, i) => escapedLine(line, i, lines.length, place))
    .join(place.oneLine ? '<br />' : '\\\n')
}

/** White space at the ends of a line would be dropped. */
function escapedLine(line: string, i: number, lines: number, { isFirst, isLast }: Place): string {
  let escaped = line.replace(/\r/g, referenceTo)
  if (i > 0 || isFirst) {
    escaped = escaped.replace(/^\s/u, referenceTo).replace(blockStart, '\\$&').replace(orderedItem, '$1\\')
  }
  return i < lines - 1 || isLast ? escaped.replace(/\s$/u, referenceTo) : escaped
}

/** Readers take no reference to a vertical tab: a space stands for it. */
const referenceTo = (letter: string) => `&#${letter === '\v' ? 32 : letter.charCodeAt(0)};`

/** What is read as a character reference (CommonMark 0.31.2, 2.5). */
const reference = /^&#?[a-z0-9]+;/i
const references = /&(?=#?[a-z0-9]{1,40};)/gi

/** A string where readers know escapes but no markup: the language of code, the parts of a link. */
export const escapedString = (text: string) =>
  text
    .replaceAll('\\', '\\\\')
    .replace(references, '\\&')
    .replace(/[\r\n]/g, referenceTo)

/** The target of a link, and what is shown beside it. */
export function targetOf({ href, title }: { href: string; title?: string }): string {
  const address = escapedString(href).replaceAll('|', '\\|')
  const shown = title === undefined ? '' : ` "${escapedString(title).replace(/["|]/g, '\\$&')}"`
  return /[\s()<>]/.test(href) ? `<${address.replace(/[<>]/g, '\\$&')}>${shown}` : `${address}${shown}`
}
