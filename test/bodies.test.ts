// Bodies: whatever is sent, its words are those of the blocks that are stored, or a warning names the difference.
import t from 'tap'
import type { DraftArticle } from '../src/articles/schema.ts'
import { app, type Client } from './app.ts'

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
    'five\n\n1062call\n\nif (a < b) {\n  go()\n}\n\nplain\n\nSeats & parties\nParty | Seats\nGreen\n\nalone'
  )
  for (const part of ['10<sup>6</sup><sub>2</sub>', '<th><p>Party</p></th>', 'colspan="2" rowspan="2"'])
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
