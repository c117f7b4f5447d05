// Addresses as records may hold them.

const unsafe = /[^\w\-.~:/?#@!$&'()*+,;=%]/g
const safe = /^https?:\/\/[^/?#%[\]]+(?:[/?#](?:[^%#]|%[0-9a-f]{2})*(?:#(?:[^%#]|%[0-9a-f]{2})*)?)?$/i

/** The absolute http(s) address of a link; undefined when it leads elsewhere or nowhere. */
export function httpUrl(href: string | null | undefined, base?: string): string | undefined {
  const trimmed = href?.trim()
  if (!trimmed || trimmed.length > 2000 || !URL.canParse(trimmed, base)) return undefined
  const url = new URL(trimmed, base).href.replace(unsafe, encodeURIComponent)
  return url.length <= 2000 && safe.test(url) ? url : undefined
}

/** What a site is known by: its address without what may change of it, such as http and www. Other names stay as they are. */
export function siteKey(id: string): string {
  const url = /^https?:/i.test(id) ? URL.parse(id) : null
  return url === null ? id : url.host.replace(/^www\./, '') + url.pathname.replace(/\/+$/, '')
}
