// What a frontend writes, for the compiler: nothing here has a cast or a `!`.
import { createElement } from 'react'
import { h } from 'vue'
import { bodyHtml, voicesHtml } from '../src/components/html.ts'
import { Body } from '../src/components/react.ts'
import { Body as VueBody } from '../src/components/vue.ts'
import { type Article, dataOf, edit, itemsOf, onRecord, pagesOf, type Schema } from '../src/index.ts'
import type { ProblemDetails } from '../src/problems.ts'

const api = onRecord({ baseUrl: 'http://127.0.0.1:3000', token: async () => undefined })

/** What the compiler holds the hand-written form of a problem against. */
export const problem = (sent: Schema<'Problem'>): ProblemDetails => sent

export async function read(): Promise<string[]> {
  const seen: string[] = []
  const article = await dataOf(api.GET('/v1/articles/{id}', { params: { path: { id: 'a' } } }))
  seen.push(...words(article))
  for (const quote of article.quotes)
    for (const { hops } of quote.attributions)
      for (const hop of hops) seen.push(hop.relation, hop.sourceId ?? hop.unnamed?.description ?? '')
  for await (const card of itemsOf(api, '/v1/articles', { params: { query: { tag: ['ferry'] } } }))
    seen.push(card.title, card.leadMedia?.url ?? '', 'status' in card ? card.status : '')
  for await (const result of itemsOf(api, '/v1/search', { params: { query: { q: 'ferry' } } })) {
    if (result.kind === 'article') seen.push(result.item.title)
    else if (result.kind === 'quote') seen.push(result.item.text)
    else seen.push(result.item.caption ?? '')
  }
  for await (const { data, count } of pagesOf(api, '/v1/articles', { params: { query: { count: 'exact' } } }))
    seen.push(`${data.length} of ${count}`)
  for await (const change of itemsOf(api, '/v1/changes')) seen.push(change.event)
  const draft = await dataOf(
    api.GET('/v1/articles/{id}', { params: { path: { id: 'a' }, query: { edition: 'draft' } } })
  )
  if ('status' in draft) seen.push(draft.status, draft.internalNotes ?? '', String(draft.version))
  return seen
}

function words({ body }: Pick<Article, 'body'>): string[] {
  if (typeof body === 'string') return [body]
  return body.flatMap((block) => {
    if (block._type === 'image') return block.mediaId
    if (block._type === 'embed') return block.url
    if (block._type === 'code') return block.code
    if (block._type === 'table') return block.rows.map(({ cells }) => String(cells.length))
    if (block._type === 'rule') return []
    const marks = (block.markDefs ?? []).map((mark) =>
      mark._type === 'quote' ? mark.quoteId : mark._type === 'link' ? mark.href : mark.attributionId
    )
    return [...block.children.map(({ text }) => text), ...marks]
  })
}

export async function change(id: string): Promise<string> {
  const article = await edit(api, '/v1/articles/{id}', { path: { id } }, (current, conflict) => {
    if (conflict && current.title !== conflict.base.title) return undefined
    return { tags: [...current.tags, 'ferry'], internalNotes: current.internalNotes }
  })
  const source = await edit(api, '/v1/sources/{id}', { path: { id } }, ({ name }) => ({ name: `${name}.` }))
  const settings = await edit(api, '/v1/comment-settings', {}, ({ editMinutes }) => ({
    editMinutes: editMinutes + 1
  }))
  const { term } = await edit(api, '/v1/blocked-terms/{id}', { path: { id } }, () => ({ note: 'Seen.' }))
  return `${article.status} ${source.name} ${settings.editMinutes} ${term}`
}

/** What the compiler refuses. */
export async function mistaken(id: string) {
  // @ts-expect-error an article is no list
  itemsOf(api, '/v1/articles/{id}')
  // @ts-expect-error there is no such filter
  itemsOf(api, '/v1/articles', { params: { query: { colour: 'red' } } })
  // @ts-expect-error an article has no such field
  await edit(api, '/v1/articles/{id}', { path: { id } }, () => ({ colour: 'red' }))
  // @ts-expect-error a search needs words
  itemsOf(api, '/v1/search')
}

/** A story is drawn as it was read, whichever edition. */
export async function draw() {
  const story = await dataOf(api.GET('/v1/articles/{id}', { params: { path: { id: 'a' } } }))
  createElement(Body, { story, words: { correction: 'Rettelse' } })
  h(VueBody, { story })
  return bodyHtml(story) + voicesHtml(story, { words: { article: 'vår sak' } })
}
