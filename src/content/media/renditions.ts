// Files and renditions of records of media: what readers get of them, and what they are made by.

import { rightsPacket } from '../../files/metadata/packet.ts'
import type { ContentCredentials } from '../../files/metadata/schema.ts'
import type { MediaFile, Rendering, Rendition } from '../../files/renditions/schema.ts'
import * as sets from '../../files/renditions/store.ts'
import { addressed, addressName, pathOf, renditionName } from '../../files/serving/addresses.ts'
import type { MediaSettings } from '../../files/settings/schema.ts'
import * as settings from '../../files/settings/store.ts'
import * as files from '../../files/store.ts'
import { rowsIn } from '../../storage/columns/rows.ts'
import type { Reader, Tables, Writer } from '../../storage/database.ts'
import type { Recipe } from '../../storage/tables/files.ts'
import type { MediaCredit } from '../credits/schema.ts'
import { rightsOf } from './rights.ts'
import type { Media } from './schema.ts'

type Row = Tables['media']['$inferSelect']

/** What readers are told of a file of ours. */
export interface PublicFile {
  url: string | null
  type: string
  bytes: number
  width: number | null
  height: number | null
  renditions?: Rendition[]
  placeholder?: string
  contentCredentials?: ContentCredentials
}

/** A record without what readers are told of its file, which changes with the media settings. */
export const withoutFile = ({
  renditions: _r,
  placeholder: _p,
  url,
  width,
  height,
  type,
  bytes,
  ...said
}: Omit<Media, 'credits'>) => (bytes === undefined ? { url, width, height, ...said } : said)

/** A file with what only the desk is told. */
export interface FileForms {
  shown: PublicFile
  draft: { file: MediaFile; rendering?: Rendering }
}

/** What the renditions of a picture are made by, with the credits it has now. */
function recipeOf(row: Row, credits: MediaCredit[], { widths, formats, crops }: MediaSettings): Recipe {
  return { widths, formats, crops, focalPoint: row.focalPoint, packet: rightsPacket(rightsOf(row, credits)) }
}

/** Has the renditions of a picture made that it needs now, if there are none. */
export async function requestRenditions(tx: Writer, mediaId: string, creditsOf: CreditReader) {
  const [row] = await rowsIn(tx, tx.t.media, 'id', [mediaId])
  if (!row?.file || row.kind !== 'image') return
  await sets.request(tx, wantedSet(row, await creditsOf(tx, [mediaId]), await settings.current(tx)))
}

/**
 * Has the renditions of these pictures made since the settings were changed: in the background where complete ones by former
 * settings are shown meanwhile.
 */
export async function renewRenditions(tx: Writer, mediaIds: string[], creditsOf: CreditReader) {
  const current = await settings.current(tx)
  const credits = Map.groupBy(await creditsOf(tx, mediaIds), ({ mediaId }) => mediaId)
  for (const row of await rowsIn(tx, tx.t.media, 'id', mediaIds)) {
    const wanted = wantedSet(row, credits.get(row.id) ?? [], current)
    await sets.dropSuperseded(tx, wanted)
    const former = await sets.formerOf(tx, [wanted])
    await sets.request(tx, wanted, former.size > 0)
  }
}

/** The set of renditions that a picture with a file of ours is to be shown by. */
function wantedSet(row: Row, credits: MediaCredit[], current: MediaSettings): sets.WantedSet {
  const recipe = recipeOf(row, credits, current)
  return { id: sets.setIdOf(row.file!, recipe), file: row.file!, recipe }
}

export type CreditReader = (db: Reader, mediaIds: string[]) => Promise<MediaCredit[]>

/** The files of those of these records that have one, by the id of the record. */
export async function filesOf(
  db: Reader,
  rows: Row[],
  credits: Map<string, MediaCredit[]>
): Promise<Map<string, FileForms>> {
  const own = rows.filter(({ file }) => file !== null)
  if (own.length === 0) return new Map()
  const wanted = await settings.current(db)
  const known = await files.byDigests(
    db,
    own.map(({ file }) => file!)
  )
  const pictures = new Map(
    own
      .filter(({ kind }) => kind === 'image')
      .map((row) => [row.id, wantedSet(row, credits.get(row.id) ?? [], wanted)])
  )
  const made = await sets.byIds(
    db,
    [...pictures.values()].map(({ id }) => id)
  )
  const lacking = [...pictures.values()].filter(({ id }) => made.get(id)?.state !== 'ready')
  const former = await sets.formerOf(db, lacking)
  return new Map(
    own.map((row) => {
      const file = known.get(row.file!)!
      const id = pictures.get(row.id)?.id
      if (id === undefined)
        return [row.id, { shown: fileShown(row, file, wanted), draft: { file: fileForm(row, file) } }]
      const shown = pictureShown(file, former.get(id) ?? made.get(id), wanted)
      return [row.id, { shown, draft: { file: fileForm(row, file), rendering: renderingOf(made.get(id)) } }]
    })
  )
}

/** How far the renditions of a picture are. A set that is not there yet is about to be made. */
const renderingOf = (set: sets.RenditionSet | undefined): Rendering => ({
  state: set?.state ?? 'pending',
  detail: set?.state === 'failed' ? set.error : null
})

function fileForm({ fileName: name }: Row, { digest, type, bytes, width, height }: files.FileRow): MediaFile {
  const url = `${pathOf(digest, addressName(name, type))}?edition=draft`
  return { digest, name, type, bytes, width, height, url }
}

/** Whether a picture has a file of ours, and readers could not be shown it yet. */
export const lacksRenditions = ({ renditions }: { renditions?: Rendition[] }) => renditions?.length === 0

/** A file that readers get as it came. */
const fileShown = (
  row: Row,
  { digest, type, bytes }: files.FileRow,
  { baseUrl }: MediaSettings
): PublicFile => ({
  url: addressed(baseUrl, digest, addressName(row.fileName, type)),
  type,
  bytes,
  width: row.width,
  height: row.height
})

/** A picture, of which readers get renditions: the largest in JPEG is its `url`, for those who know no other. */
function pictureShown(
  file: files.FileRow,
  set: sets.RenditionSet | undefined,
  { baseUrl }: MediaSettings
): PublicFile {
  const renditions = (set?.renditions ?? []).map(({ digest: _, ...one }) => ({
    ...one,
    url: addressed(baseUrl, set!.id, renditionName(one))
  }))
  const largest = renditions
    .filter(({ crop, type }) => crop === null && type === 'image/jpeg')
    .sort((a, b) => b.width - a.width)[0]
  return {
    url: largest?.url ?? null,
    type: largest?.type ?? file.type,
    bytes: largest?.bytes ?? file.bytes,
    width: largest?.width ?? file.width,
    height: largest?.height ?? file.height,
    renditions,
    ...(set?.placeholder && { placeholder: set.placeholder }),
    // The column holds what was read of the file.
    ...(file.credentials && { contentCredentials: file.credentials as ContentCredentials })
  }
}
