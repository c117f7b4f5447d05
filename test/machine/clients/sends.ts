// Prints what each generated client asks for where a filter has several values, one of them with a comma.
import createClient from 'openapi-fetch'
import { listArticles as listWithHeyApi } from './generated/hey/sdk.gen.ts'
import type { paths } from './generated/openapi-typescript/types.ts'
import { listArticles as listWithOrval } from './generated/orval/client.ts'
import { Api } from './generated/sta/client.ts'

const tag = ['Oslo, Norway', 'ferry']
const baseUrl = 'http://127.0.0.1:3000'
const asked: string[] = []
globalThis.fetch = async (input) => {
  asked.push(String(input instanceof Request ? input.url : input).replace(baseUrl, ''))
  return Response.json({ data: [], next: null })
}

await createClient<paths>({ baseUrl }).GET('/v1/articles', { params: { query: { tag } } })
await listWithHeyApi({ baseUrl, query: { tag } })
await listWithOrval({ tag })
await new Api({ baseUrl }).v1.listArticles({ tag })
console.log(asked.join('\n'))
