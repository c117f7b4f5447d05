// What JSON.parse lets pass, and this program does not.
import fc from 'fast-check'
import t from 'tap'
import { jsonFault } from '../../src/http/input/json.ts'
import type { Problem } from '../../src/http/problems.ts'
import { app } from '../support/app.ts'

/** A JSON text, with where a key of it is there twice, if one is. */
interface Written {
  text: string
  twice: string | undefined
}

/** A key as anybody may write it: some characters, or all, by their escapes. */
const spelled = (key: string) =>
  fc.infiniteStream(fc.boolean()).map((escaped) => {
    const characters = [...key].flatMap((character) => [...character].flatMap((one) => one.split('')))
    const written = characters.map((character) =>
      escaped.next().value
        ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
        : JSON.stringify(character).slice(1, -1)
    )
    return `"${written.join('')}"`
  })

const space = fc.constantFrom('', '', ' ', '\n\t', '\r\n  ')
const pointed = (key: string | number) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`

/** The parts of an object or array: what the first odd one says, with its place in the whole. */
const first = (parts: [string | number, Written][]) => {
  const odd = parts.find(([, { twice }]) => twice !== undefined)
  return odd && pointed(odd[0]) + odd[1].twice
}

const keys = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'aa',
    '',
    'a"',
    '\\',
    '\\"',
    '{',
    '}',
    ',',
    ':',
    '/',
    '~',
    '~1',
    'é',
    '渡',
    '👩‍👧',
    '__x__'
  ),
  fc.string({ unit: 'grapheme', maxLength: 4 })
)

const { value } = fc.letrec<{ value: Written; object: Written; array: Written }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc
      .oneof(
        fc.string({ unit: 'binary' }),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null)
      )
      .map((plain) => ({ text: JSON.stringify(plain), twice: undefined })),
    tie('object'),
    tie('array')
  ),
  object: fc
    .array(
      keys.chain((key) => fc.tuple(fc.constant(key), spelled(key), space, tie('value'))),
      { maxLength: 6 }
    )
    .map((members) => {
      const seen = new Set<string>()
      let twice: string | undefined
      for (const [key, , , { twice: inside }] of members) {
        if (twice !== undefined) break
        if (seen.has(key)) twice = pointed(key)
        else if (inside !== undefined) twice = pointed(key) + inside
        seen.add(key)
      }
      const parts = members.map(([, key, gap, { text }]) => `${gap}${key}${gap}:${gap}${text}`)
      return { text: `{${parts.join(',')}}`, twice }
    }),
  array: fc.tuple(fc.array(tie('value'), { maxLength: 6 }), space).map(([items, gap]) => ({
    text: `[${gap}${items.map(({ text }) => text).join(`${gap},`)}]`,
    twice: first(items.map((item, i) => [i, item]))
  }))
}))

t.test('the first key that is there twice is named, however it is written', (t) => {
  let twices = 0
  fc.assert(
    fc.property(value, ({ text, twice }) => {
      JSON.parse(text)
      if (twice !== undefined) twices += 1
      const found = jsonFault(text)
      return found?.pointer === twice && (twice === undefined || found?.detail === 'is there twice.')
    }),
    { numRuns: 2000 }
  )
  t.ok(twices > 100, `${twices} of 2000`)
  t.end()
})

t.test('what JSON.stringify writes says no key twice', (t) => {
  fc.assert(fc.property(fc.json(), (text) => jsonFault(text) === undefined))
  t.end()
})

t.test('a text of any kind takes time in proportion to its length', (t) => {
  const million = 1_000_000
  for (const [title, text] of [
    ['backslashes', `{"a":"${'\\\\'.repeat(million)}"}`],
    ['quotes', `{"a":"${'\\"'.repeat(million)}"}`],
    ['strings', `[${`[${'"",'.repeat(9_999)}""],`.repeat(60)}[]]`],
    ['spaces', `[${' '.repeat(2 * million)}]`],
    ['objects', `[${`[${'{},'.repeat(9_999)}{}],`.repeat(19)}[]]`],
    ['keys', `[${Array(10).fill(`{${Array.from({ length: 10_000 }, (_, i) => `"\\u0061${i}":1`).join()}}`)}]`]
  ] as const) {
    // Of the processor, for which others wait too.
    const began = process.threadCpuUsage()
    t.equal(jsonFault(text), undefined, title)
    const took = process.threadCpuUsage(began).user / 1000
    t.ok(took < 2000, `${title}: ${took.toFixed(0)} ms`)
  }
  t.end()
})

t.test('a body says each thing once, and has an end', async (t) => {
  const { post, get, call } = await app(t)
  const send = (payload: string) =>
    call('POST', '/v1/articles', { payload, headers: { 'content-type': 'application/json' } })
  const keys = (count: number) => Array.from({ length: count }, (_, i) => `"${i}":1`).join()
  for (const [payload, pointer, detail] of [
    ['{"title":"x","title":"y"}', '/title', '/title is there twice.'],
    ['{"title":"x","title":"x"}', '/title', '/title is there twice.'],
    [String.raw`{"title":"x","t\u0069tle":"y"}`, '/title', '/title is there twice.'],
    [
      '{"title":"x","bylines":[{"name":"a"},{"name":"b","name":"c"}]}',
      '/bylines/1/name',
      '/bylines/1/name is there twice.'
    ],
    ['{"title":"x","extra":{"a/b~":{"":1,"":2}}}', '/extra/a~1b~0/', '/extra/a~1b~0/ is there twice.'],
    [String.raw`{"extra":{"\u0000":1,"\u0000":2}}`, '/extra/\\u0000', '/extra/\\u0000 is there twice.'],
    [`{"extra":{"a":[${Array(12).fill(`{${keys(9_000)}}`)}]}}`, '', 'The body has more than 100000 keys.'],
    [
      `{"extra":{${keys(10_001)}}}`,
      '',
      'The body has more than 10000 different keys: put such data into lists.'
    ],
    [
      `{"extra":{"a":[${Array(21).fill(`[${Array(9_999).fill('[]')}]`)}]}}`,
      '',
      'The body has more than 200000 objects and lists.'
    ],
    [`{"extra":${'{"a":'.repeat(65)}1${'}'.repeat(66)}`, '', 'The body nests deeper than 64 levels.']
  ] as const) {
    const answer = await send(payload)
    t.equal(answer.status, 400)
    t.match(answer.json<Problem>(), { type: '/problems/malformed-json', detail, errors: [{ pointer }] })
  }
  t.same((await get('/v1/articles?edition=draft')).json<{ data: object[] }>().data, [])
  t.equal((await send('{"title":"x","extra":{"a":{"title":1},"b":{"title":2}}}')).status, 201)
  t.equal((await post('/v1/articles', { title: '{"a":1,"a":2}' })).status, 201, 'a text may say anything')
})
