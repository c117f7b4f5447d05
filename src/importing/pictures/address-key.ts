/**
 * The address of a file without size and parameters: WordPress writes sizes into the names of smaller files
 * (ferry-300x200.jpg), and -scaled for the largest.
 */
export const addressKey = (url = '') =>
  url
    .replace(/^https?:/, '')
    .replace(/[?#].*$/, '')
    .replace(/-(?:\d+x\d+|scaled)(?=\.\w+$)/, '')

/** Which of these files a body names by their addresses, or by those of other sizes. */
export const filesNamedIn = <Id>(html: string, files: Map<string, Id>): Id[] =>
  [...html.matchAll(/\bsrc=["']([^"'\s]+)["']/g)].flatMap(([, url]) => files.get(addressKey(url)) ?? [])
