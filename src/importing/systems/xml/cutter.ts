// What most of an export consists of, read by looking for its end: CDATA sections, and elements that hold words alone.
// saxes reads a character at a time, and in exports of WordPress these are nearly all of the file.

/** What begins something in which a CDATA section is none, one itself, or an element without attributes. */
const beginning = /<(?:!--|!\[CDATA\[|\?|!DOCTYPE|([A-Za-z][\w.-]*(?::[A-Za-z][\w.-]*)?)>)/g
const ends = { '<!--': '-->', '<?': '?>' } as const
const longest = '<!DOCTYPE'.length
const section = '<![CDATA['
/** What XML 1.0 forbids (2.2): the parser tells of it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/
/** What stands in no text as it is, or ends it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const notPlain = /[&\]\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/
const notSpace = /[^ \t\n]/
/**
 * An ampersand that begins no reference (XML 1.0, 4.1), as in addresses that nobody escaped: the parser would look for the end of a
 * reference in all that follows.
 */
const bareAmpersand = /&(?!#\d+;|#x[\dA-Fa-f]+;|[A-Za-z_:\x80-\uffff][\w:.\x80-\uffff-]{0,63};)/g
/** What may become a reference when more has come. */
const openReference = /&[#\w:.\x80-\uffff-]*$/
const longestReference = 66

/** Ends of lines are one character (2.11). */
const withLines = (words: string) => (words.includes('\r') ? words.replace(/\r\n?/g, '\n') : words)

type Inside = 'markup' | 'section' | 'declared' | keyof typeof ends

interface Handlers {
  /** Takes markup. */
  parse(xml: string): void
  /** Is told of ampersands that stand for themselves, which are handed on as `&amp;`. */
  ampersand(): void
  /** Takes the words of CDATA sections, and what stands between elements. */
  text(words: string): void
  /** Takes an element that holds these words alone. */
  leaf(name: string, words: string): void
  /** Whether what comes next stands in an element. */
  isInside(): boolean
}

/** Takes a document in pieces, and hands on what it is made of. */
export function cutter({ parse, ampersand, text, leaf, isInside }: Handlers) {
  let inside: Inside = 'markup'
  let kept = ''
  /** Whether the parser waits for text or a tag. */
  let isBetween = false

  /** Hands on markup with every ampersand that stands for itself escaped. */
  function parseMarkup(xml: string) {
    const escaped = xml.replace(bareAmpersand, '&amp;')
    if (escaped.length > xml.length) ampersand()
    parse(escaped)
  }

  /** Hands on the markup before something that the parser is not shown. */
  function before(markup: string) {
    if (isBetween && !notSpace.test(markup)) {
      if (markup !== '') text(markup)
      // The parser keeps text until something follows it: here an empty section.
    } else parseMarkup(`${markup}<![CDATA[]]>`)
    isBetween = true
  }

  /** How far `data` can be taken from here, and where the next piece begins; undefined where more has to come. */
  function step(data: string, at: number): number | undefined {
    if (inside === 'markup') return markup(data, at)
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

  function markup(data: string, at: number): number | undefined {
    beginning.lastIndex = at
    for (let found = beginning.exec(data); found !== null; found = beginning.exec(data)) {
      const [begins, name] = found
      if (name !== undefined) {
        const next = element(data, { at, from: found.index, to: beginning.lastIndex, name })
        if (next !== undefined) return next
        continue
      }
      if (begins === section) before(data.slice(at, found.index))
      else {
        parseMarkup(data.slice(at, beginning.lastIndex))
        isBetween = false
      }
      // As: the pattern finds nothing else.
      inside =
        begins === section ? 'section' : begins === '<!DOCTYPE' ? 'declared' : (begins as keyof typeof ends)
      return beginning.lastIndex
    }
    return undefined
  }

  /** Takes an element whose words are all that is in it; answers where it ends, or undefined for any other. */
  function element(
    data: string,
    { at, from, to, name }: { at: number; from: number; to: number; name: string }
  ): number | undefined {
    const isSection = data.startsWith(section, to)
    const begin = isSection ? to + section.length : to
    const end = data.indexOf(isSection ? ']]>' : '<', begin)
    if (end < 0) return undefined
    const close = isSection ? end + 3 : end
    if (!(data.startsWith('</', close) && data.startsWith(name, close + 2))) return undefined
    const last = close + 2 + name.length
    const inner = data.slice(begin, end)
    if (data[last] !== '>' || (isSection ? forbidden : notPlain).test(inner)) return undefined
    if (isInside()) {
      before(data.slice(at, from))
      leaf(name, withLines(inner))
    } else parseMarkup(data.slice(at, last + 1))
    return last + 1
  }

  function words(piece: string) {
    if (forbidden.test(piece)) parse(`<![CDATA[${piece}]]>`)
    else if (piece !== '') text(withLines(piece))
  }

  /** How much of what is left can be taken now: not the beginning of an end, or of a beginning. */
  function taken(data: string, at: number): number {
    if (inside === 'declared') return data.length
    if (inside === 'markup') {
      const last = data.lastIndexOf('<')
      if (last >= Math.max(at, data.length - longest)) return last
      const tail = Math.max(at, data.length - longestReference)
      const reference = data.slice(tail).search(openReference)
      return reference < 0 ? data.length : tail + reference
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
      else {
        const rest = data.slice(at, to)
        if (inside === 'markup') parseMarkup(rest)
        else parse(rest)
        isBetween = false
      }
    },
    /** The document is over: what is left is as it is. */
    end() {
      if (inside === 'section') parse(`<![CDATA[${kept}`)
      else if (kept !== '') parseMarkup(kept)
    }
  }
}
