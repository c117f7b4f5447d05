// The thin core: openapi-fetch, told how this API takes lists in a query, with the token and with refused requests sent again.
import createFetchClient, { type Client, type ClientOptions, createQuerySerializer } from 'openapi-fetch'
import { type Patience, patient } from './retry.ts'

export interface Options extends Omit<ClientOptions, 'baseUrl' | 'querySerializer'>, Patience {
  /** Where the service is, without `/v1`: `https://api.news.example`. */
  baseUrl: string
  /** A token (`onr_...`, or a JWT of the newsroom's issuer), or what answers the present one. None reads as the public does. */
  token?: string | (() => string | undefined | Promise<string | undefined>)
}

/** `tag=ferry,pumps`, a comma within a value as `%2C`. */
const serialize = createQuerySerializer({ array: { style: 'form', explode: false } })

/** A client for the operations in `Paths`: what openapi-typescript makes of a document. */
export function connect<Paths extends object>({ token, tries, longestWait, ...options }: Options) {
  const client: Client<Paths> = createFetchClient<Paths>({
    ...options,
    fetch: patient(options.fetch ?? ((request) => globalThis.fetch(request)), { tries, longestWait }),
    querySerializer: serialize
  })
  if (token !== undefined)
    client.use({
      async onRequest({ request }) {
        const current = typeof token === 'string' ? token : await token()
        if (current !== undefined) request.headers.set('Authorization', `Bearer ${current}`)
        return request
      }
    })
  return client
}
