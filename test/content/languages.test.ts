// Languages are stored as they were sent, as RFC 5646 and the registry of IANA have them.
import t from 'tap'
import type { Article } from '../../src/content/articles/schema.ts'
import { app } from '../support/app.ts'

t.test('a language is stored as it was sent', async (t) => {
  const { post, get } = await app(t)
  const stored: [sent: string, stored: string][] = [
    // CLDR has other names for these, the registry has none.
    ...['cnr', 'prs', 'tl', 'cmn', 'sh', 'no', 'und', 'mul', 'es-419', 'qaa', 'sl-rozaj-biske-1994'].map(
      (tag): [string, string] => [tag, tag]
    ),
    // RFC 5646, 2.1.1: capitals.
    ['EN-gb', 'en-GB'],
    ['ZH-hANT-tw', 'zh-Hant-TW'],
    ['de-1901-1996', 'de-1901-1996'],
    ['de-de-u-co-PHONEBK-x-US', 'de-DE-u-co-phonebk-x-us'],
    ['X-Latn-US', 'x-latn-us'],
    // 4.5: what the registry prefers.
    ['iw', 'he'],
    ['my-BU', 'my-MM'],
    ['ja-Latn-hepburn-heploc', 'ja-Latn-hepburn-alalc97'],
    ['zh-yue', 'yue'],
    ['zh-yue-HK', 'yue-HK'],
    ['zh-cmn-Hans', 'cmn-Hans'],
    ['i-klingon', 'tlh'],
    ['EN-GB-oed', 'en-GB-oxendict'],
    ['sgn-BE-FR', 'sfb'],
    ['i-default', 'i-default'],
    ['zh-min', 'zh-min']
  ]
  for (const [sent, tag] of stored) {
    const made = await post('/v1/articles', { title: sent, language: sent, body: { text: 'x' } })
    const { id, language } = made.json<Article>()
    t.equal(language, tag, sent)
    const found = await get(`/v1/articles?edition=draft&limit=100&language=${sent}`)
    t.ok(
      found.json<{ data: Article[] }>().data.some((article) => article.id === id),
      `${sent} finds it`
    )
  }
})

t.test('what is no registered language is refused', async (t) => {
  const { post, get } = await app(t)
  const wrong = ['english', 'xx', 'e', 'en_GB', 'en-', 'en-yue', 'zh-abc', 'de-1996-1996']
  for (const language of [...wrong, 'de-a-bb-a-cc', 'i-nothing', 'x', 'en-x']) {
    t.match(
      (await post('/v1/articles', { title: 'x', language, body: { text: 'x' } })).json(),
      { status: 400, errors: [{ pointer: '/language', detail: /registry: send one such as en/ }] },
      language
    )
    t.equal((await get(`/v1/articles?language=${language}`)).status, 400, `${language} as a filter`)
  }
})

t.test('a language that an older release took stays', async (t) => {
  const { db, post, patch } = await app(t)
  const { id } = (await post('/v1/articles', { title: 'x', body: { text: 'x' } })).json<Article>()
  await db.write('older', async ({ q, t }) => {
    await q.update(t.articles).set({ language: 'english' })
  })
  t.match((await patch(`/v1/articles/${id}`, { title: 'y' })).json(), { title: 'y', language: 'english' })
})

t.test('a language finds its regions and scripts, in public and at the desk', async (t) => {
  const { draft, post, get, read } = await app(t)
  const made = new Map<string, string>()
  for (const language of ['fr', 'fr-CA', 'frr', 'zh-Hant-TW', 'en']) {
    const { id } = await draft({ title: language, language })
    await post(`/v1/articles/${id}/publish`)
    made.set(id, language)
  }
  const found: Record<string, string[]> = {
    fr: ['fr', 'fr-CA'],
    'fr-ca': ['fr-CA'],
    zh: ['zh-Hant-TW'],
    'zh-hant': ['zh-Hant-TW'],
    'zh-TW': [],
    'fr,fr-CA,en': ['en', 'fr', 'fr-CA']
  }
  for (const [range, languages] of Object.entries(found))
    for (const list of ['articles', 'quotes']) {
      for (const edition of ['published', 'draft']) {
        const url = `/v1/${list}?language=${range}&edition=${edition}`
        const { data } = (await (edition === 'draft' ? get(url) : read(url))).json<{
          data: { id: string; articleId?: string }[]
        }>()
        t.same(data.map(({ id, articleId }) => made.get(articleId ?? id)).sort(), languages, url)
      }
    }
})
