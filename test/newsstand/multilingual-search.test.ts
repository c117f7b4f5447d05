// Words of every language: found however they are usually typed, by nothing that is another word, and marked.
import t from 'tap'
import type { Article } from '../../src/content/articles/schema.ts'
import { app, type Client } from '../support/app.ts'

type Parts = { text: string; match?: true }[]
interface SearchResult {
  title: Parts | null
  snippet: Parts
  item: { id: string }
}

interface Row {
  language: string
  title: string
  /** What is typed, and what is marked of the title. */
  finds: Record<string, string[]>
  misses: string[]
}

const rows: Row[] = [
  {
    language: 'zh-Hans',
    title: '中国总理访问柏林会见德国总理',
    finds: {
      柏林: ['柏林'],
      总理: ['总理', '总理'],
      中国: ['中国'],
      德: ['德'],
      '德国总理 柏林': ['柏林', '德国总理'],
      '"访问柏林"': ['访问柏林'],
      '中国*': ['中国'],
      总理访: ['总理访']
    },
    misses: ['林柏', '国中', '北京', '中德', '税', '"中国 总理"']
  },
  {
    language: 'zh-Hant',
    title: '2026年稅務改革：行政院 今天公布𠀀𠀁案',
    finds: {
      稅: ['稅'],
      改革: ['改革'],
      '2026年': ['2026年'],
      行政院: ['行政院'],
      𠀀𠀁: ['𠀀𠀁'],
      '"行政院 今天"': ['行政院 今天']
    },
    misses: ['革改', '院今', '2026稅', '"行政 今天"']
  },
  {
    language: 'ja',
    title: '東京タワーでｶﾞｽ漏れ、ＪＲ東日本が運転見合わせ',
    finds: {
      東京: ['東京'],
      タワー: ['タワー'],
      ガス: ['ｶﾞｽ'],
      jr: ['ＪＲ'],
      運転見合わせ: ['運転見合わせ'],
      漏れ: ['漏れ']
    },
    misses: ['カス', '京東', 'ワタ', 'j']
  },
  {
    language: 'ko',
    title: '대한민국 대통령이 서울에서 연설했다',
    finds: {
      대통령: ['대통령'],
      서울: ['서울'],
      '대통령*': ['대통령'],
      ['서울'.normalize('NFD')]: ['서울'],
      '대한민국 연설': ['대한민국', '연설']
    },
    misses: ['령통', '서연', '부산', '"대통령 서울"']
  },
  {
    language: 'th',
    title: 'นายกรัฐมนตรีเป็นคนดีดื่มน้ำที่กรุงเทพ ๒๕๖๙',
    finds: { รัฐมนตรี: ['รัฐมนตรี'], กรุงเทพ: ['กรุงเทพ'], คนดี: ['คนดี'], น้ำ: ['น้ำ'], ดี: ['ดี'], 2569: ['๒๕๖๙'] },
    misses: ['คนดู', 'นำ', 'นิ', 'เชียงใหม่', 'คนด']
  },
  {
    language: 'lo',
    title: 'ນາຍົກລັດຖະມົນຕີຢ້ຽມຢາມວຽງຈັນ',
    finds: { ວຽງຈັນ: ['ວຽງຈັນ'], ລັດຖະມົນຕີ: ['ລັດຖະມົນຕີ'] },
    misses: ['ວຽງຈນ', 'ຫຼວງພະບາງ']
  },
  {
    language: 'km',
    title: 'នាយករដ្ឋមន្ត្រីទៅ\u200bភ្នំពេញ',
    finds: { ភ្នំពេញ: ['ភ្នំពេញ'], រដ្ឋមន្ត្រី: ['រដ្ឋមន្ត្រី'] },
    misses: ['ភ្នពេញ', 'សៀមរាប']
  },
  {
    language: 'my',
    title: 'မြန်မာနိုင်ငံ ဝန်ကြီးချုပ် ရန်ကုန်သို့',
    finds: { ရန်ကုန်: ['ရန်ကုန်'], မြန်မာ: ['မြန်မာ'] },
    misses: ['ရန်ကန်', 'မန္တလေး']
  },
  {
    language: 'bo',
    title: 'ལྷ་སའི་གསར་འགྱུར',
    finds: { 'གསར་འགྱུར': ['གསར་འགྱུར'], འགྱུར: ['འགྱུར'] },
    misses: ['གསོར', 'འགྱར']
  },
  {
    language: 'hi',
    title: 'हिन्दू परिवार दिल्ली में २०२६ में',
    finds: { हिन्दू: ['हिन्दू'], हिंदू: ['हिन्दू'], 'हि*': ['हिन्दू'], परिवार: ['परिवार'], 2026: ['२०२६'] },
    misses: ['हिन्दी', 'हिंदी', 'परवार', 'हनद', 'द']
  },
  {
    language: 'bn',
    title: 'ঢাকায় নির্বাচন কাল',
    finds: { নির্বাচন: ['নির্বাচন'], 'ঢাকা*': ['ঢাকায়'] },
    misses: ['নরবচন', 'কালি', 'কল']
  },
  {
    language: 'ta',
    title: 'சென்னையில் மழை',
    finds: { மழை: ['மழை'], 'சென்னை*': ['சென்னையில்'] },
    misses: ['மழ', 'மழு']
  },
  {
    language: 'si',
    title: 'ශ්\u200dරී ලංකා පුවත්',
    finds: { 'ශ්\u200dරී': ['ශ්\u200dරී'], ශ්රී: ['ශ්\u200dරී'], ලංකා: ['ලංකා'] },
    misses: ['ශර', 'ලක']
  },
  {
    language: 'ar',
    title: 'أَعلنت الحكومةُ القــرار في مصر ٢٠٢٦',
    finds: { اعلنت: ['أَعلنت'], الحكومة: ['الحكومةُ'], القرار: ['القــرار'], 2026: ['٢٠٢٦'] },
    misses: ['حكومة', 'مصرف', 'القر']
  },
  {
    language: 'fa',
    title: 'رئیس‌جمهور می‌گوید ایران ۱۴۰۵ کتاب',
    finds: { می‌گوید: ['می‌گوید'], میگوید: ['می‌گوید'], كتاب: ['کتاب'], 'رئيس*': ['رئیس‌جمهور'], 1405: ['۱۴۰۵'] },
    misses: ['گوید', 'کتب']
  },
  {
    language: 'he',
    title: 'שָׁלוֹם בירושלים, צה״ל',
    finds: { שלום: ['שָׁלוֹם'], בירושלים: ['בירושלים'], 'צה"ל': ['צה', 'ל'] },
    misses: ['ירושלים', 'שלם']
  },
  {
    language: 'ru',
    title: 'Ёлка за́мок Йошкар-Ола',
    finds: { елка: ['Ёлка'], ёлка: ['Ёлка'], ЁЛКА: ['Ёлка'], замок: ['за́мок'], 'йошкар-ола': ['Йошкар-Ола'] },
    misses: ['иошкар', 'елки', 'зам']
  },
  {
    language: 'uk',
    title: 'Київ: п’ять хвилин',
    finds: { київ: ['Київ'], "п'ять": ['п’ять'], пʼять: ['п’ять'] },
    misses: ['киів', 'пять']
  },
  {
    language: 'el',
    title: 'Ο Πρωθυπουργός στην Αθήνα',
    finds: { αθηνα: ['Αθήνα'], ΑΘΗΝΑ: ['Αθήνα'], πρωθυπουργοσ: ['Πρωθυπουργός'] },
    misses: ['αθην', 'αθηνας']
  },
  {
    language: 'ka',
    title: 'თბილისი დღეს',
    finds: { თბილისი: ['თბილისი'], ᲗᲑᲘᲚᲘᲡᲘ: ['თბილისი'] },
    misses: ['თბილის']
  },
  {
    language: 'hy',
    title: 'Երևանում ձյուն',
    finds: { երևանում: ['Երևանում'], երեւանում: ['Երևանում'], ՁՅՈՒՆ: ['ձյուն'] },
    misses: ['երևան']
  },
  {
    language: 'am',
    title: 'አዲስ አበባ ዛሬ',
    finds: { አበባ: ['አበባ'] },
    misses: ['አበበ']
  },
  {
    language: 'de',
    title: 'Straße in Übersee: Donau\u00addampf\u00adschiff im Test¹ für 5½ m²',
    finds: {
      strasse: ['Straße'],
      STRASSE: ['Straße'],
      straße: ['Straße'],
      ubersee: ['Übersee'],
      donaudampfschiff: ['Donau\u00addampf\u00adschiff'],
      'donaud*': ['Donau\u00addampf\u00adschiff'],
      m2: ['m²']
    },
    misses: ['strase', 'donau', 'dampf']
  },
  {
    language: 'no',
    title: 'Tromsø: Færre ferjer på Ålesund',
    finds: {
      tromso: ['Tromsø'],
      TROMSØ: ['Tromsø'],
      faerre: ['Færre'],
      alesund: ['Ålesund'],
      'troms*': ['Tromsø']
    },
    misses: ['troms', 'farre']
  },
  {
    language: 'is',
    title: 'Æsir og Þór í Reykjavík á Seyðisfirði',
    finds: { aesir: ['Æsir'], thor: ['Þór'], reykjavik: ['Reykjavík'], seydisfirdi: ['Seyðisfirði'] },
    misses: ['asir', 'por']
  },
  {
    language: 'pl',
    title: 'Łódź i Świętokrzyskie',
    finds: { lodz: ['Łódź'], ŁÓDŹ: ['Łódź'], 'swieto*': ['Świętokrzyskie'] },
    misses: ['odz', 'lod']
  },
  {
    language: 'tr',
    title: 'Isparta ve İzmir’de ığdır',
    finds: {
      isparta: ['Isparta'],
      ısparta: ['Isparta'],
      izmir: ['İzmir'],
      İZMİR: ['İzmir'],
      igdir: ['ığdır']
    },
    misses: ['zmir']
  },
  {
    language: 'vi',
    title: 'Đại hội Đông Du',
    finds: { dai: ['Đại'], 'đại hội': ['Đại', 'hội'], dong: ['Đông'] },
    misses: ['ai', 'ong']
  },
  {
    language: 'fr',
    title: 'L’œuvre de la ﬁnance à 100 ％ : １２３ élus',
    finds: {
      oeuvre: ['œuvre'],
      finance: ['ﬁnance'],
      123: ['１２３'],
      elus: ['élus'],
      "l'œuvre": ['L’œuvre'],
      "l'oeuv*": ['L’œuvre']
    },
    misses: ['euvre', 'nance']
  },
  {
    language: 'uz',
    title: 'Oʻzbekiston Məhəllə ŋ ħ ŧ',
    finds: { "o'zbekiston": ['Oʻzbekiston'], mehelle: ['Məhəllə'], h: ['ħ'], t: ['ŧ'] },
    misses: ['ozbekiston']
  },
  {
    language: 'en',
    title: 'Brand™ “don’t” co-operate 🚢 ❤️ №1',
    finds: { brand: ['Brand'], "don't": ['don’t'], 'co-op*': ['co-operate'] },
    misses: ['brandtm', 'dont', 'operat']
  }
]

const texts = (parts: Parts) => parts.filter(({ match }) => match).map(({ text }) => text)

async function publish({ post }: Client, story: object): Promise<Article> {
  const { id } = (await post('/v1/articles', { bylines: [{ name: 'Ana' }], ...story })).json<Article>()
  return (await post(`/v1/articles/${id}/publish`, {})).json<Article>()
}

t.test('words of every language are found as they are typed, and marked', async (t) => {
  const client = await app(t)
  const search = async (q: string) => {
    const answer = await client.get(`/v1/search?kind=article&limit=100&q=${encodeURIComponent(q)}`, {
      token: null
    })
    return answer.json<{ data: SearchResult[] }>().data
  }
  const ids = new Map<Row, string>()
  for (const row of rows) {
    const { language, title } = row
    // In the text alone, too, and after other words.
    const body = { text: `(… 1) ${title}` }
    ids.set(row, (await publish(client, { language, title, body })).id)
  }
  for (const row of rows) {
    for (const [q, marked] of Object.entries(row.finds)) {
      const found = (await search(q)).find(({ item }) => item.id === ids.get(row))
      t.ok(found, `${row.language}: ${q}`)
      t.same(texts(found?.title ?? []), marked, `${row.language}: ${q} in the title`)
      t.same(texts(found?.snippet ?? []), marked, `${row.language}: ${q} in the text`)
    }
    for (const q of row.misses)
      t.notOk(
        (await search(q)).some(({ item }) => item.id === ids.get(row)),
        `${row.language}: not ${q}`
      )
  }
})

t.test('a title of any script makes a slug of its letters', async (t) => {
  const { post } = await app(t)
  const slugs: [title: string, slug: string][] = [
    ['Straße gesperrt', 'strasse-gesperrt'],
    ['Tromsø: Færre ferjer', 'tromso-faerre-ferjer'],
    ['Łódź', 'lodz'],
    ['Đại hội Đông Du', 'dai-hoi-dong-du'],
    ['L’œuvre d’Élodie — 2½', 'loeuvre-delodie-2-1-2'],
    ['Þór í Reykjavík', 'thor-i-reykjavik'],
    ['İzmir’de Isparta', 'izmirde-isparta'],
    ['Brand™ C++ 🚢 ﬁnance\u00administry', 'brand-c-financeministry'],
    ['中国总理访问柏林，会见德国总理', '中国总理访问柏林-会见德国总理'],
    ['東京タワーで ｶﾞｽ漏れ', '東京タワーで-ガス漏れ'],
    ['대한민국 대통령'.normalize('NFD'), '대한민국-대통령'],
    ['Йошкар-Ола: Ёлка и за́мок', 'йошкар-ола-ёлка-и-замок'],
    ['Ο Πρωθυπουργός', 'ο-πρωθυπουργος'],
    ['أَعلنت الحكومة', 'اعلنت-الحكومة'],
    ['हिन्दी में', 'हिन्दी-में'],
    ['คนดีดื่มน้ำ', 'คนดีดื่มน้ํา'],
    [`${'long '.repeat(30)}`, 'long-'.repeat(20).slice(0, -1)],
    ['ดี'.repeat(60), 'ดี'.repeat(50)],
    ['ก'.repeat(99).concat('ดี'), 'ก'.repeat(99)],
    ['🚢 ...', 'story']
  ]
  for (const [title, slug] of slugs)
    t.equal((await post('/v1/articles', { title, body: { text: 'x' } })).json<Article>().slug, slug, title)
})

t.test('a slug of any script is an address, former ones too', async (t) => {
  const client = await app(t)
  const { get, post, patch } = client
  const title = 'Київ: йод'
  const { id, slug } = await publish(client, { title, body: { text: 'Words.' } })
  t.equal(slug, 'київ-йод')
  const read = (path: string) => get(`/v1/articles/${path}`, { token: null })
  for (const form of ['NFC', 'NFD']) {
    const encoded = encodeURIComponent(slug.normalize(form))
    t.match((await read(encoded)).json(), { id }, form)
    t.match((await get(`/v1/articles/${encoded}?edition=draft`)).json(), { id }, `${form} at the desk`)
  }
  const taken = await post('/v1/articles', { title, slug: slug.normalize('NFD'), body: { text: 'x' } })
  t.match(taken.json(), { status: 409, type: /slug-taken/ }, 'its other form is the same slug')
  const again = await post('/v1/articles', { title, body: { text: 'x' } })
  t.match(again.json<Article>().slug, /^київ-йод-[0-9a-z]{8}$/)

  const given = '京'.repeat(120)
  t.match((await patch(`/v1/articles/${id}`, { slug: given })).json(), { slug: given })
  await post(`/v1/articles/${id}/publish`, {})
  t.match((await read(encodeURIComponent(given))).json(), { id }, 'the longest is found')
  const moved = await read(`${encodeURIComponent(slug.normalize('NFD'))}?body=text`)
  t.equal(moved.status, 308)
  t.equal(moved.headers.location, `/v1/articles/${encodeURIComponent(given)}?body=text`)

  const seen = await post('/v1/articles', { title, slug: 'ほ\ufe00し', body: { text: 'x' } })
  t.equal(seen.json<Article>().slug, 'ほし', 'what nobody sees is left out')
  for (const slug of ['Київ', 'a b', 'ᅠ', 'a\u3164b', '\u0301a', 'a--b', '-京', '京/都', '™'])
    t.equal((await post('/v1/articles', { title, slug, body: { text: 'x' } })).status, 400, slug)
})

t.test('links to slugs of any script are checked', async (t) => {
  const client = await app(t)
  const there = await publish(client, { title: '京都', body: { text: 'Words.' } })
  const href = (slug: string) => `/news/${encodeURIComponent(slug)}`
  const html = [href(there.slug), '/news/京都', href('京都-駅'), '/news/%E4%B8-a']
    .map((href) => `<a href="${href}">here</a>`)
    .join(' ')
  const { id } = await publish(client, { title: 'Links', body: { html: `<p>${html}</p>` } })
  const { checks } = (await client.get(`/v1/articles/${id}/checks`)).json<{
    checks: { code: string; detail: string }[]
  }>()
  t.same(
    checks.filter(({ code }) => code === 'broken-link').map(({ detail }) => decodeURI(detail)),
    ['The link /news/京都-駅 leads to no article.']
  )
})

t.test('however many words there are, each is found', async (t) => {
  const client = await app(t)
  // Letters with marks, ten thousand words of them, and one that is very long.
  const spelled = (n: number) =>
    [...String(n)].map((digit) => String.fromCharCode(0x915 + Number(digit))).join('ि')
  const words = Array.from({ length: 10_100 }, (_, n) => `${spelled(n)}ि`)
  const long = 'हि'.repeat(60)
  const { id } = await publish(client, { title: 'Many', body: { text: `${words.join(' ')} ${long}` } })
  for (const q of [words[0]!, words.at(-1)!, long]) {
    const answer = await client.get(`/v1/articles?q=${encodeURIComponent(q)}`, { token: null })
    t.match(answer.json(), { data: [{ id }] }, q)
  }
  t.match((await client.get(`/v1/articles?q=${encodeURIComponent('हि'.repeat(59))}`)).json(), { data: [] })
})
