// A client of On Record for Node, browsers and workers.
import type { components, paths } from './api.ts'
import { connect, type Options } from './connect.ts'
import type { Client } from './types.ts'

export type { components, operations, paths } from './api.ts'
export type { Options } from './connect.ts'
export { type Conflict, type EditOptions, edit } from './edit.ts'
export { itemsOf, pagesOf } from './lists.ts'
export { dataOf, type ProblemDetails, ProblemError } from './problems.ts'

/** A schema of the OpenAPI document by its name: `Schema<'NewStory'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]

export type Article = Schema<'Article'>
export type ArticleCard = Schema<'ArticleCard'>
export type DraftArticle = Schema<'DraftArticle'>
export type Body = Schema<'Body'>
export type Quote = Schema<'Quote'>
export type Attribution = Schema<'Attribution'>
export type Source = Schema<'Source'>
export type Media = Schema<'Media'>
export type Correction = Schema<'Correction'>
export type Comment = Schema<'Comment'>
export type SearchResult = Schema<'SearchResult'>

/** A client of the API: what openapi-fetch makes, with a method for each of HTTP. */
export type OnRecord = Client<paths>

/**
 * A client of the service at an address.
 *
 * @example const api = onRecord({ baseUrl: 'https://api.news.example' })
 * const article = await dataOf(api.GET('/v1/articles/{id}', { params: { path: { id: 'late-ferry' } } }))
 */
export const onRecord = (options: Options): OnRecord => connect<paths>(options)
