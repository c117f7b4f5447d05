// The reference site: pages made of what the public reads, and the files they need. Switched on by ONRECORD_SITE.
import { readdirSync } from 'node:fs'
import type { FastifyInstance, FastifyRequest, preHandlerHookHandler } from 'fastify'
import type { Config } from '../../config/config.ts'
import { sendFile } from '../../http/server/static-files.ts'
import type { Database } from '../../storage/database.ts'
import { type Moved, type Page, sendPage } from './answer.ts'
import { answerInPages, answerUnknownPages } from './errors.ts'
import { article } from './pages/article.ts'
import { front, section } from './pages/front.ts'
import { corrections, quotes, source } from './pages/records.ts'
import { search } from './pages/search.ts'
import { pageOrMoved, redirectUnknownPages } from './redirects.ts'

type MakePage = (db: Database, request: FastifyRequest) => Promise<Page | Moved>

const pages: Record<string, MakePage> = {
  '/': front,
  '/articles/:slug': article,
  '/sections/:name': section,
  '/sources/:id': source,
  '/quotes': quotes,
  '/corrections': corrections,
  '/search': search
}

const asset = (name: string) => new URL(`assets/${name}`, import.meta.url)
/** What `sample/draw.ts` draws. */
const pictures = new URL('../../../sample/pictures/', import.meta.url)
const script = 'text/javascript; charset=utf-8'

/** The parts of the style sheet, in their order: of rules that are as specific the last one holds. */
const styles = ['page', 'frame', 'lists', 'story', 'comments'].map((name) => asset(`style/${name}.css`))

/** The solver of proofs of work: the library that makes the challenges, as it comes in its package. */
const altcha = ['pow.js', 'helpers.js', 'types.js', 'algorithms/web/pbkdf2.js']

/** Pages and files are no operations of the API. */
const hidden = { schema: { hide: true } }

/** Files are answered from memory, also while requests are shed: a page without its style is no page. */
const file = { ...hidden, config: { isFile: true } as object }

/** Adds the site. */
export async function routes(
  app: FastifyInstance,
  db: Database,
  { ONRECORD_SITE_URL: siteUrl }: Pick<Config, 'ONRECORD_SITE_URL'>
) {
  redirectUnknownPages(app, db)
  answerUnknownPages(app, db)
  await app.register(async (site) => {
    answerInPages(site, db)
    for (const [url, make] of Object.entries(pages))
      site.get(url, hidden, (request, reply) =>
        sendPage(db, request, reply, siteUrl, () => pageOrMoved(db, request, make))
      )
    site.get('/site/style.css', file, sendFile(styles, 'text/css; charset=utf-8'))
    site.get('/site/icon.svg', file, sendFile(asset('icon.svg'), 'image/svg+xml'))
    site.get('/site/comments.js', file, sendFile(asset('comments.js'), script))
    const library = import.meta.resolve('altcha-lib')
    for (const name of altcha)
      site.get(`/site/altcha/${name}`, file, sendFile(new URL(name, library), script))
    for (const name of readdirSync(pictures))
      site.get(
        `/sample/pictures/${name}`,
        { ...file, preHandler: ofOtherOrigins },
        sendFile(new URL(name, pictures), 'image/svg+xml')
      )
  })
}

/** Pages of other origins may show the pictures of the sample, and nothing in them runs. */
const ofOtherOrigins: preHandlerHookHandler = (_, reply, done) => {
  reply.headers({
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'cross-origin-resource-policy': 'cross-origin'
  })
  done()
}
