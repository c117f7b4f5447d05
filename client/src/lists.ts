// Lists of any kind, page after page, as async iterators.
import { dataOf } from './problems.ts'
import type { Client, GetInit, Item, ListPath, Loose, LooseInit, Page } from './types.ts'

interface AnyPage {
  data: unknown[]
  /** The `cursor` of the next page; in the change log its `after`. */
  next: string | number | null
}

async function* pages({ GET }: Loose, path: string, init: LooseInit = {}): AsyncGenerator<AnyPage> {
  const { params, ...rest } = init
  let query: object = params?.query ?? {}
  for (;;) {
    const page = (await dataOf(GET(path, { ...rest, params: { ...params, query } }))) as AnyPage
    yield page
    if (page.next === null) return
    query = { ...query, [typeof page.next === 'number' ? 'after' : 'cursor']: page.next }
  }
}

async function* items(client: Loose, path: string, init?: LooseInit): AsyncGenerator<unknown> {
  for await (const { data } of pages(client, path, init)) yield* data
}

// The compiler cannot follow the methods of a client through a path that is not known yet: paths and parameters are
// checked where these functions are called, and what they answer is of the type that the document gives that path.

/**
 * The pages of a list, each asked for when it is wanted.
 *
 * @example for await (const { data, count } of pagesOf(api, '/v1/articles', { params: { query: { count: 'exact' } } })) ...
 */
export const pagesOf = <Paths extends object, Path extends ListPath<Paths> & string>(
  client: Client<Paths>,
  path: Path,
  ...[init]: GetInit<Paths, Path>
): AsyncGenerator<Page<Paths, Path>, void, undefined> =>
  pages(client as unknown as Loose, path, init as LooseInit) as AsyncGenerator<never>

/**
 * The items of a list, from all of its pages. Stop early, and no further page is asked for.
 *
 * @example for await (const card of itemsOf(api, '/v1/articles', { params: { query: { tag: ['ferry'] } } })) ...
 */
export const itemsOf = <Paths extends object, Path extends ListPath<Paths> & string>(
  client: Client<Paths>,
  path: Path,
  ...[init]: GetInit<Paths, Path>
): AsyncGenerator<Item<Paths, Path>, void, undefined> =>
  items(client as unknown as Loose, path, init as LooseInit) as AsyncGenerator<never>
