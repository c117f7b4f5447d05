// Patterns of addresses, as robots.txt has them (RFC 9309, 2.2.2 and 2.2.3), which RSL and TDMRep use too.

/** What `*` and `$` are in an address, where they are not to be special. */
const literal = (address: string) => address.replaceAll('*', '%2A').replaceAll('$', '%24')

/** An address as a pattern: a path on the site itself, else the whole of it. */
function onSite(address: string, home: string): string | undefined {
  const url = URL.parse(address)
  if (url === null) return undefined
  const path = `${url.pathname}${url.search}`
  return literal(url.origin === URL.parse(home)?.origin ? path : `${url.origin}${path}`)
}

/** The pattern of exactly this address; undefined for none that a browser could read. */
export const exactly = (address: string, home: string) => {
  const pattern = onSite(address, home)
  return pattern && `${pattern}$`
}

/** The pattern of what stands below this address. */
export const below = onSite

/**
 * Where the pages of a section are, by the template of addresses: undefined where the section is no whole part of the
 * path, or something stands before it that is not always the same.
 */
export function sectionAddress(template: string | null, section: string): string | undefined {
  const [, before] = /^([^{}]*\/)\{section\}\//.exec(template ?? '') ?? []
  return before && `${before}${encodeURIComponent(section)}/`
}
