// The site in a real browser: a comment is posted by its script, and nothing that others wrote runs.
import t from 'tap'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import { app, ferry } from '../support/app.ts'
import { browserPage } from './chromium.ts'
import { missing } from './programs.ts'

const chromium = missing('chromium', 'chromium')

t.test('a reader posts a comment, with a proof of work where one is asked for', chromium, async (t) => {
  const client = await app(t, { config: { ONRECORD_SITE: 'on' } })
  const { post, put, get, read } = client
  const { id, slug } = (await post('/v1/articles', ferry)).json<DraftArticle>()
  await post(`/v1/articles/${id}/publish`)
  const address = await client.server.listen({ port: 0, host: '127.0.0.1' })
  const { go, evaluate, until } = await browserPage(t)
  const say = (words: string) =>
    evaluate(`{
      const form = document.querySelector('.comments form')
      form.elements.name.value = 'Ann'
      form.elements.body.value = ${JSON.stringify(words)}
      form.requestSubmit()
    }`)

  await go(`${address}/articles/${slug}`)
  await until(`!document.querySelector('.comments form').hidden`)
  await say('This waits.')
  await until(`document.querySelector('.told').textContent.includes('waits for a moderator')`)

  const changed = await put('/v1/comment-settings', { mode: 'open', requireForm: true, challenge: 'on' })
  t.equal(changed.status, 200, changed.body)
  await go(`${address}/articles/${slug}?again`)
  await until(`!document.querySelector('.comments form').hidden`)
  // A form that is sent at once is held: no person is so fast.
  await new Promise((resolve) => setTimeout(resolve, 3500))
  await say('<b>This</b> shows at once.')
  await until(`document.querySelector('.told').textContent.includes('is published')`)
  t.equal(await evaluate(`document.querySelector('.words').textContent`), '<b>This</b> shows at once.')
  t.equal((await read(`/v1/articles/${id}/comments`)).json<{ data: object[] }>().data.length, 1)
  const authors = (await get('/v1/comments?edition=draft')).json<{ data: { author: { key: string } }[] }>()
  t.equal(new Set(authors.data.map(({ author }) => author.key)).size, 1, 'the browser is one author')
})

/** What runs where it is taken for markup, an attribute, a script or an address. */
const hostile = [
  '<script>P</script>',
  '</script><script>P</script>',
  '</title><script>P</script>',
  '</textarea><script>P</script>',
  '<!--><script>P</script>',
  '<img src=x onerror=P>',
  '"><img src=x onerror=P>',
  "'><svg onload=P>",
  '" onmouseover="P" autofocus onfocus="P',
  "' onfocus='P' autofocus='",
  '<svg><script>P</script></svg>',
  '<iframe srcdoc="<script>parent.P</script>">',
  '<details open ontoggle=P>',
  '<math><mtext><table><mglyph><style><img src=x onerror=P>',
  '<style>@import "javascript:P"</style>',
  '<base href="javascript:P//">',
  '<meta http-equiv="refresh" content="0;url=javascript:P">',
  '<form><button formaction="javascript:P" autofocus>',
  '&lt;script&gt;P&lt;/script&gt;',
  '{{P}}'
]

t.test('200 hostile titles, links, names, captions and comments run no script', chromium, async (t) => {
  const client = await app(t, { config: { ONRECORD_SITE: 'on' } })
  const { post, put } = client
  await put('/v1/comment-settings', { mode: 'open' })
  const slugs: string[] = []
  let written = 0
  for (const [i, one] of hostile.entries()) {
    const run = (place: number) => `document.documentElement.dataset.ran=${i * 100 + place}`
    const text = (place: number) => {
      written++
      return one.replaceAll('P', run(place))
    }
    // An apostrophe may stand in an address (RFC 3986, 2.2), and so what ends an attribute that is quoted with one.
    const link = (place: number) =>
      `https://news.example/a?'onerror='${run(place)}'autofocus'onfocus='${run(place)}`
    const story = {
      title: text(0),
      canonicalUrl: link(12),
      dek: text(1),
      slug: `hostile-${i}`,
      section: text(2),
      bylines: [{ name: text(3) }],
      language: 'en',
      body: { text: `They said it burns. ${text(4)}` },
      sources: [{ key: 'who', kind: 'person', name: text(5), role: text(6), url: link(13) }],
      media: [
        {
          key: 'picture',
          kind: 'image',
          url: link(14),
          alt: text(7),
          caption: text(8),
          credits: [{ creditLine: text(9) }]
        }
      ],
      leadMediaId: 'picture',
      quotes: [
        {
          text: 'it burns',
          kind: 'indirect',
          attributions: [{ hops: [{ sourceId: 'who', relation: 'said' }] }]
        }
      ]
    }
    const draft = await post('/v1/articles', story)
    t.equal(draft.status, 201, draft.body)
    const { id, slug } = draft.json<DraftArticle>()
    t.equal((await post(`/v1/articles/${id}/publish`)).status, 200)
    slugs.push(slug)
    await post(`/v1/articles/${id}/comments`, { author: { name: text(10) }, body: text(11) }, { token: null })
  }
  t.ok(written >= 200, `${written} texts`)
  const address = await client.server.listen({ port: 0, host: '127.0.0.1' })
  const { go, evaluate } = await browserPage(t)
  const lists = ['/', '/quotes', '/corrections', '/search?q=burns']
  const ran = 'document.documentElement.dataset.ran ?? null'
  // Articles as pages of their own, and their graphs as SVG, which browsers take for documents.
  const forms = slugs.flatMap((slug) => [
    `/v1/articles/${slug}/html`,
    `/v1/articles/${slug}/provenance?as=svg`
  ])
  for (const path of ['/docs/', ...forms]) {
    await go(`${address}${path}`)
    t.equal(await evaluate(ran), null, path)
  }
  for (const path of [...lists, ...slugs.map((slug) => `/articles/${slug}`)]) {
    await go(`${address}${path}`)
    t.equal(await evaluate(ran), null, path)
    const foreign = `[...document.querySelectorAll('script')].filter(({ src }) => !src.startsWith(location.origin)).length`
    t.equal(await evaluate(foreign), 0, path)
    const wide = `document.documentElement.scrollWidth > document.documentElement.clientWidth`
    t.equal(await evaluate(wide), false, `${path} fits its window`)
  }
})
