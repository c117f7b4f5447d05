// RSL 1.0 (rslstandard.org): licences that machines read, as a file and within feeds.

import { document, element, type Markup, textElement } from '../markup/xml.ts'
import type { Publisher } from '../publisher/schema.ts'
import type { Rule } from './rules.ts'
import type { Terms } from './schema.ts'
import { type Licence, licences } from './terms.ts'

const namespace = 'https://rslstandard.org/rsl'
export const rslNamespace = { 'xmlns:rsl': namespace }
export const rslType = 'application/rsl+xml'

/** For how many days a file holds: the shortest there is. */
const maxAge = 1

/** What holds for an address, in elements with this prefix; undefined where nothing is said. */
export function contentElement(
  url: string,
  terms: Terms,
  { prefix = '', more = [] as (Markup | undefined)[] } = {}
): Markup | undefined {
  const licenceElements = licences(terms).map((licence) => licenceElement(licence, prefix))
  return licenceElements.length === 0
    ? undefined
    : element(`${prefix}content`, { url }, ...licenceElements, ...more)
}

function licenceElement({ permits, prohibits, price }: Licence, prefix: string): Markup {
  const type = { type: 'usage' }
  return element(
    `${prefix}license`,
    {},
    textElement(`${prefix}permits`, permits.join(' '), type),
    textElement(`${prefix}prohibits`, prohibits.join(' '), type),
    price
      ? element(
          `${prefix}payment`,
          { type: price.type },
          textElement(`${prefix}standard`, price.standard),
          textElement(`${prefix}custom`, price.url),
          textElement(`${prefix}amount`, price.amount, { currency: price.currency })
        )
      : undefined
  )
}

/** A file of these rules. */
export function rsl(rules: Rule[], { name, url }: Publisher, termsUrl: string | null | undefined): Buffer {
  const more = [
    element('copyright', { type: 'organization', contactUrl: url }, name),
    textElement('terms', termsUrl)
  ]
  return document(
    element(
      'rsl',
      { xmlns: namespace, 'max-age': maxAge },
      ...rules.map(({ pattern, terms }) => contentElement(pattern, terms, { more }))
    )
  )
}
