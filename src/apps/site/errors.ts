// Pages that say why there is no other.
import type { FastifyError, FastifyInstance } from 'fastify'
import { html } from '../../formats/markup/html.ts'
import { preferred } from '../../http/input/negotiation.ts'
import { problemOf } from '../../http/server/errors.ts'
import type { Database } from '../../storage/database.ts'
import { pageHeaders } from './answer.ts'
import { layout } from './layout.ts'
import { sections } from './read.ts'

const titles: Record<number, string> = { 404: 'Not here', 410: 'No longer here', 503: 'One moment' }

/** The page of a refusal. One that is over in a moment asks again by itself, and asks nothing of the database. */
async function errorPage(db: Database, status: number, detail: string) {
  const title = titles[status] ?? 'This cannot be answered'
  const isBusy = status === 503
  const main = html`<div class="narrow"><h1>${title}</h1><p>${detail}</p><p><a href="/">To the front page</a></p></div>`
  const head = isBusy ? html`<meta http-equiv="refresh" content="2">` : html``
  return layout({ title, main, head, sections: isBusy ? [] : await sections(db.read) }).toString()
}

/** Answers refusals of these routes as pages; bugs go to the handler of the API, which logs them. */
export function answerInPages(app: FastifyInstance, db: Database) {
  app.setErrorHandler(async (thrown: FastifyError, request, reply) => {
    const problem = problemOf(thrown, request)
    // Bugs, and what they may say, are for the log.
    if (problem.kind === 'internal') throw thrown
    return reply
      .code(problem.status)
      .headers({ 'cache-control': 'no-store', ...problem.headers, ...pageHeaders })
      .send(await errorPage(db, problem.status, problem.message))
  })
}

/** Answers addresses that nothing has with a page, where a browser asks. */
export function answerUnknownPages(app: FastifyInstance, db: Database) {
  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.is404 || reply.statusCode !== 404) return payload
    const type = preferred(request.headers.accept, ['application/problem+json', 'text/html'])
    if (type !== 'text/html') return payload
    reply.headers({ ...pageHeaders, vary: 'accept' })
    return errorPage(db, 404, 'There is nothing at this address.')
  })
}
