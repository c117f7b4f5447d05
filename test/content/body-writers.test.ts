// Bodies as they are written for readers: other readers of HTML and Markdown see the same words, marks and blocks.
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import t from 'tap'
import { normalize } from '../../src/content/body/normalize.ts'
import type { PortableText } from '../../src/content/body/schema.ts'
import { write } from '../../src/content/body/write.ts'
import { runs, seed } from '../support/generator-settings.ts'
import { bodies, inMarkdown, saidBy } from './generated-bodies.ts'
import { shownBy } from './html-oracle.ts'

const options = {
  allowDangerousHtml: true,
  allowDangerousProtocol: true,
  extensions: [gfm()],
  htmlExtensions: [gfmHtml()]
}

/** Addresses percent-encoded as readers of Markdown do it (CommonMark leaves that open). */
const encoded = (said: object[]): unknown =>
  JSON.parse(JSON.stringify(said), (_, value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith('{"_type":"link"')) return value
    const link = JSON.parse(value) as { href: string }
    return JSON.stringify({ ...link, href: encodeURI(decodeURI(link.href)) })
  })

const markdown = async (body: PortableText) => String(await write(normalize(body), 'markdown', []))
const html = async (body: PortableText) => String(await write(normalize(body), 'html', []))

t.test('a reader of CommonMark and GFM that is not ours sees the same words, marks and blocks', async (t) => {
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      const written = await markdown(body)
      // Micromark writes what a reference stood for: HTML knows no carriage return but by reference.
      const shown = shownBy(micromark(written, options).replaceAll('\r', '&#13;'))
      if (isDeepStrictEqual(encoded(shown), encoded(saidBy(normalize(body), inMarkdown)))) return
      throw new Error(`${written}\n${JSON.stringify(shown)}`)
    }),
    { numRuns: Math.max(runs, 2000), seed }
  )
  t.pass(`${runs} bodies`)
})

const span = (text: string, ...marks: string[]) => ({ _type: 'span' as const, text, marks })
const block = (...children: ReturnType<typeof span>[]) => ({ _type: 'block' as const, children })
const item = (text: string, level: number, more: object = {}) => ({
  ...block(span(text)),
  listItem: 'bullet' as const,
  level,
  ...more
})
const number = (text: string, level: number, more: object = {}) =>
  item(text, level, { listItem: 'number', ...more })

t.test('Markdown is written so that its signs work', async (t) => {
  const cases: [PortableText[number] | PortableText, string][] = [
    [
      block(span('Un'), span('believ', 'em'), span('able.'), span(' No', 'strong'), span(' more.')),
      'Un*believ*able. **No** more.'
    ],
    [block(span('Note: ', 'strong'), span('the ferry')), '**Note:** the ferry'],
    [block(span('Note:', 'strong'), span('the')), '<strong>Note:</strong>the'],
    [block(span('„ja“', 'strong'), span('sagen')), '<strong>„ja“</strong>sagen'],
    [block(span('これは'), span('「太字」', 'strong'), span('です')), 'これは<strong>「太字」</strong>です'],
    [block(span('太', 'em'), span('字', 'strong')), '_太_**字**'],
    [block(span('a'), span('(b)', 'em'), span('c')), 'a<em>(b)</em>c'],
    [block(span('a'), span('😀', 'strike'), span('c')), 'a<del>😀</del>c'],
    [block(span('a '), span('  ', 'em', 'strong'), span('b')), 'a   b'],
    [
      block(span('10'), span('6', 'sup'), span(' H'), span('2', 'sub'), span('O'), span('x', 'underline')),
      '10<sup>6</sup> H<sub>2</sub>O<u>x</u>'
    ],
    [{ ...block(span('Two\nlines #')), style: 'h2' }, '## Two<br />lines \\#'],
    [{ _type: 'code', code: 'a\n  ```\nb', language: 'ts' }, '````ts\na\n  ```\nb\n````'],
    [block(span('a `b`', 'code'), span(' '), span(' x ', 'code')), '`` a `b` `` `  x  `'],
    [block(span('a\nb', 'code')), '<code>a\\\nb</code>'],
    [block(span('\r'), span(' \u2028a ', 'code'), span('\v')), '&#13;`  \u2028a  `&#32;'],
    [block(span('  a\n\nb\n')), '&#32; a\\\n\\\nb<br /><br />'],
    [block(span('1. a\n- b\n# c\n--- | d\n\\')), '1\\. a\\\n\\- b\\\n\\# c\\\n\\--- | d\\\n\\\\'],
    [
      block(span('www.a.de http://b.org x@y.com c.com, e.g. AT&T &amp; 3.5')),
      'www\\.a\\.de http\\://b\\.org x\\@y\\.com c\\.com, e.g. AT&T \\&amp; 3.5'
    ],
    [block(), '<p><br /></p>'],
    [
      [
        { ...block(), style: 'blockquote' },
        { ...block(span('a')), style: 'blockquote' }
      ],
      '> <p><br /></p>\n>\n> a'
    ],
    [[item('', 1), item('deep', 3), item('back', 2)], '- <p><br /></p>\n\n  - - deep\n  - back'],
    [[item('deep', 3), item('top', 1)], '- - - deep\n- top'],
    [
      [
        number('five', 1, { start: 5 }),
        number('six', 1),
        number('one', 1, { start: 1 }),
        item('a', 2),
        number('b', 2, { start: 3 })
      ],
      '5. five\n6. six\n1) one\n   - a\n\n   3. b'
    ],
    [[number('a', 1, { start: 999_999_999 }), number('b', 1)], '999999999. a\n999999999. b'],
    [item('quoted', 1, { style: 'blockquote' }), '- > quoted'],
    [{ _type: 'rule' }, '***'],
    [[block(span('a')), item('b', 1), block(span('c'))], 'a\n\n- b\n\nc']
  ]
  for (const [sent, right] of cases) t.equal(await markdown([sent].flat()), right)

  const linked = (href: string, title?: string) => ({
    ...block(span('!'), span('www.a.de', 'l')),
    markDefs: [{ _type: 'link' as const, _key: 'l', href, ...(title !== undefined && { title }) }]
  })
  t.equal(await markdown([linked('https://e.test/a_(b)')]), '\\![www.a.de](<https://e.test/a_(b)>)')
  t.equal(
    await markdown([linked('/a?b=1&c=2&lt;', 'The "plan"\n|')]),
    '\\![www.a.de](/a?b=1&c=2\\&lt; "The \\"plan\\"&#10;\\|")'
  )
  const twice = { ...linked('/a'), children: [span('x', 'l', 'k')] }
  const two = [{ ...twice, markDefs: [...twice.markDefs, { _type: 'link' as const, _key: 'k', href: '/b' }] }]
  t.equal(await markdown(two), '[x](/a)', 'of two links on the same words, the first')
  t.equal(await html(two), '<p><a href="/a">x</a></p>')
})

t.test('tables are written as GFM where that has what they say, else as HTML', async (t) => {
  const cell = (text: string, more: object = {}) => ({
    _type: 'cell' as const,
    value: [block(span(text))],
    ...more
  })
  const table = (rows: ReturnType<typeof cell>[][], more: object = {}) => [
    { _type: 'table' as const, rows: rows.map((cells) => ({ _type: 'row' as const, cells })), ...more }
  ]
  const header = { header: true as const }
  const head = [cell('Party', header), cell('Seats', header)]
  t.equal(
    await markdown(table([head, [cell('Green | left'), cell('12\n13')]])),
    '| Party | Seats |\n| --- | --- |\n| Green \\| left | 12<br />13 |'
  )
  t.equal(
    await markdown(table([[cell('Code', header)], [{ ...cell(''), value: [block(span('a|b', 'code'))] }]])),
    '| Code |\n| --- |\n| <code>a\\|b</code> |'
  )
  const others: [PortableText, string][] = [
    [table([[cell('a')]]), '<table><tr><td>a</td></tr></table>'],
    [
      table([head], { caption: 'Seats\n& parties' }),
      '<table><caption style="white-space:pre-wrap">Seats&#10;&amp; parties</caption><tr><th>Party</th><th>Seats</th></tr></table>'
    ],
    [
      table([head, [cell('all', { colspan: 2, rowspan: 3 })]]),
      '<table><tr><th>Party</th><th>Seats</th></tr><tr><td colspan="2" rowspan="3">all</td></tr></table>'
    ],
    [
      table([[cell('', { value: [item('a', 1), block(span('b  c'))] })]]),
      '<table><tr><td><ul><li>a</li></ul><p style="white-space:pre-wrap">b  c</p></td></tr></table>'
    ],
    [table([[]]), '<table><tr></tr></table>']
  ]
  for (const [sent, right] of others) {
    t.equal(await html(sent), right)
    t.equal(await markdown(sent), right)
  }
})

t.test('HTML says what a browser would otherwise swallow', async (t) => {
  const cases: [PortableText[number] | PortableText, string][] = [
    [block(span(' a  b\tc ')), '<p style="white-space:pre-wrap"> a  b\tc </p>'],
    [block(span('a\r\nb')), '<p style="white-space:pre-wrap">a&#13;<br />b</p>'],
    [block(), '<p><br /></p>'],
    [block(span('a\n')), '<p>a<br /><br /></p>'],
    [
      [item('deep', 3), number('two', 2), number('one', 1, { start: 4 })],
      '<ul><ul><ul><li>deep</li></ul></ul><ol><li>two</li></ol></ul><ol start="4"><li>one</li></ol>'
    ],
    [[item('a', 1), item('b', 2), item('c', 1)], '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>'],
    [item('a', 1, { style: 'h3' }), '<ul><li><h3>a</h3></li></ul>'],
    [
      { _type: 'code', code: '<a>\n  b', language: 'c++' },
      '<pre><code class="language-c++">&lt;a&gt;&#10;  b</code></pre>'
    ],
    [{ _type: 'code', code: 'a' }, '<pre><code>a</code></pre>'],
    [{ _type: 'code', code: 'a\n' }, '<pre><code>a&#10;&#10;</code></pre>'],
    [
      { _type: 'image', mediaId: 'med_01h455vb4pex5vsknk084sn02q' },
      '<figure data-media="med_01h455vb4pex5vsknk084sn02q"></figure>'
    ],
    [
      {
        ...block(span('a', 'strong'), span('b', 'strong', 'l'), span('c', 'l', 'code'), span('d', 'code')),
        markDefs: [{ _type: 'link', _key: 'l', href: '/x"', title: '<t>' }]
      },
      '<p><strong>a</strong><a href="/x&quot;" title="&lt;t&gt;"><strong>b</strong><code>c</code></a><code>d</code></p>'
    ]
  ]
  for (const [sent, right] of cases) t.equal(await html([sent].flat()), right)
})

t.test('a long body is written in several turns of the event loop', async (t) => {
  let turns = 0
  const count = () => {
    turns++
    next = setImmediate(count)
  }
  let next = setImmediate(count)
  const long = normalize(Array.from({ length: 2000 }, () => block(span('The ferry sails. '.repeat(20)))))
  for (const form of ['html', 'markdown'] as const) {
    turns = 0
    const written = String(await write(long, form, []))
    t.ok(turns >= 5, `${form}: ${turns} turns for ${written.length} characters`)
  }
  turns = 0
  await write(normalize([block(...Array.from({ length: 600 }, (_, i) => span(`${i} `)))]), 'html', [])
  t.ok(turns >= 1, 'what has many spans waits for its turn')
  clearImmediate(next)
})
