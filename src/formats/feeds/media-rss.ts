// Media RSS 1.5.1: pictures with who made and supplied them, in RSS and Atom alike.

import type { MediaCredit } from '../../content/credits/schema.ts'
import { typeByAddress } from '../../files/intake/types.ts'
import { element, type Markup, textElement } from '../markup/xml.ts'
import type { Entry } from './entries.ts'

export const mediaNamespace = { 'xmlns:media': 'http://search.yahoo.com/mrss/' }

/** The media of an entry. Several are alternatives of one another only in a `media:group`, which is not written. */
export const mediaElements = ({ media }: Entry): Markup[] =>
  media.map(({ url, kind, width, height, caption, credits }) => {
    const lines = credits.map(({ creditLine }) => creditLine).join('; ')
    return element(
      'media:content',
      { url, type: typeByAddress(url), medium: kind, width, height },
      textElement('media:description', [caption, lines].filter(Boolean).join(' '), { type: 'plain' }),
      ...credits.flatMap((credit) => creditElements(credit, kind))
    )
  })

/** The roles are those of the European Broadcasting Union, which Media RSS names as its standard scheme. */
const scheme = 'urn:ebu'

function creditElements(credit: MediaCredit, kind: string): (Markup | undefined)[] {
  const { creators, suppliers, creditLine, copyrightNotice, licence } = credit
  const named = (role: string, names: string[]) =>
    names.map((name) => element('media:credit', { role, scheme }, name))
  const people = [
    ...named(kind === 'image' ? 'photographer' : 'author', creators),
    ...named('distribution company', suppliers)
  ]
  return [
    ...(people.length > 0 ? people : [element('media:credit', {}, creditLine)]),
    textElement('media:copyright', copyrightNotice, { url: credit.acquireLicensePage }),
    licence ? element('media:license', { href: licence.url }, licence.name) : undefined
  ]
}
