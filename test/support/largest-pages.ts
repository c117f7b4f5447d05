// The largest pages there are: every list at its longest, with everything included that may be.
import { inlined } from '../../fuzz/document.ts'
import type { NewStory } from '../../src/content/articles/schema.ts'
import { keepAddresses } from '../../src/importing/systems/writing/store.ts'
import { kinds } from '../../src/newsstand/documents/kinds.ts'
import { type Client, ferry } from './app.ts'

/** The names of the public lists. */
export const lists = Object.values(kinds).map(({ collection }) => collection)

interface Parameter {
  name: string
  in: string
  schema: { items?: { enum?: string[] }; maximum?: number }
}
interface Operation {
  parameters?: Parameter[]
}

/** What has no published edition. */
const closed =
  /changes|tokens|webhooks|bans|blocked|backups|imports|reports|decisions|history|editions|revisions|authors|trash|allegations|reply-requests|reviews|previews|duplicates|uses|exports/

/** The address of every open list in the document, as long as a page may be, with every include. */
function largestPages(client: Client, values: Record<string, string>): string[] {
  const { paths } = inlined(client.server.swagger()) as unknown as {
    paths: Record<string, { get?: Operation }>
  }
  return Object.entries(paths).flatMap(([path, { get }]) => {
    const parameters = get?.parameters?.filter((one) => one.in === 'query') ?? []
    const include = parameters.find(({ name }) => name === 'include')?.schema.items?.enum
    const limit = parameters.find(({ name }) => name === 'limit')?.schema.maximum
    if (closed.test(path) || (limit === undefined && include === undefined)) return []
    const query = new URLSearchParams([
      ...(limit === undefined ? [] : [['limit', String(limit)]]),
      ...(include ?? []).map((name) => ['include', name]),
      ...(parameters.some(({ name }) => name === 'q') && path === '/v1/search' ? [['q', 'ferry']] : [])
    ])
    const named = path.replace('{format}', 'atom').replace('{id}', values[path.split('/')[2]!] ?? '')
    return `${named}?${query}`
  })
}

/** The largest pages of a newsroom that has these articles, some small ones, and a record of each kind. */
export async function pagesOf(client: Client, articles: string[]) {
  const one = (list: string) => client.read(`/v1/${list}?limit=1`)
  const idOf = async (list: string) => (await one(list)).json<{ data: { id: string }[] }>().data[0]!.id
  const values = Object.fromEntries(await Promise.all(lists.map(async (list) => [list, await idOf(list)])))
  const small = lists.flatMap((list) => [`/v1/${list}?limit=3`, `/v1/${list}/${values[list]}`])
  return [...largestPages(client, { ...values, articles: articles[0]! }), ...small]
}

/** Publishes that many articles, numbered from `from` on, of five sources, two quotes, two pictures, a correction and comments each. */
export async function largeNewsroom(client: Client, articles: number, from = 0): Promise<string[]> {
  const ids: string[] = []
  await client.put('/v1/publisher', { url: 'https://news.example/' })
  for (let i = from; i < from + articles; i++) {
    const { id } = await client.draft(story(i))
    ids.push(id)
    await client.post(`/v1/articles/${id}/corrections`, { kind: 'correction', text: `It was pier ${i}.` })
    await client.db.write('test', (tx) =>
      keepAddresses(
        tx,
        [`/${i}/`, `/old/${i}`].map((path) => ({ path, articleId: id }))
      )
    )
    const published = await client.post(`/v1/articles/${id}/publish`)
    if (published.status !== 200) throw new Error(published.body)
    const comment = { author: { name: `Reader ${i}` }, body: `What a ferry, the ${i}th of them.` }
    const posted = await client.post(`/v1/articles/${id}/comments`, comment, {
      remoteAddress: `198.51.100.${i % 250}`
    })
    await client.post(`/v1/comments/${posted.json<{ id: string }>().id}/approve`)
  }
  return ids
}

const story = (i: number): Partial<NewStory> => ({
  title: `Ferry ${i} keeps sailing`,
  tags: [`ferry-${i}`, 'budget'],
  body: { text: `${ferry.body.text}\n\nThe council of pier ${i} agreed.` },
  sources: [
    ...ferry.sources,
    ...Array.from({ length: 4 }, (_, n) => ({
      key: `other${n}`,
      kind: 'person' as const,
      name: `Ana Ferry ${i}-${n}`
    }))
  ],
  bylines: Array.from({ length: 4 }, (_, n) => ({ sourceId: `other${n}`, name: `Ana Ferry ${i}-${n}` })),
  media: Array.from({ length: 2 }, (_, n) => ({
    key: `m${n}`,
    kind: 'image' as const,
    url: `https://media.example/${i}-${n}.jpg`,
    alt: 'A ferry',
    caption: `The ferry ${i}`,
    credits: [{ creditLine: 'Ana' }]
  })),
  leadMediaId: 'm0'
})
