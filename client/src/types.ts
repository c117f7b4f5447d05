// What the helpers read off the types that openapi-typescript makes of a document.
import type { Client, FetchOptions, HeadersOptions } from 'openapi-fetch'
import type {
  FilterKeys,
  MediaType,
  OperationRequestBodyContent,
  PathsWithMethod,
  RequiredKeysOf,
  SuccessResponse
} from 'openapi-typescript-helpers'

export type { Client }

/** What an operation answers. */
type Answer<Operation> = Operation extends {
  responses: infer Responses extends Record<number | string, { content?: unknown }>
}
  ? SuccessResponse<Responses, MediaType>
  : never

type GetOf<Paths, Path extends keyof Paths> = FilterKeys<Paths[Path], 'get'>

/** The paths whose GET answers a list. */
export type ListPath<Paths extends object> = {
  [Path in PathsWithMethod<Paths, 'get'>]: Answer<GetOf<Paths, Path>> extends {
    data: unknown[]
    next: unknown
  }
    ? Path
    : never
}[PathsWithMethod<Paths, 'get'>]

/** A page of the list at a path. */
export type Page<Paths extends object, Path extends keyof Paths> = Extract<
  Answer<GetOf<Paths, Path>>,
  { data: unknown[] }
>

/** An item of the list at a path. */
export type Item<Paths extends object, Path extends keyof Paths> = Page<Paths, Path>['data'][number]

/** The paths of records that are read and changed. */
export type RecordPath<Paths extends object> = PathsWithMethod<Paths, 'get'> & PathsWithMethod<Paths, 'patch'>

/** The working copy of a record: of both editions the one that has a version. */
export type Draft<Paths extends object, Path extends keyof Paths> = Extract<
  Answer<GetOf<Paths, Path>>,
  { version: number }
>

/** What a PATCH of a record takes. */
export type Patch<Paths extends object, Path extends keyof Paths> = OperationRequestBodyContent<
  FilterKeys<Paths[Path], 'patch'>
>

/** What a PATCH of a record answers. */
export type Patched<Paths extends object, Path extends keyof Paths> = Answer<FilterKeys<Paths[Path], 'patch'>>

/** The parameters of a GET, and what fetch takes, required where any of it is. */
export type GetInit<Paths extends object, Path extends keyof Paths> = Init<FetchOptions<GetOf<Paths, Path>>>
export type Init<T> = RequiredKeysOf<T> extends never ? [init?: T] : [init: T]

/** The parameters in the path of a record. */
export type PathParameters<Paths extends object, Path extends keyof Paths> =
  GetOf<Paths, Path> extends { parameters: { path: infer P extends object } } ? { path: P } : { path?: never }

/** A request as openapi-fetch takes it, of no path in particular. */
export interface LooseInit {
  params?: { path?: object; query?: object }
  headers?: HeadersOptions
  body?: unknown
  signal?: AbortSignal | null
}

/** A client as the helpers use it inside: paths and bodies were checked where the helper was called. */
export interface Loose {
  GET(path: string, init?: LooseInit): Promise<{ data?: unknown; error?: unknown; response: Response }>
  PATCH(path: string, init?: LooseInit): Promise<{ data?: unknown; error?: unknown; response: Response }>
}
