// Addresses with U+0000, which no text that is stored may have: refused as in a body (http/input/json-bodies.ts).
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { escaped } from '../input/json.ts'
import { type Fault, HttpProblem } from '../problems.ts'

const detail = 'has U+0000 (%00), which no text here may have: leave it out.'

/** Refuses U+0000 in the path or the query of a request. Node's parser takes it only where it is percent-encoded. */
export function refuseUnstorableAddresses(app: FastifyInstance) {
  app.addHook('onRequest', (request, _, done) => {
    if (request.url.includes('%00')) done(unstorable(request))
    else done()
  })
}

/** The 400 that names each place; undefined where it is encoded wrongly (`%%00`), which is text like any other. */
function unstorable({ params, query }: FastifyRequest): HttpProblem | undefined {
  const faults = [...faultsIn('path', params), ...faultsIn('query', query)]
  const [first] = faults
  if (first === undefined) return undefined
  const place = first.pointer === '' ? '' : `${first.pointer} `
  return new HttpProblem('malformed-request', `The ${first.in}: ${place}${detail}`, faults)
}

/** The parameters that have it in their name or a value. */
const faultsIn = (part: 'path' | 'query', parameters: unknown): Fault[] =>
  Object.entries(Object(parameters) as object)
    .filter((parameter) => parameter.flat().some((text) => String(text).includes('\0')))
    .map(([name]) => ({ in: part, pointer: pointerTo(name), detail }))

/** The whole path is the parameter `*` of no route. */
const pointerTo = (name: string) => (name === '*' ? '' : `/${escaped(name).replaceAll('\0', '\\u0000')}`)
