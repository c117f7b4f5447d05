// Opening the database that a URL names.

import { isPostgres } from '../postgres/connections/address.ts'
import { open } from '../sqlite/open.ts'
import type { OpenedDatabase, OpenOptions } from './opened.ts'

/** Opens the database at a `file:` or `postgres:` URL. Throws a Refusal when it cannot be served. */
export async function openDatabase(
  url: string,
  clock?: () => Date,
  options: OpenOptions = {}
): Promise<OpenedDatabase> {
  if (!isPostgres(url)) return open(url, clock, options)
  // Loaded where it is used: a newsroom in a file needs no driver of PostgreSQL.
  const { openPostgres } = await import('../postgres/open.ts')
  return openPostgres(url, clock, options)
}
