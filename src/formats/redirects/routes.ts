import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Config } from '../../config/config.ts'
import { decodeCursor, encodeCursor, nextLink } from '../../http/input/cursor.ts'
import { mayFail } from '../../http/problems.ts'
import { page, ref, strict } from '../../http/schemas.ts'
import { ofList, ofPublisher, ofRedirects } from '../../newsstand/documents/cache-tags.ts'
import { sendComposed } from '../../newsstand/server/composed.ts'
import type { Database } from '../../storage/database.ts'
import { publisher } from '../publisher/store.ts'
import { fileOf, fileTypes } from './files.ts'
import { Redirect, type RedirectFile, RedirectFileQuery, RedirectQuery, redirectFile } from './schema.ts'
import * as store from './store.ts'

/** How many redirects a file has at most: of each the document is read. */
const perFile = 10_000

/** Any article may be withdrawn or move, and an import may add addresses to one that is published. */
const made = { tags: [ofRedirects, ofList('article'), ofPublisher], keys: ['articles', 'publisher'] }

export function routes(app: FastifyInstance, db: Database, { ONRECORD_SITE_URL: siteUrl }: Config) {
  app.addSchema(Redirect)
  app.get<{ Querystring: RedirectQuery }>(
    '/redirects',
    {
      schema: {
        operationId: 'listRedirects',
        tags: ['formats'],
        summary: 'The addresses that published articles had in other systems, and where they are now.',
        querystring: RedirectQuery,
        response: { 200: page(ref(Redirect)) }
      },
      ...mayFail('invalid-cursor')
    },
    (request, reply) =>
      sendComposed(db, request, reply, async () => {
        const about = await publisher(db.read, siteUrl)
        const { from, limit = 20, cursor } = request.query
        const after = cursor === undefined ? undefined : decodeCursor(request, cursor, 1)[0]
        const found: Awaited<ReturnType<typeof store.list>> =
          from === undefined
            ? await store.list(db.read, about, { after, limit })
            : { data: await store.lookUp(db.read, about, from) }
        const next = found.next === undefined ? null : encodeCursor(request, found.next)
        return {
          ...made,
          bytes: Buffer.from(JSON.stringify({ data: found.data, next })),
          type: 'application/json; charset=utf-8',
          headers: nextLink(request, next)
        }
      })
  )

  const text = { schema: Type.String({ description: 'The file.' }) }
  app.get<{ Params: { file: RedirectFile }; Querystring: RedirectFileQuery }>(
    '/redirects/:file',
    {
      schema: {
        operationId: 'getRedirectFile',
        tags: ['formats'],
        summary: 'The same redirects as a file that a web server reads.',
        params: strict({ file: redirectFile }),
        querystring: RedirectFileQuery,
        response: {
          200: {
            description: 'The file, of ten thousand redirects at most.',
            content: { 'text/plain': text, 'text/csv': text }
          }
        }
      }
    },
    (request, reply) =>
      sendComposed(db, request, reply, async () => {
        const about = await publisher(db.read, siteUrl)
        const { file } = request.params
        const { page: number = 1 } = request.query
        const { data, next } = await store.list(db.read, about, {
          skip: (number - 1) * perFile,
          limit: perFile
        })
        return {
          ...made,
          bytes: fileOf(file, data),
          type: `${fileTypes[file]}; charset=utf-8`,
          headers: nextLink(request, next === undefined ? null : number + 1, 'page')
        }
      })
  )
}
