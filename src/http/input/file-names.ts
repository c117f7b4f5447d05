// The names of files that are sent.

/** How long a name may be, in characters. */
const maxLength = 255

/** A name as it is kept: without folders and control characters; null where nothing is left. */
export function fileName(name = ''): string | null {
  const own = name
    .replace(/^.*[/\\]/s, '')
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
  return [...own].slice(0, maxLength).join('') || null
}

/** The name in Content-Disposition (RFC 6266): `filename*` goes before `filename`, which many send in UTF-8 as well. */
export function fileNameIn(header = ''): string | null {
  const [, encoded] = /;\s*filename\*\s*=\s*utf-8'[^';]*'([^;\s]+)/i.exec(header) ?? []
  const [, quoted, plain] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"]+))/i.exec(header) ?? []
  // What is no quote after a backslash is the path of a file of Windows.
  const given = quoted?.replaceAll(/\\(["\\])/g, '$1') ?? plain
  return fileName(attempt(() => encoded && decodeURIComponent(encoded)) || (given && fromBytes(given)))
}

/** A header as text: Node reads each byte as a character. */
const fromBytes = (header: string) =>
  attempt(() => new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(header, 'latin1'))) ?? header

function attempt<T>(decode: () => T): T | undefined {
  try {
    return decode()
  } catch {
    return undefined
  }
}
