// Addresses as links and embeds may have them.
import { hrefPattern } from './schema.ts'

const known = new RegExp(hrefPattern)

/** The address of a link as it is kept; undefined for one that leads nowhere from a published page. */
export function linkHref(raw: string): string | undefined {
  // The URL standard strips white space and control characters at the ends, tabs and line breaks within.
  const href = raw
    .replace(/^[\0-\x20]+/, '')
    .replace(/(?<![\0-\x20])[\0-\x20]+$/, '')
    .replace(/[\t\n\r]/g, '')
  const kept = href.length <= 2000 && known.test(href) && URL.canParse(href, 'https://relative.invalid')
  return kept ? href : undefined
}
