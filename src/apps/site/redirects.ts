// Addresses of other systems on the site: 301 to where the article is now.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { articleAt } from '../../formats/redirects/store.ts'
import { HttpProblem } from '../../http/problems.ts'
import { ofDocument, ofRedirects } from '../../newsstand/documents/cache-tags.ts'
import { isRead, publicHeaders } from '../../newsstand/server/conditional.ts'
import type { Database } from '../../storage/database.ts'
import type { Moved, Page } from './answer.ts'
import { articlePath } from './layout.ts'

async function movedFrom(db: Database, address: string): Promise<Moved | undefined> {
  const found = await articleAt(db.read, address)
  if (found === undefined) return undefined
  const { id, slug } = found
  return { location: articlePath(slug), id, tags: [ofDocument('article', id), ofRedirects], status: 301 }
}

/** The page that `make` makes, unless the address was one of another system (`/?p=13`) or there is no other page. */
export async function pageOrMoved(
  db: Database,
  request: FastifyRequest,
  make: (db: Database, request: FastifyRequest) => Promise<Page | Moved>
): Promise<Page | Moved> {
  const front = request.url.startsWith('/?') ? await movedFrom(db, request.url) : undefined
  if (front) return front
  try {
    return await make(db, request)
  } catch (error) {
    const isMissing = error instanceof HttpProblem && error.status === 404
    const moved = isMissing ? await movedFrom(db, request.url) : undefined
    if (moved === undefined) throw error
    return moved
  }
}

/** Redirects the addresses that nothing here has and an article had in another system. */
export function redirectUnknownPages(app: FastifyInstance, db: Database) {
  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.is404 || reply.statusCode !== 404 || !isRead(request) || request.url.startsWith('/v1/'))
      return payload
    const moved = await movedFrom(db, request.url)
    if (moved === undefined) return payload
    reply.code(301).headers({ ...publicHeaders(db), location: moved.location, 'surrogate-key': moved.id })
    reply.removeHeader('content-type').header('content-length', '0')
    return ''
  })
}
