// Query strings as they are written, where it matters which characters were percent-encoded: a comma parts the values of
// a parameter that takes several, and `%2C` is a comma within one (RFC 3986, 2.2; RFC 6570, 3.2.1).
import { parse } from 'fast-querystring'

/** The query of an address, with what stands before it. */
function divided(address: string): [path: string, query: string] {
  const end = address.indexOf('?')
  return end < 0 ? [address, ''] : [address.slice(0, end), address.slice(end + 1)]
}

/** Decoded as Fastify's router does it: what is encoded wrongly stays as it is. */
const decoded = (text: string) => (/[%+]/.test(text) ? String(parse(`v=${text}`).v) : text)

/** The parameters in the order of the address: their names, and their values as they are written. */
const written = (query: string): [name: string, raw: string][] =>
  query
    .split('&')
    .filter((one) => one !== '')
    .map((one) => {
      const end = one.indexOf('=')
      return end < 0 ? [decoded(one), ''] : [decoded(one.slice(0, end)), one.slice(end + 1)]
    })

/** The values of a parameter that takes several: `tag=a,b`, or `tag=a&tag=b`. */
export const valuesOf = (address: string, name: string): string[] =>
  written(divided(address)[1]).flatMap(([other, raw]) =>
    other === name ? raw.split(',').map((value) => decoded(value)) : []
  )

const encoded = ([name, raw]: [name: string, raw: string]) =>
  `${encodeURIComponent(name)}=${raw
    .split(',')
    .map((value) => encodeURIComponent(decoded(value)))
    .join(',')}`

/**
 * A query in its normal form: percent-encoding is unified, and parameters are sorted by name. Values of the same name keep
 * their order, and commas stay what they are.
 */
export function normalQuery(query: string): string {
  const parameters = written(query)
  if (parameters.length > 1) parameters.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
  return parameters.map(encoded).join('&')
}

/** The parameters of an address with these names, in their normal form. */
export const onlyParameters = (address: string, names: string[]): string =>
  normalQuery(
    written(divided(address)[1])
      .filter(([name]) => names.includes(name))
      .map(encoded)
      .join('&')
  )

/** An address with this value of a parameter in place of those it has. */
export function withParameter(address: string, name: string, value: string): string {
  const [path, query] = divided(address)
  const others = written(query).filter(([other]) => other !== name)
  return `${path}?${[...others.map(encoded), `${name}=${encodeURIComponent(value)}`].join('&')}`
}

/**
 * Leaves parsed queries of a schema no other whole numbers than those in decimal digits. Ajv takes all that JavaScript reads as
 * a number, such as 0x10 and 1e1: these become lists, as of a name that is given twice, which no number is read from.
 */
export function decimalsOnly(schema: { properties?: Record<string, { type?: string }> }) {
  const names = Object.entries({ ...schema.properties }).flatMap(([name, { type }]) =>
    type === 'integer' ? [name] : []
  )
  return (query: Record<string, unknown>) => {
    for (const name of names) {
      const value = query[name]
      if (typeof value === 'string' && !/^-?\d+$/.test(value)) query[name] = [value]
    }
  }
}
