import { Api } from '../generated/sta/client.ts'

const client = new Api({ baseUrl: 'http://127.0.0.1:3000' })

export async function read(): Promise<string[]> {
  const seen: string[] = []
  const { data: article } = await client.v1.getArticle('a')
  if (article === undefined || typeof article.body === 'string') return seen
  for (const block of article.body) {
    if (block._type === 'block') for (const span of block.children) seen.push(span.text)
    else if (block._type === 'image') seen.push(block.mediaId)
    else if (block._type === 'embed') seen.push(block.url)
    else if (block._type === 'code') seen.push(block.code)
    else if (block._type === 'table') for (const row of block.rows) seen.push(String(row.cells.length))
    if (block._type === 'block')
      for (const mark of block.markDefs ?? [])
        seen.push(
          mark._type === 'quote' ? mark.quoteId : mark._type === 'link' ? mark.href : mark.attributionId
        )
  }
  for (const quote of article.quotes)
    for (const { hops } of quote.attributions)
      for (const hop of hops) seen.push(hop.relation, hop.sourceId ?? '')
  const { data: list } = await client.v1.listArticles({ tag: ['ferry'] })
  for (const card of list?.data ?? [])
    seen.push(card.title, card.leadMedia?.url ?? '', 'status' in card ? card.status : '')
  const { data: found } = await client.v1.search({ q: 'ferry' })
  for (const result of found?.data ?? []) {
    if (result.kind === 'article') seen.push(result.item.title)
    else if (result.kind === 'quote') seen.push(result.item.text)
    else seen.push(result.item.caption ?? '')
  }
  const { data: draft } = await client.v1.getArticle('a', { edition: 'draft' })
  if (draft && 'status' in draft) seen.push(draft.status, draft.internalNotes ?? '', String(draft.version))
  return seen
}
