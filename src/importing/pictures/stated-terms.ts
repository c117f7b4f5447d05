// What a page says of its pictures in its structured data (schema.org, ImageObject; the properties that search engines read
// credits and licences from).
import type { NewMediaCredit } from '../../content/credits/schema.ts'
import { licenceName } from '../../files/metadata/proposal.ts'
import { httpUrl } from '../metadata/addresses.ts'
import { type Json, namedIn, texts, withReferences } from '../metadata/jsonld.ts'
import type { StatedTerms, Warn } from '../page/lines.ts'
import { addressKey } from './address-key.ts'
import { creditOf } from './credits.ts'

/** The terms of the pictures that some objects of JSON-LD describe, by the keys of their addresses. */
export function statedTerms(objects: Json[], base: string | undefined): Map<string, StatedTerms> {
  const found = new Map<string, StatedTerms>()
  const named = namedIn(objects)
  for (const object of objects) {
    if (!/ImageObject|Photograph/.test(String(object['@type']))) continue
    const terms = termsOf(withReferences(object, named), base)
    if (!terms) continue
    for (const address of [object.contentUrl, object.url, object['@id']].flat()) {
      const url = typeof address === 'string' ? httpUrl(address, base) : undefined
      if (url !== undefined && !found.has(addressKey(url))) found.set(addressKey(url), terms)
    }
  }
  return found
}

function termsOf(object: Json, base: string | undefined): StatedTerms | undefined {
  const text = (name: string) => texts(object[name])[0]
  const makers = [object.creator].flat(2).map((one) => ({
    names: texts(one),
    isOrganization: /Organi[sz]ation|Corporation/.test(String((one as Json | undefined)?.['@type']))
  }))
  const named = (isOrganization: boolean) =>
    makers.flatMap((maker) => (maker.isOrganization === isOrganization ? maker.names : []))
  const creditText = text('creditText')
  const [notice, holder] = [text('copyrightNotice'), text('copyrightHolder')]
  const licence = licenceOf(object.license, base)
  const [page] = [object.acquireLicensePage].flat().flatMap((one) => addressIn(one, base) ?? [])
  const terms = {
    ...(creditText !== undefined && { creditText }),
    ...{ creators: named(false), suppliers: named(true) },
    ...(notice !== undefined && { copyrightNotice: notice }),
    ...(holder !== undefined && { copyrightHolder: holder }),
    ...(licence && { licence }),
    ...(page !== undefined && { acquireLicensePage: page })
  }
  const isNothing =
    Object.keys(terms).length === 2 && terms.creators.length === 0 && terms.suppliers.length === 0
  return isNothing ? undefined : terms
}

/** The address of a value: itself, or that of the object. */
function addressIn(value: unknown, base: string | undefined) {
  const { url, '@id': id } = (typeof value === 'object' && value !== null ? value : {}) as Json
  const [address] = [value, url, id].filter((one) => typeof one === 'string')
  return httpUrl(address, base)
}

function licenceOf(value: unknown, base: string | undefined): NewMediaCredit['licence'] {
  const [first] = [value].flat()
  const isWords = typeof first === 'string' && !/^(?:https?:|\/)/.test(first)
  const url = isWords ? undefined : addressIn(first, base)
  const [name] = isWords || typeof first === 'object' ? texts(first) : []
  if (name === undefined) return url === undefined ? undefined : { name: licenceName(url), url }
  return { name, ...(url !== undefined && { url }) }
}

/** The credit that the page prints, with the terms that it states; the one that it states, where it prints none. */
export function creditWith(
  printed: NewMediaCredit | undefined,
  { creditText, creators, suppliers, ...rights }: StatedTerms,
  warn: Warn
): NewMediaCredit | undefined {
  if (printed) return { ...printed, ...rights }
  const line =
    creditText ??
    ([...creators, ...suppliers].join('/') || (rights.copyrightNotice ?? rights.copyrightHolder ?? undefined))
  if (line === undefined) return undefined
  if (creators.length === 0 && suppliers.length === 0) return { ...creditOf(line, warn), ...rights }
  return { creditLine: line, creators, suppliers, ...rights }
}
