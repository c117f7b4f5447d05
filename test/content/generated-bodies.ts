// Any body that the schema can say, and what two bodies must share to say the same.
import fc from 'fast-check'
import type { Body, PortableText, TextBlock } from '../../src/content/body/schema.ts'

const words = fc.constantFrom(
  ...[
    'ferry',
    'a',
    'Über',
    '太字',
    'これ',
    'ja',
    '1',
    '42',
    'naïve',
    'snake_case',
    '😀',
    'e\u0301',
    'и',
    'العربية'
  ],
  ...[
    '*',
    '_',
    '**',
    '__',
    '`',
    '``',
    '~',
    '~~',
    '#',
    '##',
    '>',
    '-',
    '---',
    '+',
    '=',
    '===',
    '|',
    '\\',
    '!',
    '[',
    ']'
  ],
  ...[
    '[x]',
    '[a](b)',
    '![',
    '<',
    '<b>',
    '</p>',
    '<!--',
    '<?',
    '&',
    '&amp;',
    '&#65;',
    '&copy',
    ':',
    '1.',
    '2)',
    '(',
    ')'
  ],
  ...[
    '“',
    '”',
    '„',
    '「',
    '」',
    '—',
    '€',
    '$',
    '"',
    "'",
    '.',
    ',',
    '…',
    ':-',
    '|-|',
    '[a]:',
    '[^1]',
    '[!NOTE]',
    '+++'
  ],
  ...[
    'www.a.com',
    'http://a.com',
    'https://b.de/c?d=1&e',
    'x@y.com',
    'example.com',
    'mailto:x@y.org',
    'localhost'
  ],
  ...['&nbsp;', '{', '}', '%', '@', '/', '^', '==', '::', '```', '~~~', '    ']
)
const spaces = fc.constantFrom(
  ' ',
  ' ',
  ' ',
  '  ',
  '   ',
  '\n',
  '\n\n',
  '\t',
  '\u00a0',
  '\u2003',
  '\u3000',
  ' \n',
  '\n ',
  // No vertical tab: readers of Markdown take no reference to one.
  ...['\r', '\r\n', '\f', '\u0085', '\u2028', '\u200b', '\ufeff', '\u00ad', '\u200d']
)

/** Text of a span, from words and signs that mean something in HTML or Markdown. */
const text = fc
  .array(fc.oneof({ arbitrary: words, weight: 3 }, { arbitrary: spaces, weight: 2 }), { maxLength: 6 })
  .map((parts) => parts.join(''))

const href = fc.constantFrom(
  'https://paper.example/a_(b)',
  'https://paper.example/?a=1&copy=2&copy;=3',
  'https://paper.example/a b',
  'https://paper.example/<x>\\*|`_',
  'HTTPS://paper.example/)',
  'mailto:a@b.example',
  'tel:+15550100',
  '/plan?a=1#b',
  '#a'
)
const title = fc.constantFrom('A "title"', "it's", 'a & &amp; b', 'back\\slash', 'two\nlines', 'a|b', '*a*')
const ids = ['00000000000000000000000000', '01h455vb4pex5vsknk084sn02q']
const id = (prefix: string) => fc.constantFrom(...ids.map((one) => `${prefix}_${one}`))

const def = fc.oneof(
  fc.record({ _type: fc.constant('link' as const), href, title: fc.option(title, { nil: undefined }) }),
  fc.record({ _type: fc.constant('quote' as const), quoteId: id('quo') }),
  fc.record({ _type: fc.constant('attribution' as const), attributionId: id('att') })
)
const decorators = ['strong', 'em', 'underline', 'strike', 'code', 'sup', 'sub']
const defKeys = ['d0', 'd1', 'd2']

const content = fc.record({
  defs: fc.array(def, { maxLength: 3 }),
  children: fc.array(
    fc.record({
      text,
      marks: fc.oneof(
        fc.constant<string[]>([]),
        fc.subarray([...decorators, ...defKeys], { maxLength: 3 }),
        fc.subarray(['strong', 'em', 'd0'])
      )
    }),
    { maxLength: 5 }
  )
})

const listing = fc.oneof(
  { arbitrary: fc.constant({}), weight: 3 },
  {
    arbitrary: fc.record({
      listItem: fc.constantFrom('bullet' as const, 'number' as const),
      level: fc.integer({ min: 1, max: 4 }),
      start: fc.constantFrom(undefined, undefined, undefined, 0, 1, 5, 12)
    }),
    weight: 3
  }
)
const style = fc.constantFrom(
  ...(['normal', 'normal', 'normal', 'normal', 'h2', 'h3', 'h4', 'blockquote', 'blockquote'] as const)
)

const textBlock = fc.record({ style, listing, content }).map(({ style, listing, content }) => {
  const defs = content.defs.map((one, i) => ({ ...one, _key: `d${i}` }))
  const known = new Set([...decorators, ...defs.map(({ _key }) => _key)])
  return {
    _type: 'block' as const,
    style,
    ...listing,
    children: content.children.map(({ text, marks }) => ({
      _type: 'span' as const,
      text,
      marks: marks.filter((mark) => known.has(mark))
    })),
    markDefs: defs
  }
})

const cell = fc.record({
  _type: fc.constant('cell' as const),
  header: fc.constantFrom(undefined, undefined, true as const),
  colspan: fc.constantFrom(undefined, undefined, undefined, 2),
  rowspan: fc.constantFrom(undefined, undefined, undefined, 2),
  value: fc.array(textBlock, { maxLength: 2 })
})
const plainCell = (header: true | undefined) =>
  textBlock.map(({ children, markDefs }) => ({
    _type: 'cell' as const,
    header,
    value: [{ _type: 'block' as const, style: 'normal' as const, children, markDefs }]
  }))
const row = <T>(cells: fc.Arbitrary<T[]>) => fc.record({ _type: fc.constant('row' as const), cells })
const anyTable = fc.record({
  _type: fc.constant('table' as const),
  caption: fc.option(
    fc.constantFrom(
      ...['Seats', 'a & <b>', 'two  spaces', 'a\n\nb', 'a\n', ' a ', '\n', ' ', 'a\rb', 'a\u00a0', '\f']
    ),
    {
      nil: undefined
    }
  ),
  rows: fc.array(row(fc.array(cell, { maxLength: 3 })), { minLength: 1, maxLength: 3 })
})
const simpleTable = fc.integer({ min: 1, max: 3 }).chain((columns) => {
  const cells = (header: true | undefined) =>
    row(fc.array(plainCell(header), { minLength: columns, maxLength: columns }))
  return fc
    .tuple(cells(true), fc.array(cells(undefined), { maxLength: 2 }))
    .map(([head, rest]) => ({ _type: 'table' as const, rows: [head, ...rest] }))
})

const code = fc.record({
  _type: fc.constant('code' as const),
  code: fc
    .array(fc.constantFrom('a', '  ', '\n', '```', '~~~', '<b>', '&amp;', '\t', '\\', '# x', '\u00a0'), {
      maxLength: 8
    })
    .map((parts) => parts.join('')),
  language: fc.constantFrom(undefined, undefined, 'typescript', 'c++', 'c#', 'a&amp;b', 'back\\slash', '`')
})
const other = fc.oneof(
  fc.record({ _type: fc.constant('image' as const), mediaId: id('med') }),
  fc.record({
    _type: fc.constant('embed' as const),
    url: fc.constantFrom('https://video.example/1?a=1&b=2', 'https://video.example/(a)_b*c*')
  }),
  fc.record({ _type: fc.constant('rule' as const) }),
  code,
  anyTable,
  simpleTable
)

/** Any body, without what is left out. */
export const bodies: fc.Arbitrary<PortableText> = fc
  .array(fc.oneof({ arbitrary: textBlock, weight: 5 }, { arbitrary: other, weight: 2 }), { maxLength: 7 })
  .map((blocks) => JSON.parse(JSON.stringify(blocks)) as PortableText)

/** The text of a block with what it is marked with, whatever the keys are and however it is cut into spans. */
function runsOf({ children, markDefs }: TextBlock, keep: (mark: string, letter: string) => boolean) {
  const values = new Map(
    markDefs.map((def) => {
      const { _key, ...value } = def
      return [_key, JSON.stringify(value, Object.keys(value).sort())]
    })
  )
  const runs: [text: string, ...marks: string[]][] = []
  for (const { text, marks } of children) {
    const links = marks.filter((mark) => values.get(mark)?.includes('"link"'))
    const named = marks
      .filter((mark) => !links.includes(mark) || mark === links[0])
      .map((mark) => values.get(mark) ?? mark)
    for (const letter of text) {
      const kept = [...new Set(named)].filter((mark) => keep(mark, letter)).sort()
      const last = runs.at(-1)
      if (last && JSON.stringify(last.slice(1)) === JSON.stringify(kept)) last[0] += letter
      else runs.push([letter, ...kept])
    }
  }
  return runs
}

type Keep = (mark: string, letter: string) => boolean
const all: Keep = () => true

/** What Markdown can say of a mark: nothing of quotes and claims, and no emphasis of white space. */
export const inMarkdown: Keep = (mark, letter) =>
  !mark.includes('"quote"') &&
  !mark.includes('"attribution"') &&
  !(/\s/.test(letter) && ['strong', 'em', 'strike'].includes(mark))

/** Text blocks as they are compared. A list begins at 1 unless it says otherwise. */
function texts(blocks: TextBlock[], keep: Keep) {
  let open: (string | undefined)[] = []
  return blocks.map((block) => {
    const { style, listItem, level = 1, start } = block
    const runs = runsOf(block, keep)
    if (!listItem) {
      open = []
      return { style, runs }
    }
    const beside = open[level - 1]
    const begins = start !== undefined && listItem === 'number' && (start !== 1 || beside === 'number')
    open = [...Array.from({ length: level - 1 }, (_, i) => open[i] ?? 'bullet'), listItem]
    const startsAnew = begins && (beside !== 'number' || start !== undefined)
    return { style, listItem, level, ...(startsAnew && { start }), runs }
  })
}

/** What a body says. */
export function saidBy(body: Body, keep: Keep = all) {
  const said: object[] = []
  let some: TextBlock[] = []
  const flush = () => {
    said.push(...texts(some, keep))
    some = []
  }
  for (const block of body) {
    if (block._type === 'block') {
      some.push(block)
      continue
    }
    flush()
    const { _key, ...rest } = block
    if (rest._type !== 'table') said.push(rest)
    else {
      const rows = rest.rows.map(({ cells }) =>
        cells.map(({ _key, value, ...cell }) => ({ ...cell, value: texts(value, keep) }))
      )
      said.push({ ...rest, rows })
    }
  }
  flush()
  return said
}
