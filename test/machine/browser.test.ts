// What a person sees in a browser, and what its pages may read.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { loadSample } from '../../src/operations/sample.ts'
import { open } from '../../src/storage/sqlite/open.ts'
import { app, database, folder } from '../support/app.ts'
import { browserPage } from './chromium.ts'
import { missing } from './programs.ts'

/** The document at an address as Chromium has it once its scripts have run. */
async function shown(t: Test, address: string) {
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run'
  ]
  const { stdout } = await promisify(execFile)(
    'chromium',
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet],
      ...[`--user-data-dir=${folder(t)}`, '--virtual-time-budget=20000', '--dump-dom', address]
    ],
    { maxBuffer: 64 * 2 ** 20 }
  )
  return stdout
}

t.test(
  'the documentation shows the operations of the document',
  missing('chromium', 'chromium'),
  async (t) => {
    const client = await app(t)
    const address = await client.server.listen({ port: 0, host: '127.0.0.1' })
    const page = await shown(t, `${address}/docs`)
    // Groups further down are drawn when they are scrolled to.
    t.ok(page.includes('id="operations-tag-articles"'), 'the first group')
    for (const name of ['listArticles', 'createArticle', 'getArticle'])
      t.ok(page.includes(`id="operations-articles-${name}"`), name)
  }
)

t.test(
  'the first thing that is tried in the documentation answers data, on a phone too',
  missing('chromium', 'chromium'),
  async (t) => {
    const file = await database(t)
    const db = open(`file:${file}`)
    await loadSample(db)
    await db.close()
    const client = await app(t, { file })
    const address = await client.server.listen({ port: 0, host: '127.0.0.1' })
    const { go, evaluate, until, ask } = await browserPage(t)
    const phone = { width: 390, height: 844, deviceScaleFactor: 2, mobile: true }
    await ask('Emulation.setDeviceMetricsOverride', phone)
    await go(`${address}/docs`)
    for (const name of ['listArticles', 'getArticle']) {
      const operation = `#operations-articles-${name}`
      await until(`document.querySelector('${operation}')`)
      await evaluate(`document.querySelector('${operation} .opblock-summary-control').click()`)
      await until(`document.querySelector('${operation} .try-out__btn')`)
      await evaluate(`document.querySelector('${operation} .try-out__btn').click()`)
      await until(`document.querySelector('${operation} .execute')`)
      await evaluate(`document.querySelector('${operation} .execute').click()`)
      await until(`document.querySelector('${operation} .live-responses-table .response-col_status')`)
      const answer = `document.querySelector('${operation} .live-responses-table').textContent`
      t.match(await evaluate(answer), /^CodeDetails200/, name)
      t.match(await evaluate(answer), /"title": "/, name)
    }
    t.equal(await evaluate('document.documentElement.scrollWidth'), phone.width, 'as wide as the phone')

    const shown = `[...document.querySelectorAll('.opblock')].map(({ id }) => id)`
    await evaluate(`{
      const input = document.querySelector('.operation-filter-input')
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, 'newest zebra articles')
      input.dispatchEvent(new Event('input', { bubbles: true }))
    }`)
    await until(`!${shown}.includes('operations-articles-listArticles')`)
    await evaluate(`{
      const input = document.querySelector('.operation-filter-input')
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, 'newest first articles')
      input.dispatchEvent(new Event('input', { bubbles: true }))
    }`)
    await until(`${shown}.includes('operations-articles-listArticles')`)
    t.notOk(((await evaluate(shown)) as string[]).includes('operations-articles-createArticle'))

    await evaluate(
      `sessionStorage.setItem('onrecord.docs.authorization', JSON.stringify({ token: 'onr_test' }))`
    )
    await go(`${address}/docs?again`)
    await until(`document.querySelector('.authorize.locked')`)
    t.equal(await evaluate('localStorage.length'), 0, 'nothing is kept beyond the tab')
  }
)

t.test(
  'a page of an origin that is allowed reads articles, and another does not',
  missing('chromium', 'chromium'),
  async (t) => {
    const site = createServer((request, response) => {
      const script = `fetch(${JSON.stringify(new URL(request.url!, 'http://a').searchParams.get('from'))})
      .then((answer) => answer.json()).then(({ data }) => { document.title = 'read ' + data.length }, () => { document.title = 'refused' })`
      response.setHeader('content-type', 'text/html').end(`<title>waiting</title><script>${script}</script>`)
    }).listen(0, '127.0.0.1')
    await once(site, 'listening')
    t.teardown(() => site.close())
    const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
    for (const [allowed, title] of [
      [origin, 'read 0'],
      ['https://elsewhere.example', 'refused']
    ] as const) {
      const client = await app(t, { config: { ONRECORD_CORS_ORIGINS: allowed } })
      const address = await client.server.listen({ port: 0, host: '127.0.0.1' })
      const page = await shown(t, `${origin}/?from=${encodeURIComponent(`${address}/v1/articles`)}`)
      t.match(page, `<title>${title}</title>`, allowed)
    }
  }
)
