// CDATA sections of XML, read by looking for their ends: saxes reads them a character at a time, and in exports of
// WordPress they are nine tenths of the file.

/** What begins something in which a CDATA section is none, or one itself. */
const beginning = /<!--|<!\[CDATA\[|<\?|<!DOCTYPE/g
const ends = { '<!--': '-->', '<?': '?>' } as const
const longest = '<!DOCTYPE'.length
/** What XML 1.0 forbids (2.2): the parser tells of it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/

type Inside = 'markup' | 'section' | 'declared' | keyof typeof ends

/** Takes a document in pieces: hands markup to `parse`, and the words of CDATA sections to `text`. */
export function cdataCutter(parse: (xml: string) => void, text: (words: string) => void) {
  let inside: Inside = 'markup'
  let kept = ''

  /** How far `data` can be taken from here, and where the next piece begins; undefined where more has to come. */
  function step(data: string, at: number): number | undefined {
    if (inside === 'markup') {
      beginning.lastIndex = at
      const found = beginning.exec(data)
      if (found === null) return undefined
      const isSection = found[0] === '<![CDATA['
      const next = isSection ? found.index : beginning.lastIndex
      // The parser keeps text until something follows it: here an empty section.
      parse(isSection ? `${data.slice(at, next)}<![CDATA[]]>` : data.slice(at, next))
      // As: the pattern finds nothing else.
      inside = isSection ? 'section' : found[0] === '<!DOCTYPE' ? 'declared' : (found[0] as keyof typeof ends)
      return beginning.lastIndex
    }
    // Entities may hold anything: of a document that declares some, the parser reads all.
    if (inside === 'declared') return undefined
    const end = inside === 'section' ? ']]>' : ends[inside]
    const to = data.indexOf(end, at)
    if (to < 0) return undefined
    if (inside === 'section') words(data.slice(at, to))
    else parse(data.slice(at, to + end.length))
    inside = 'markup'
    return to + end.length
  }

  function words(piece: string) {
    if (forbidden.test(piece)) parse(`<![CDATA[${piece}]]>`)
    // Ends of lines are one character (2.11).
    else if (piece !== '') text(piece.replace(/\r\n?/g, '\n'))
  }

  /** How much of what is left can be taken now: not the beginning of an end, or of a beginning. */
  function taken(data: string, at: number): number {
    if (inside === 'declared') return data.length
    if (inside === 'markup') {
      const last = data.lastIndexOf('<')
      return last >= Math.max(at, data.length - longest) ? last : data.length
    }
    const to = Math.max(at, data.length - 2)
    return data[to - 1] === '\r' ? Math.max(at, to - 1) : to
  }

  return {
    take(piece: string) {
      const data = kept + piece
      let at = 0
      for (let next = step(data, at); next !== undefined; next = step(data, at)) at = next
      const to = taken(data, at)
      kept = data.slice(to)
      if (to === at) return
      if (inside === 'section') words(data.slice(at, to))
      else parse(data.slice(at, to))
    },
    /** The document is over: what is left is as it is. */
    end() {
      if (inside === 'section') parse(`<![CDATA[${kept}`)
      else if (kept !== '') parse(kept)
    }
  }
}
