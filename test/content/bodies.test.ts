// Bodies: whatever is sent, its words are those of the blocks that are stored, or a warning names the difference.
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import { normalize } from '../../src/content/body/normalize.ts'
import { read } from '../../src/content/body/read.ts'
import type { Block, NewBody } from '../../src/content/body/schema.ts'
import { write } from '../../src/content/body/write.ts'
import { app, type Client } from '../support/app.ts'
import { runs, seed } from '../support/generator-settings.ts'
import { bodies, inMarkdown, saidBy } from './generated-bodies.ts'

const span = (text: string, marks: string[] = [], _key = 's0') => ({ _type: 'span', _key, text, marks })
const block = (_key: string, text: string, rest: object = {}) => ({
  _type: 'block',
  _key,
  style: 'normal',
  markDefs: [],
  children: [span(text)],
  ...rest
})
const cell = (_key: string, text: string, rest: object = {}) => ({
  _type: 'cell',
  _key,
  value: [block('b0', text)],
  ...rest
})

const draftOf = async ({ post }: Client, body: object, rest: object = {}) => {
  const answer = await post('/v1/articles', { title: 'T', section: 's', body, ...rest })
  if (answer.status !== 201) throw new Error(answer.body)
  return answer.json<DraftArticle>()
}

const refused = async ({ post }: Client, body: unknown) => {
  const answer = await post('/v1/articles', { title: 'T', section: 's', body })
  const { errors = [] } = answer.json<{ errors?: { pointer: string; detail: string }[] }>()
  return [answer.status, errors[0]?.pointer, errors[0]?.detail] as const
}

t.test('tables, code, raised and lowered words, starts and titles of links are kept', async (t) => {
  const client = await app(t)
  const sent = [
    block('b0', 'five', { listItem: 'number', level: 1, start: 5 }),
    block('b1', '', {
      markDefs: [{ _type: 'link', _key: 'm0', href: 'tel:+15550100', title: 'Helpline' }],
      children: [span('10'), span('6', ['sup'], 's1'), span('2', ['sub'], 's2'), span('call', ['m0'], 's3')]
    }),
    { _type: 'code', _key: 'b2', code: 'if (a < b) {\n  go()\n}', language: 'js' },
    { _type: 'code', _key: 'b3', code: 'plain' },
    {
      _type: 'table',
      _key: 'b4',
      caption: 'Seats & parties',
      rows: [
        {
          _type: 'row',
          _key: 'r0',
          cells: [cell('c0', 'Party', { header: true }), cell('c1', 'Seats', { header: true })]
        },
        { _type: 'row', _key: 'r1', cells: [cell('c0', 'Green', { colspan: 2, rowspan: 2 })] }
      ]
    },
    { _type: 'table', _key: 'b5', rows: [{ _type: 'row', _key: 'r0', cells: [cell('c0', 'alone')] }] }
  ]
  const draft = await draftOf(client, sent)
  t.same(draft.body, sent)
  const read = async (form: string) =>
    (await client.get(`/v1/articles/${draft.id}?edition=draft&body=${form}`)).json<{ body: string }>().body
  t.equal(
    await read('text'),
    'five\n\n10⁶₂call\n\nif (a < b) {\n  go()\n}\n\nplain\n\nSeats & parties\nParty | Seats\nGreen\n\nalone'
  )
  for (const part of ['10<sup>6</sup><sub>2</sub>', '<th>Party</th>', 'colspan="2" rowspan="2"'])
    t.match(await read('html'), part)
  t.match(await read('html'), '<pre><code class="language-js">if (a &lt; b) {')
  t.match(await read('markdown'), '<sup>6</sup><sub>2</sub>')
  t.match(await read('markdown'), '```js\nif (a < b) {')
})

t.test('keys that are left out are given, in tables too', async (t) => {
  const client = await app(t)
  const value = [{ _type: 'block', children: [{ _type: 'span', text: 'a' }] }]
  const row = { _type: 'row', cells: [{ _type: 'cell', value }] }
  const { body } = await draftOf(client, [{ _type: 'table', rows: [row, { ...row, _key: 'r1' }] }])
  t.same(body, [
    {
      _type: 'table',
      _key: 'b0',
      rows: [
        { _type: 'row', _key: 'r2', cells: [cell('c0', 'a')] },
        { _type: 'row', _key: 'r1', cells: [cell('c0', 'a')] }
      ]
    }
  ])
})

t.test('quotes, links and marks in a table are those of any paragraph', async (t) => {
  const client = await app(t)
  const value = [block('b0', 'She said it burns.'), block('b1', 'Then she left.')]
  const table = {
    _type: 'table',
    rows: [{ _type: 'row', cells: [cell('c0', 'Who'), { _type: 'cell', _key: 'c1', value }] }]
  }
  const quotes = [{ key: 'q', text: 'it burns', kind: 'direct', display: 'inline', attributions: [] }]
  const { id, quotes: said } = await draftOf(client, [block('b', 'Before.'), table], { quotes })
  const { body } = (await client.get(`/v1/articles/${id}?edition=draft`)).json<{ body: unknown[] }>()
  const [, stored] = body as [unknown, { rows: { cells: { value: unknown[] }[] }[] }]
  t.same(stored.rows[0]!.cells[1]!.value[0], {
    ...block('b0', ''),
    markDefs: [{ _type: 'quote', _key: 'm0', quoteId: said[0]!.id }],
    children: [span('She said '), span('it burns', ['m0'], 's1'), span('.', [], 's2')]
  })
  const stray = { ...cell('c0', 'a'), value: [block('b0', 'a', { children: [span('a', ['m7'])] })] }
  t.same(
    (await refused(client, [{ _type: 'table', rows: [{ _type: 'row', cells: [stray] }] }])).slice(0, 2),
    [422, '/body/0/rows/0/cells/0/value/0/children/0/marks/0']
  )
})

t.test('an address that no browser opens is refused wherever one is taken', async (t) => {
  const client = await app(t)
  const { post } = client
  for (const address of [
    'https://',
    'http://?',
    'https:///path',
    'http://[',
    'https://a b.test/',
    'https://x:99999/'
  ]) {
    const linked = { ...block('b0', 'x'), markDefs: [{ _type: 'link', _key: 'm', href: address }] }
    t.equal((await refused(client, [linked]))[0], 400, `a link to ${address}`)
    t.equal((await refused(client, [{ _type: 'embed', url: address }]))[0], 400, `an embed of ${address}`)
    t.equal((await post('/v1/articles', { title: 'T', section: 's', canonicalUrl: address })).status, 400)
    t.equal((await post('/v1/sources', { kind: 'person', name: 'A', url: address })).status, 400)
    t.equal((await post('/v1/media', { kind: 'image', url: address })).status, 400)
  }
  for (const href of [
    'HTTPS://Paper.example/x',
    'Tel:+15550100',
    'sms:+15550100',
    'mailto:a@b.test',
    '/x',
    '#x'
  ]) {
    const linked = { ...block('b0', 'x'), markDefs: [{ _type: 'link', _key: 'm', href }] }
    t.same((await draftOf(client, [linked])).body, [linked])
  }
})

/** A block in one line: its list or style, and its words with what they are marked with. */
const shown = (block: Block): string => {
  if (block._type === 'table')
    return block.rows
      .map(({ cells }) =>
        cells.map(({ header, value }) => `${header ? '#' : ''}${value.map(shown).join('/')}`).join(' | ')
      )
      .join('\n')
  if (block._type === 'code') return `code ${block.language ?? ''}: ${block.code}`
  if (block._type === 'embed') return `embed: ${block.url}`
  if (block._type !== 'block') return block._type
  const { listItem, level, start, style, markDefs, children } = block
  const item = listItem ? `${listItem} ${level}${start === undefined ? '' : ` from ${start}`}: ` : ''
  const named = (mark: string) => {
    const def = markDefs.find(({ _key }) => _key === mark)
    if (def?._type !== 'link') return def ? def._type : mark
    return def.title === undefined ? def.href : `${def.href} ${def.title}`
  }
  const words = children.map(({ text, marks }) =>
    marks.length > 0 ? `[${text}](${marks.map(named).join(',')})` : text
  )
  return `${item}${style === 'normal' ? '' : `${style}: `}${words.join('')}`
}

type Case = [sent: string, blocks: string[], warned?: string[]]

const told = (form: 'html' | 'markdown' | 'text', cases: Case[]) => (t: Test) => {
  for (const [sent, blocks, warned = []] of cases) {
    const { body, warnings } = read({ [form]: sent } as NewBody)
    t.strictSame(body.map(shown), blocks, sent)
    t.strictSame(
      warnings.map(({ code, words, pointer }) => `${code} ${pointer} ${words}`.trim()),
      warned,
      sent
    )
  }
  t.end()
}

t.test(
  'words of HTML are kept, whatever holds them',
  told('html', [
    ['The board voted <b>not</b> to close the port.', ['The board voted [not](strong) to close the port.']],
    ['Plain sentence without a tag.', ['Plain sentence without a tag.']],
    ['One<br>Two<br><br>Three', ['One\nTwo', 'Three']],
    ['<br>One<p>Two<br><br>Three<br></p>', ['One', 'Two\n\nThree']],
    ['<h2>Storm</h2>Intro stands here.<p>More.</p>', ['h2: Storm', 'Intro stands here.', 'More.']],
    ['<h1>A</h1><h5>B</h5><p>a</p>b<p>c</p>', ['h2: A', 'h4: B', 'a', 'b', 'c']],
    ['<p>caf&eacute; &agrave; la</p>', ['café à la']],
    ['<p>&ldquo;Yes,&rdquo; &mdash; she said, &euro;5 &ndash; &euro;6</p>', ['“Yes,” — she said, €5 – €6']],
    ['<p>10&nbsp;&nbsp;km <b> b </b> c</p> &nbsp; ', ['10\u00a0\u00a0km [b ](strong)c']],
    ['<p style="white-space:pre-wrap">a   b</p><p style="white-space:normal">a   b</p>', ['a   b', 'a b']],
    ['<div>One<div>Two</div>Three</div>', ['One', 'Two', 'Three']],
    ['<dl><dt>Party</dt><dd>Seats</dd></dl>', ['Party', 'Seats']],
    ['<details><summary>Summary</summary>Text</details>', ['Summary', 'Text']],
    ['<blockquote>So<cite>Ann Lee</cite></blockquote>', ['blockquote: So', 'blockquote: [Ann Lee](em)']],
    ['<figure><figcaption>a</figcaption><figcaption>b</figcaption></figure>', ['a', 'b']],
    ['<p>10<sup>6</sup> H<sub>2</sub>O <a href="#n">1</a></p>', ['10[6](sup) H[2](sub)O [1](#n)']],
    [
      '<p><span class="cap">T</span>he un<b>in</b>vited “<b>Quill</b>”</p>',
      ['The un[in](strong)vited “[Quill](strong)”']
    ],
    [
      '<p><del>a</del> <s>b</s> <strike>c</strike> <ins>d</ins> <kbd>e</kbd></p>',
      ['[a](strike) [b](strike) [c](strike) [d](underline) [e](code)']
    ],
    ['<p>She said <q>it <q>burns</q></q>.</p>', ['She said “it ‘burns’”.']],
    ['<q lang="de-AT">Ja</q> <q lang="xx">x</q> <q>“y”</q>', ['„Ja“ “x” “y”']],
    ['<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp><rt> </rt></ruby>', ['漢 (kan)']],
    ['a<pre></pre>b<table></table>c<hr>d', ['a', 'b', 'c', 'rule', 'd']],
    ['<pre>\na  b\n  c<br>d\n</pre><pre> </pre>', ['code : a  b\n  c\nd']],
    ['<pre><code class="language-js">a</code></pre><hr>', ['code js: a', 'rule']],
    ['', []]
  ])
)

t.test(
  'a formula says the same in a line: no part of a number becomes a digit of another',
  told('html', [
    [
      '<math><msup><mn>10</mn><mn>6</mn></msup></math> and <math><mn>5</mn><mfrac><mn>1</mn><mn>2</mn></mfrac></math>7',
      ['10[6](sup) and 5 1/2 7']
    ],
    [
      '<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow> <mi>c</mi></mfrac><mi>x</mi></math>',
      ['(a+b)/c x']
    ],
    ['<math><mfrac>1<mn>2</mn></mfrac></math>', ['1/2']],
    [
      '<math><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup><munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover></math>',
      ['x[1](sub)[2](sup)∑[i](sub)[n](sup)']
    ],
    [
      '<math><mn>2</mn><msqrt><mn>3</mn><mi>x</mi></msqrt><mroot><mn>8</mn><mn>4</mn></mroot></math>',
      ['2√(3x)[4](sup)√(8)']
    ],
    [
      '<math><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable><mn>3</mn><mspace/><mn>4</mn></math>',
      ['1 2 3 4']
    ],
    [
      '<math><semantics><msub><mi>x</mi><mn>1</mn><mn>2</mn></msub>x<msup/><annotation encoding="application/x-tex">x_1</annotation></semantics></math>',
      ['x[1](sub)[2](sup)x'],
      ['hidden-dropped /body/0 x_1']
    ]
  ])
)

t.test(
  'raised and lowered numbers are no other numbers, in text, in quotes and in what is found',
  async (t) => {
    const client = await app(t)
    const html = [
      '<p>10<sup>6</sup> crowns, sold 12<a href="#n"><sup>1</sup></a> times: H<sub>2</sub>O, 5<sup>th</sup>, word<sup>[3]</sup>.</p>',
      '<p>10<sup>−</sup><sup>6</sup> 10<sup>-6</sup> x<sup>n+1</sup> 2<sup>2a</sup> a<sub>i1</sub> (<sup>TM</sup>)</p>',
      '<table><tr><td>3 m<sup>2</sup></td></tr></table>',
      '<p>“It cost 10<sup>6</sup> crowns,” Ines Okafor said.</p>'
    ].join('')
    const right = [
      '10⁶ crowns, sold 12¹ times: H₂O, 5th, word[3].',
      '10⁻⁶ 10⁻⁶ x^(n+1) 2^(2a) a_(i1) (TM)',
      '3 m²',
      '“It cost 10⁶ crowns,” Ines Okafor said.'
    ].join('\n\n')
    const hops = [{ unnamed: { description: 'one' }, relation: 'said' as const }]
    const said = (text: string) => ({ text, attributions: [{ hops }] })
    for (const text of ['It cost 10⁶ crowns', 'It cost 106 crowns']) {
      const draft = await client.draft({ body: { html }, sources: [], quotes: [said(text)] })
      const read = await client.get(`/v1/articles/${draft.id}?edition=draft&body=text`)
      t.equal(read.json<{ body: string }>().body, right)
      const marked = (draft.body as Block[]).flatMap((one) => (one._type === 'block' ? one.markDefs : []))
      t.match(marked, [{ _type: 'link' }, { _type: 'quote' }], `${text}: the quote is anchored`)
      if (text.includes('⁶')) await client.post(`/v1/articles/${draft.id}/publish`)
    }
    const found = await client.read('/v1/search?q=crowns&kind=article')
    t.match(found.body, '10⁶ ')
    t.notMatch(found.body, '106')
    const page = `<article><h1>The price of a ferry</h1><p>${'The board met on Monday. '.repeat(9)}</p>${html}</article>`
    const imported = await client.post('/v1/imports', page, { headers: { 'content-type': 'text/html' } })
    t.match(imported.json(), { article: { quotes: [{ text: 'It cost 10⁶ crowns' }] } })
  }
)

t.test(
  'lists of HTML keep their items, levels and numbers',
  told('html', [
    ['<ul><li><p>First.</p><p>Its detail.</p></li></ul>after', ['bullet 1: First.\nIts detail.', 'after']],
    [
      '<ul><li>One<h3>Head</h3>text</li></ul>',
      ['bullet 1: One', 'h3: Head', 'text'],
      ['list-item-split /body/1 Head', 'list-item-split /body/2 text']
    ],
    [
      '<ol start="5"><li>a</li><li>b</li></ol><ol><li>c</li></ol><ol><li value="3">d<ul><li>e</li></ul></li><li>f</li></ol>',
      [
        'number 1 from 5: a',
        'number 1: b',
        'number 1 from 1: c',
        'number 1 from 3: d',
        'bullet 2: e',
        'number 1: f'
      ]
    ],
    ['<p class="MsoNormal" style="x-mso-list:l0 level1">a</p>', ['a']],
    ['<table><colgroup><col></colgroup><td>a<td>b</table>', ['a | b']],
    ['<li>a</li><menu><li>b</li></menu>', ['bullet 1: a', 'bullet 1: b']],
    [
      '<ol reversed><li>a</li></ol><ol start="-2"><li>b</li></ol><ol type="a"><li>c</li></ol>',
      ['number 1: a', 'number 1 from 1: b', 'number 1 from 1: c'],
      ['list-numbers-dropped /body/0', 'list-numbers-dropped /body/1', 'list-numbers-dropped /body/2']
    ]
  ])
)

t.test(
  'what cannot be kept of HTML is told',
  told('html', [
    [
      '<p><a href="//cdn.test/x">a</a> <a href="story.html">b</a> <a href="ftp://x/">c</a> <a href="https://">d</a></p>',
      ['a b c d'],
      ['a', 'b', 'c', 'd'].map((words) => `link-dropped /body/0 ${words}`)
    ],
    [
      '<a href="tel:+1555">a</a> <a href="HTTPS://Paper.example/x">b</a> <a href=" https://x.test/\n" title="T">c</a> <a name="x">d</a>',
      ['[a](tel:+1555) [b](HTTPS://Paper.example/x) [c](https://x.test/ T) d']
    ],
    ['a <a href="/x"> </a>', ['a'], ['link-dropped /body/0']],
    [
      '<video src="https://p.test/v.mp4">Your browser cannot play this.</video>',
      ['embed: https://p.test/v.mp4'],
      ['fallback-dropped /body/0 Your browser cannot play this.']
    ],
    [
      '<audio><source src="https://p.test/a.mp3"></audio><iframe src="https://p.test/ä b"></iframe>',
      ['embed: https://p.test/a.mp3', 'embed: https://p.test/%C3%A4%20b']
    ],
    [
      '<iframe src="javascript:x"></iframe><iframe></iframe><iframe src="https://p.test/%zz ä"></iframe><object data="x">words</object>',
      ['words'],
      ['embed-dropped /body/0', 'embed-dropped /body/0', 'embed-dropped /body/0']
    ],
    [
      '<p>a<svg><title>icon</title></svg>b<button>Subscribe</button><label> </label></p>',
      ['ab'],
      ['control-dropped /body/0 Subscribe']
    ],
    [
      '<title>T</title><noscript>n</noscript><p hidden>h</p><p style="color:red;display:none">d</p>c<img width="1" src="https://x.test/p.gif">',
      ['c'],
      [
        'title-dropped /body/0 T',
        'fallback-dropped /body/0 n',
        'hidden-dropped /body/0 h',
        'hidden-dropped /body/0 d'
      ]
    ],
    [
      '<p dir="rtl">a</p><p lang="fr">b</p>',
      ['a', 'b'],
      ['direction-dropped /body/0 a', 'language-dropped /body/1 b']
    ],
    [
      '<table><caption>\n  Seats</caption><thead><tr><th>Party<th>Seats</thead><tr><td>Green<td colspan="2" rowspan="1">12</table>',
      ['#Party | #Seats\nGreen | 12']
    ],
    [
      '<table role="presentation"><caption>C</caption><tr><td>a</table><table><tr><td><table><tr><td>b</table></table>',
      ['C', 'a', 'b'],
      ['table-flattened /body/0', 'table-flattened /body/2']
    ],
    ['<table><caption>C</caption></table><table></table>', ['C']],
    ['<table><td>a</td></table><template>x</template>', ['a']],
    [
      'a<button>Share</button>b <input>, c<select></select>.',
      ['a b , c.'],
      ['control-dropped /body/0 Share']
    ],
    [
      '<pre>a<button>Copy</button>b<span style="display:block">c</span>d <input>e</pre>',
      ['code : a b\nc\nd e'],
      ['control-dropped /body/0 Copy']
    ],
    ['a<o:p>&nbsp;</o:p>b c<o:p></o:p>d', ['a b cd']],
    ['<q>’Tis burning</q> <q>“a</q>b <q>“Yes.”</q>', ['“’Tis burning” ““a”b “Yes.”']],
    ['<button>a</button>b<p>c</p><input>', ['b', 'c'], ['control-dropped /body/0 a']],
    ['<span style="display:block">a</span>b', ['a', 'b']],
    ['a<noscript><img src="x"></noscript>', ['a']],
    ['a<noscript><p>Turn <b>on</b></p></noscript>', ['a'], ['fallback-dropped /body/0 Turn on']],
    ['a<canvas>b</canvas>', ['a'], ['fallback-dropped /body/0 b']],
    ['a<svg><text>b</text><rect></rect><text>c</text></svg>', ['a'], ['drawing-dropped /body/0 b c']],
    [
      '<figure data-media="med-1">a<img><figcaption>b</figcaption></figure>',
      ['image'],
      ['picture-words-dropped /body a']
    ],
    [
      '<figure data-embed="https://p.test/v">a</figure><figure data-embed="x">b</figure>',
      ['embed: https://p.test/v', 'b'],
      ['fallback-dropped /body/0 a']
    ],
    [
      '<p><abbr title="For example">e.g.</abbr> <abbr>NB</abbr>',
      ['e.g. NB'],
      ['abbreviation-dropped /body/0 e.g.']
    ],
    [
      '<p>a <mark>b <u>c</u></mark><mark> </mark>d',
      ['a b [c](underline) d'],
      ['highlight-dropped /body/0 b c']
    ],
    ['<pre>a  b <ruby>c<rt>d</rt></ruby>\ne</pre>', ['a  b c (d)\ne']],
    [
      '<pre><div>a</div><div>b</div>\n<div><br></div>c<button>Copy</button></pre>',
      ['code : a\nb\n\nc'],
      ['control-dropped /body/0 Copy']
    ],
    [
      '<pre><a href="/x">a</a> <i>b</i> <span data-quote="q">c</span> <span data-attribution="d">d</span> <code>e</code> <mark>f</mark></pre>',
      ['code : a b c d e f'],
      ['a', 'b', 'c', 'd', 'f'].map((words) => `marks-dropped /body/0 ${words}`)
    ],
    [
      `<table><caption>a<br>b <b>c</b><p>d<img src="med-1"></caption><caption>${'e'.repeat(5000)}</caption><tr></tr><tr><td>f</table>`,
      ['image', '\nf'],
      [`marks-dropped /body/0 a b c d`, 'caption-cut /body/0 eeeeeeee']
    ]
  ])
)

t.test('attributes and references of any length lose no word, in bodies and in pages', async (t) => {
  const client = await app(t)
  const words = 'The board voted not to close the port. '.repeat(9).trim()
  for (const html of [
    `<p class="${'a'.repeat(400_000)}">${words}</p>`,
    `<p style="${'a:b;'.repeat(100_000)}">${words}</p>`,
    `<p><a title="${'&amp;'.repeat(100_000)}" name="x">${words}</a></p>`
  ]) {
    t.match((await draftOf(client, { html })).body, [{ children: [{ text: words, marks: [] }] }])
    const page = `<article><h1>The port</h1>${html}</article>`
    const imported = await client.post('/v1/imports', page, { headers: { 'content-type': 'text/html' } })
    t.match(imported.json(), { article: { title: 'The port', body: [{ children: [{ text: words }] }] } })
  }
  t.strictSame(read({ html: `<p>${'&amp;'.repeat(180_000)}</p>` }).body.map(shown), ['&'.repeat(180_000)])
})

t.test('no more than a thousand warnings are told one by one', (t) => {
  const { warnings } = read({ html: '<a href="x">y</a> '.repeat(1003) })
  t.equal(warnings.length, 1001)
  t.match(warnings.at(-1), { code: 'more-warnings', detail: /^There are 3 more/, pointer: '/body' })
  t.end()
})

t.test(
  'what editors put on the clipboard is what they show',
  told('html', [
    [
      '<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-1"><h2 style="font-weight:bold" dir="ltr"><span style="font-weight:400">Head</span></h2><p dir="ltr"><span style="font-weight:400;font-style:normal">Plain, </span><span style="font-weight:700">bold</span><span style="font-style:italic;font-weight:lighter">italic</span><span style="vertical-align:super">2</span><span style="text-decoration:line-through">gone</span><a href="https://x.test/" style="text-decoration:none"><span style="text-decoration:underline">link</span></a><u><span style="text-decoration:none">under</span></u></p></b>',
      [
        'h2: Head',
        'Plain, [bold](strong)[italic](em)[2](sup)[gone](strike)[link](https://x.test/)[under](underline)'
      ]
    ],
    [
      `<html xmlns:o="urn:x"><head><!--[if gte mso 9]><xml>x</xml><![endif]--><style>p{}</style></head><body><p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>3.<span style='font:7.0pt'>&nbsp; </span></span><![endif]>One<o:p></o:p></p><p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>a)</span>Two</p><p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>·</span>Three</p><p class=MsoNormal style='mso-list:none'>Four<o:p>&nbsp;</o:p></p><w:data>x</w:data><p class=MsoNormal style='mso-list:l1 level1 lfo2'>Five</p></body></html>`,
      ['number 1 from 3: One', 'number 2: Two', 'bullet 1: Three', 'Four', 'bullet 1: Five']
    ],
    [
      '<!-- notionvc: 1 --><h3>H</h3><ul><li>a<ul><li>b</li></ul></li></ul><aside>Note</aside><pre><code class="language-python">x = 1</code></pre>',
      ['h3: H', 'bullet 1: a', 'bullet 2: b', 'Note', 'code python: x = 1']
    ]
  ])
)

t.test(
  'Markdown is read as the HTML that it means',
  told('markdown', [
    [
      '1. one\n\n   still one\n\n- First.\n\n  Detail.',
      ['number 1: one\nstill one', 'bullet 1: First.\nDetail.']
    ],
    ['* a\n\n      code in item', ['bullet 1: a', 'code : code in item']],
    ['Roses<br>are red\nand  blue  \nnow', ['Roses\nare red and  blue\nnow']],
    ['10<sup>6</sup> <u>x</u> ~~y~~', ['10[6](sup) [x](underline) [y](strike)']],
    ['<div>raw <b>x</b></div>', ['raw [x](strong)']],
    ['- a  \n  <!-- c -->b', ['bullet 1: a b']],
    ['    a\n\n7) b', ['code : a', 'number 1 from 7: b']],
    ['<iframe src="https://video.test/1"></iframe>', ['embed: https://video.test/1']],
    ['```js {1}\na\n```', ['code js: a'], ['code-info-dropped /body {1}']],
    ['```js\na\n  b\n```\n\n5. five', ['code js: a\n  b', 'number 1 from 5: five']],
    ['| a | b |\n|---|---|\n| 1 | |', ['#a | #b\n1 | ']],
    ['[x](/y "Title") [bad](javascript:x)', ['[x](/y Title) bad'], ['link-dropped /body/0 bad']],
    ['[^1]: Note\n\nClaim[^1].', ['[^1]: Note', 'Claim[^1].'], ['footnote-as-text /body [^1]: Note']],
    [
      '[Update]: Resolved\n[a]: /x\n[a]: /z\n\n[a]: not one of them',
      ['[[a](/x): not one of them]'].map((words) => words.slice(1, -1)),
      ['definition-dropped /body [Update]: Resolved', 'definition-dropped /body [a]: /z']
    ],
    [
      '- one\n\n  [a]: /u\n- [B\n  c]: /v\n\n> [d]: /w\n\n[x][a] [y][b c] [z][d]',
      ['bullet 1: one', '[x](/u) [y](/v) [z](/w)']
    ],
    ['---\n\nNo: front matter\n\n---', ['rule', 'No: front matter', 'rule']]
  ])
)

t.test(
  'plain text may come from any system, and from a mail program',
  told('text', [
    ['a\r\n\r\nb\r\nc\rd', ['a', 'b\nc\nd']],
    [
      `${'word '.repeat(13)}and\n${'word '.repeat(13)}so\nit ends.`,
      [`${'word '.repeat(13)}and ${'word '.repeat(13)}so it ends.`],
      [`lines-joined /body/0 ${'word '.repeat(13)}and ${'word '.repeat(13)}so it ends.`]
    ]
  ])
)

t.test('a body is read back from its own HTML and Markdown as it was', async (t) => {
  for (const form of ['html', 'markdown'] as const) {
    await fc.assert(
      fc.asyncProperty(bodies, async (sent) => {
        const body = normalize(sent)
        const written = String(await write(body, form, []))
        const { body: back } = read(form === 'html' ? { html: written } : { markdown: written })
        const keep = form === 'html' ? undefined : inMarkdown
        if (!isDeepStrictEqual(saidBy(back, keep), saidBy(body, keep))) throw new Error(written)
      }),
      { numRuns: runs, seed }
    )
    t.pass(form)
  }
})
