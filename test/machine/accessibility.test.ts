// The site and /docs, held against WCAG 2.1 (A and AA) in a real browser by axe-core, which `npm ci --prefix
// test/machine/clients` installs.
import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { loadSample } from '../../src/operations/sample.ts'
import { open } from '../../src/storage/sqlite/open.ts'
import { app, database } from '../support/app.ts'
import { browserPage } from './chromium.ts'
import { missing } from './programs.ts'

const file = 'test/machine/clients/node_modules/axe-core/axe.min.js'
const skip = existsSync(file)
  ? missing('chromium', 'chromium')
  : { skip: 'needs npm ci --prefix test/machine/clients' }

/** What is wrong in the page: the rule, and the first places. */
const violations = `axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
  resultTypes: ['violations']
}).then(({ violations, passes }) => [
  passes.length,
  ...violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ target, any }) => id + ' at ' + target.join(' ') + ': ' + (any[0]?.message ?? ''))
  )
])`

const screens = {
  'a wide window': { width: 1280, height: 900, deviceScaleFactor: 1, mobile: false },
  'a phone': { width: 390, height: 844, deviceScaleFactor: 2, mobile: true }
}

t.test(
  'the site and the documentation break no rule of WCAG 2.1 A and AA, light or dark, wide or narrow',
  skip,
  async (t) => {
    const axe = readFileSync(file, 'utf8')
    const sample = await database(t)
    const db = open(`file:${sample}`)
    await loadSample(db)
    await db.close()
    const client = await app(t, { file: sample, config: { ONRECORD_SITE: 'on' } })
    const address = await client.server.listen({ port: 0, host: '127.0.0.1' })
    const first = async (list: string) =>
      (await client.read(`/v1/${list}`)).json<{ data: { id: string; slug: string; section: string }[] }>()
        .data
    const [corrected, other] = await first('articles?hasCorrection=true&limit=2')
    const paths = [
      '/',
      ...[corrected!, other ?? corrected!].map(({ slug }) => `/articles/${slug}`),
      `/sections/${encodeURIComponent(corrected!.section)}`,
      `/sources/${(await first('sources?limit=1'))[0]!.id}`,
      ...['/quotes', '/corrections', '/search', '/search?q=ferry', '/nowhere', '/docs']
    ]
    const { go, evaluate, until, ask } = await browserPage(t)
    for (const [screen, metrics] of Object.entries(screens)) {
      await ask('Emulation.setDeviceMetricsOverride', metrics)
      for (const scheme of ['light', 'dark']) {
        await ask('Emulation.setEmulatedMedia', {
          features: [{ name: 'prefers-color-scheme', value: scheme }]
        })
        for (const path of paths) {
          await go(`${address}${path}`)
          if (path === '/docs') await until(`document.querySelector('#operations-articles-listArticles')`)
          if (path.startsWith('/articles/'))
            await until(`!(document.querySelector('.comments form')?.hidden ?? false)`)
          await evaluate(`${axe}; undefined`)
          const [passed, ...wrong] = (await evaluate(violations)) as [number, ...string[]]
          t.same(wrong, [], `${path}, ${scheme}, on ${screen}`)
          t.ok(passed > 5, `${passed} rules were kept`)
        }
      }
    }
  }
)
