// The addresses of files: a digest, and a name that says which file of it is meant.
import type { StoredRendition } from '../../storage/tables/files.ts'
import { extensionOf } from '../intake/types.ts'

/** The name of a rendition within its set: `1280.jpg`, `square-320.avif`. */
export function renditionName({ crop, width, type }: Pick<StoredRendition, 'crop' | 'width' | 'type'>) {
  return `${crop === null ? '' : `${crop}-`}${width}.${extensionOf(type)}`
}

/** A name that came with a file, as a part of an address: in ASCII, with the extension of what it is. */
export function addressName(name: string | null, type: string): string {
  const stem = (name ?? '')
    .replace(/\.[^.]*$/, '')
    .normalize('NFKD')
    .replace(/[^\w-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
  return `${stem || 'file'}.${extensionOf(type)}`
}

export const pathOf = (digest: string, name: string) => `/v1/files/${digest}/${name}`

/** The same, where readers reach this API (media settings). */
export const addressed = (baseUrl: string | null, digest: string, name: string) =>
  (baseUrl ?? '').replace(/\/+$/, '') + pathOf(digest, name)

/** The digest in the address of a file of ours. */
export const digestIn = (url: string | null) => /\/v1\/files\/([0-9a-f]{64})\//.exec(url ?? '')?.[1]
