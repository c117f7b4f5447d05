// The pictures, films and sounds that lie beside the texts of an export: found by the addresses that the texts have for
// them, among the files of the export alone, so that no address leads out of it.
import { posix } from 'node:path'
import { httpUrl } from '../metadata/addresses.ts'
import type { ExportFile } from './item.ts'

/** A host that no site has (RFC 2606): relative addresses are resolved against the place of their text below it. */
const host = 'http://export.invalid'

/** What is taken as a file; whatever else its bytes are is refused when it is received. */
export const isMediaFile = (name: string) =>
  /\.(?:jpe?g|png|gif|webp|avif|tiff?|mp3|m4a|ogg|wav|mp4|webm|mov)$/i.test(name)

/** Folders of files that systems name alike in addresses and on disk. */
const uploads = /\/(?:wp-content\/uploads|content\/(?:images|media|files))\/.+/

/** The files of an export by their names below the folder that holds all of them. */
export function byName(files: ExportFile[]): Map<string, ExportFile> {
  const folders = files.map(({ name }) => posix.normalize(name).split('/').slice(0, -1))
  const [first = []] = folders
  const apart = first.findIndex((part, i) => folders.some((other) => other[i] !== part))
  const common = apart < 0 ? first.length : apart
  return new Map(
    files.map((file) => [posix.normalize(file.name).split('/').slice(common).join('/'), file] as const)
  )
}

/** The address of a file of the export, against which those in it are resolved. */
export const addressInExport = (name: string) =>
  `${host}/${name.split('/').map(encodeURIComponent).join('/')}`

/** Whether an address is one that `addressInExport` gave to a file of the export. */
export const isInExport = (url = '') => url.startsWith(`${host}/`)

export type LocalFiles = ReturnType<typeof localFiles>

/** Looks addresses up among the files of an export. */
export function localFiles(files: ExportFile[]) {
  const media = [...byName(files).keys()].filter(isMediaFile)
  const known = new Set(media)
  const byBase = Map.groupBy(media, (name) => posix.basename(name))
  const used = new Set<string>()

  /** The shortest name that ends so. */
  const ending = (path: string) =>
    byBase
      .get(posix.basename(path))
      ?.filter((name) => `/${name}`.endsWith(path))
      .sort((a, b) => a.length - b.length)[0]

  function search(url: string, site: string | undefined): string | undefined {
    const parsed = URL.parse(url)
    const path = parsed && decoded(parsed.pathname)
    if (!path) return undefined
    if (isInExport(url)) return known.has(path.slice(1)) ? path.slice(1) : ending(path)
    const [uploaded] = uploads.exec(path) ?? []
    const isElsewhere = site !== undefined && URL.parse(site)?.host !== parsed.host
    return uploaded === undefined || isElsewhere ? undefined : ending(uploaded)
  }

  return {
    /** The file that this address means, on a site at that address; undefined where it is none of them. */
    find(url: string, site?: string): string | undefined {
      const name = search(url, site)
      if (name !== undefined) used.add(name)
      return name
    },
    /** How many of them no text named. */
    unused: () => media.length - used.size
  }
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/**
 * The public address of what an article names below the export: relative to the article's own. Undefined where that is
 * not known.
 */
function publicAddress(url: string, file: string | undefined, page: string | undefined) {
  if (page === undefined) return undefined
  const path = new URL(url).pathname
  const folder = posix.dirname(new URL(addressInExport(file ?? '')).pathname)
  const below = posix.relative(folder, path)
  return new URL(below.startsWith('..') ? path : below, page).href
}

/** Where a file is: its name in the export, or its address. */
export interface Place {
  name?: string
  url?: string
}

/** Why a file that an export names is not there. */
export const unknownFile =
  'It is no file of the export, and its address is not known: name the folder that holds it, or publish it and name it with https.'

/** The path of a file of the export, as it is told. */
export const nameIn = (url: string) => (isInExport(url) ? new URL(url).pathname.slice(1) : url)

/** Where a file is: in the export, or at an address. Undefined for one that is looked for in the export in vain. */
export function placeOf(
  address: string | undefined,
  {
    file,
    url,
    local
  }: { file?: string | undefined; url?: string | undefined; local?: LocalFiles | undefined }
): Place | undefined {
  if (address === undefined) return {}
  const name = local?.find(address, url)
  if (name !== undefined) return { name }
  if (!isInExport(address)) return { url: address }
  const elsewhere = httpUrl(publicAddress(address, file, url))
  return elsewhere === undefined ? undefined : { url: elsewhere }
}
