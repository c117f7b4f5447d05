// The package in client/, as its users have it: built, type-checked, bundled, and drawn by four frameworks.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { parseHTML } from 'linkedom'
import t from 'tap'

const home = 'client'
const skip = !existsSync(`${home}/node_modules`) && 'needs npm ci --prefix client'

function run(input: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: home, encoding: 'utf8', input })
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stdout} ${stderr}`)
  return stdout
}

/** A story with everything that a body can hold, and with words that must be escaped. */
const words = (text: string, ...marks: string[]) => ({ _type: 'span', text, marks })
const block = (more: object, ...children: object[]) => ({
  _type: 'block',
  style: 'normal',
  ...more,
  children
})
const story = {
  body: [
    block(
      {
        markDefs: [
          { _type: 'quote', _key: 'q', quoteId: 'quo_1' },
          { _type: 'link', _key: 'l', href: 'https://x.example/?a=1&b=2', title: 'a "title"' },
          { _type: 'link', _key: 'bad', href: ' java\tscript:alert(1)' }
        ]
      },
      words('She said "'),
      words('no', 'q', 'em'),
      words(' way <b>&\nhere', 'q'),
      words('", she', 'l', 'strike'),
      words('did', 'bad', 'sub', 'sup', 'underline'),
      words('.', 'unknown')
    ),
    block({ style: 'h2' }, words('A head')),
    block({ listItem: 'number', level: 1, start: 3 }, words('three')),
    block({ listItem: 'bullet', level: 2 }, words('deeper')),
    block({ listItem: 'number', level: 1, style: 'blockquote' }, words('four')),
    { _type: 'image', mediaId: 'med_1' },
    { _type: 'image', mediaId: 'med_2' },
    { _type: 'image', mediaId: 'med_3' },
    { _type: 'image', mediaId: 'med_none' },
    { _type: 'embed', url: 'https://x.example/?a=1&b=2' },
    { _type: 'rule' },
    { _type: 'code', code: 'if (a < b)\n  "c"', language: 'ts' },
    {
      _type: 'table',
      caption: 'By month',
      rows: [
        {
          _type: 'row',
          cells: [{ _type: 'cell', header: true, colspan: 2, value: [block({}, words('H', 'sup'))] }]
        },
        {
          _type: 'row',
          cells: [
            { _type: 'cell', value: [] },
            {
              _type: 'cell',
              value: [
                block(
                  { markDefs: [{ _type: 'attribution', _key: 'a', attributionId: 'att_2' }] },
                  words('the claim', 'a')
                )
              ]
            }
          ]
        }
      ]
    },
    { _type: 'invented-later' }
  ],
  leadMediaId: 'med_1',
  media: [
    {
      id: 'med_1',
      kind: 'image',
      url: 'https://p.example/a.jpg',
      alt: 'The "ferry"',
      caption: 'At <sea>',
      width: 1200,
      height: 800,
      credits: [
        { id: 'crd_1', creditLine: 'Photo: Ann Lee' },
        { id: 'crd_2', creditLine: 'courtesy of B & C' }
      ]
    },
    { id: 'med_2', kind: 'video', url: 'https://p.example/a.mp4', alt: 'Waves', caption: null, credits: [] },
    { id: 'med_3', kind: 'image', url: null, alt: null, caption: 'Its rights have ended', credits: [] }
  ],
  quotes: [
    {
      id: 'quo_1',
      text: 'no way',
      attributions: [
        {
          id: 'att_1',
          hops: [
            { sourceId: 'src_2', relation: 'reported', url: 'https://t.example/x' },
            { sourceId: 'src_1', relation: 'said' }
          ]
        }
      ]
    }
  ],
  attributions: [
    {
      id: 'att_2',
      claim: 'the claim',
      hops: [
        { unnamed: { description: 'one official' }, relation: 'told' },
        { articleId: 'art_1', relation: 'reported' }
      ]
    }
  ],
  corrections: [
    {
      id: 'cor_1',
      kind: 'correction',
      text: 'It was <72>.',
      was: '71',
      now: '72',
      publishedAt: '2026-11-02T08:30:00.000Z'
    }
  ],
  sources: [
    { id: 'src_1', name: 'Mara "M" Lindqvist', role: 'harbour master' },
    { id: 'src_2', name: 'the Tideline', role: null }
  ]
}

/** HTML as a browser has it: without comments, each attribute in its place in the alphabet. */
function normal(html: string): string {
  const { document } = parseHTML(`<!doctype html><body>${html.replace(/<!--.*?-->/g, '')}</body>`)
  for (const element of document.querySelectorAll('*')) {
    const attributes = [...element.attributes].map(({ name, value }) => [name.toLowerCase(), value] as const)
    for (const { name } of [...element.attributes]) element.removeAttribute(name)
    for (const [name, value] of attributes.sort()) element.setAttribute(name, value)
  }
  return document.body.innerHTML
}

t.test(
  'the package is built from the document as it is, and its types narrow without a cast',
  { skip },
  (t) => {
    run('', 'node_modules/openapi-typescript/bin/cli.js', '../openapi/openapi.json', '-o', 'src/api.ts')
    run('', 'build.js')
    t.equal(run('', 'node_modules/typescript/bin/tsc', '-p', 'test'), '')
    t.end()
  }
)

t.test('the client without components is smaller than 10 kB, and needs nothing of Node', { skip }, (t) => {
  const size = Number(run('', 'test/bundle.js'))
  t.ok(size > 1000 && size < 10_000, `${size} bytes after gzip`)
  t.end()
})

t.test('HTML, React, Vue and Svelte draw the same markup', { skip }, (t) => {
  const drawn = JSON.parse(run(JSON.stringify(story), 'test/render.js')) as Record<
    string,
    Record<string, string>
  >
  t.same(Object.keys(drawn), ['html', 'react', 'vue', 'svelte'])
  const { html } = drawn
  for (const kind of ['react', 'vue', 'svelte'])
    for (const part of ['Body', 'Lead', 'Corrections', 'Voices'])
      t.equal(normal(drawn[kind]![part]!), normal(html![part]!), `${part} of ${kind}`)
  const { Body, Lead, Corrections, Voices } = html!
  for (const expected of [
    '<span data-quote="quo_1" title="Mara &quot;M&quot; Lindqvist → the Tideline"><em>no</em> way &lt;b&gt;&amp;<br/>here</span>',
    '<a href="https://x.example/?a=1&amp;b=2" title="a &quot;title&quot;"><s>&quot;, she</s></a>',
    '<ol><li value="3">three<ul><li>deeper</li></ul></li><li><blockquote>four</blockquote></li></ol>',
    '<small data-credit="crd_1">Photo: Ann Lee</small> <small data-credit="crd_2">courtesy of B &amp; C</small>',
    '<video src="https://p.example/a.mp4" controls aria-label="Waves"></video>',
    '<figure data-media="med_3"><figcaption>Its rights have ended</figcaption></figure>',
    '<figure data-embed="https://x.example/?a=1&amp;b=2"><a href=',
    '<pre><code class="language-ts">if (a &lt; b)\n  &quot;c&quot;</code></pre>',
    '<caption>By month</caption><tbody><tr><th colspan="2"><p><sup>H</sup></p></th></tr>',
    'title="our reporting → one official">the claim</span>'
  ])
    t.ok(Body!.includes(expected), expected)
  t.notMatch(Body, /script|alert|undefined|\[object|invented/)
  t.match(Lead, /^<figure data-media="med_1"><img /)
  t.match(Corrections, /It was &lt;72&gt;\..*<del>71<\/del>.*<ins>72<\/ins>/)
  t.match(Voices, /<cite>Mara &quot;M&quot; Lindqvist, harbour master<\/cite>.*<cite>the Tideline<\/cite>/)
  t.end()
})
