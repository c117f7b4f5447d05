// What the elements of XML exports are called here.

/** The prefixes that the exports' namespaces are written with here, whatever the file calls them. */
const prefixes: [RegExp, string][] = [
  [/^http:\/\/wordpress\.org\/export\/[\d.]+\/excerpt\/$/, 'excerpt:'],
  [/^http:\/\/wordpress\.org\/export\/[\d.]+\/$/, 'wp:'],
  [/^http:\/\/purl\.org\/rss\/1\.0\/modules\/content\/$/, 'content:'],
  [/^http:\/\/purl\.org\/dc\/elements\/1\.1\/$/, 'dc:'],
  [/^http:\/\/www\.w3\.org\/2005\/Atom$/, ''],
  [/^http:\/\/schemas\.google\.com\/blogger\/\d+$/, 'blogger:'],
  [/^http:\/\/purl\.org\/syndication\/thread\/1\.0$/, 'thr:'],
  [/^http:\/\/purl\.org\/atom\/app#$/, 'app:'],
  [/^https?:\/\/search\.yahoo\.com\/mrss\/?$/, 'media:'],
  [/^http:\/\/www\.w3\.org\/1999\/xhtml$/, ''],
  [/^http:\/\/purl\.org\/rss\/1\.0\/$/, ''],
  [/^http:\/\/iptc\.org\/std\/(?:nar|NITF)\/2006-10-(?:01|18)\/$/, '']
]

/** How many names of a namespace are kept: whoever makes up more fills no memory. */
const maxNames = 256

/** A namespace that is known: its prefix here, and its names with that prefix. */
interface Namespace {
  prefix: string
  names: Map<string, string>
}

interface Tag {
  uri: string
  local: string
  prefix: string
}

/** Names the elements of a file. The same element has the same string each time, which compares at once. */
export function elementNames() {
  const known = new Map<string, Namespace>()
  const namespaceOf = (uri: string) => {
    const found = known.get(uri)
    if (found) return found
    const prefix = prefixes.find(([pattern]) => pattern.test(uri))?.[1]
    if (prefix === undefined) return undefined
    const space: Namespace = { prefix, names: new Map() }
    known.set(uri, space)
    return space
  }
  return ({ uri, local, prefix }: Tag): string => {
    const space = namespaceOf(uri)
    if (space === undefined) return prefix ? `${prefix}:${local}` : local
    const found = space.names.get(local)
    if (found !== undefined) return found
    if (space.names.size === maxNames) space.names.clear()
    const name = space.prefix + local
    space.names.set(local, name)
    return name
  }
}
