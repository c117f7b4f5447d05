// Which files are taken: told by their bytes, never by their name.

/** What a file is, for the record of media that it gets. */
export type MediaKind = 'image' | 'video' | 'audio' | 'document'

/** The content types that are taken, as file-type names them, with the extension of their files. */
export const types: Record<string, { kind: MediaKind; extension: string; raster?: true }> = {
  'image/jpeg': { kind: 'image', extension: 'jpg', raster: true },
  'image/png': { kind: 'image', extension: 'png', raster: true },
  'image/webp': { kind: 'image', extension: 'webp', raster: true },
  'image/avif': { kind: 'image', extension: 'avif', raster: true },
  'image/gif': { kind: 'image', extension: 'gif', raster: true },
  'image/tiff': { kind: 'image', extension: 'tif', raster: true },
  // A drawing that may hold scripts: a file to be downloaded, not a picture that is shown.
  'image/svg+xml': { kind: 'document', extension: 'svg' },
  'application/pdf': { kind: 'document', extension: 'pdf' },
  'audio/mpeg': { kind: 'audio', extension: 'mp3' },
  'audio/mp4': { kind: 'audio', extension: 'm4a' },
  'audio/aac': { kind: 'audio', extension: 'aac' },
  'audio/ogg': { kind: 'audio', extension: 'ogg' },
  'audio/flac': { kind: 'audio', extension: 'flac' },
  'audio/wav': { kind: 'audio', extension: 'wav' },
  'video/mp4': { kind: 'video', extension: 'mp4' },
  'video/webm': { kind: 'video', extension: 'webm' },
  'video/quicktime': { kind: 'video', extension: 'mov' }
}

/** Other names of the same types. */
const synonyms: Record<string, string> = {
  'image/jpg': 'image/jpeg',
  'image/apng': 'image/png',
  'audio/x-m4a': 'audio/mp4',
  'audio/x-wav': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'audio/opus': 'audio/ogg',
  'audio/mp3': 'audio/mpeg',
  'video/x-m4v': 'video/mp4'
}

const byExtension = new Map([
  ...Object.entries(types).map(([type, { extension }]) => [extension, type] as const),
  ['jpeg', 'image/jpeg'] as const
])

/** The content type of a file by the end of its address; undefined where that tells none. */
export const typeByAddress = (url: string): string | undefined =>
  byExtension.get(/\.(\w+)(?:[?#].*)?$/.exec(url)?.[1]?.toLowerCase() ?? '')

/** A content type under its usual name, without parameters. */
export function usualName(type: string): string {
  const name = type.split(';')[0]!.trim().toLowerCase()
  return synonyms[name] ?? name
}

/** Formats that are often sent, and not taken: how they are called. */
const names: [RegExp, string][] = [
  [/^image\/hei[cf]/, 'HEIC'],
  [/^image\/x-(?:canon|nikon|sony|adobe|olympus|panasonic|fujifilm)/, 'a raw picture of a camera'],
  [/^image\/vnd\.adobe\.photoshop$/, 'a picture of Photoshop'],
  [/^image\/(?:jp2|jpx|jpm|j2c|mj2)$/, 'JPEG 2000'],
  [/^image\/jxl$/, 'JPEG XL'],
  [/officedocument|opendocument|msword|ms-excel|ms-powerpoint|x-cfb|rtf$/, 'a document of an office program']
]

/** What is taken in the place of other formats. */
const remedies: [RegExp, string][] = [
  [/^image\//, 'JPEG, PNG, WebP or AVIF'],
  [/^audio\//, 'MP3, M4A, AAC, Ogg, FLAC or WAV'],
  [/^video\//, 'MP4, WebM or QuickTime'],
  [names.at(-1)![0], 'PDF']
]

/** Why a content type is not taken, and what to send instead; undefined where nothing can be advised. */
export function whyNotTaken(type: string): string | undefined {
  const remedy = remedies.find(([kind]) => kind.test(type))?.[1]
  if (remedy === undefined) return undefined
  const name = names.find(([format]) => format.test(type))?.[1]
  const called = name === undefined ? type : `${name} (${type})`
  return `This is ${called}, which is not taken: export it as ${remedy}, and send that.`
}

/** The content types of raw bodies; the last is of those who leave it to the bytes. */
export const rawTypes = [...Object.keys(types), ...Object.keys(synonyms), 'application/octet-stream']

/** The extension of files of a type. */
export const extensionOf = (type: string) => types[type]!.extension
