// Renditions that readers were shown before, and that no published article shows any more, since the media settings or the
// credits were changed: pages in caches and in feeds still name them.
import type { Reader } from '../../storage/database.ts'
import type { StoredRendition } from '../../storage/tables/files.ts'
import { mediaShownBy, setsShowing } from '../renditions/publications.ts'
import * as sets from '../renditions/store.ts'
import { current } from '../settings/store.ts'
import { addressed, renditionName } from './addresses.ts'
import type { PublishedMedia } from './visibility.ts'

/** What is public now. */
interface Publicity {
  published: PublishedMedia
  isPublic(setId: string): Promise<boolean>
}

/**
 * The address of the rendition that comes nearest to one that was shown before: of a record of media that was shown by it and
 * is public still, of the same crop, and public itself. Undefined where there is none.
 */
export async function successorOf(
  db: Reader,
  setId: string,
  former: StoredRendition,
  { published, isPublic }: Publicity
): Promise<string | undefined> {
  const mediaIds = await published.withFiles(db, await mediaShownBy(db, setId))
  const setIds = new Set((await Promise.all(mediaIds.map((id) => setsShowing(db, id)))).flat())
  const shown: string[] = []
  for (const id of setIds) if (await isPublic(id)) shown.push(id)
  const others = [...(await sets.byIds(db, shown)).values()]
  // The newest first.
  for (const { id, renditions } of others.sort((a, b) => b.createdAt.localeCompare(a.createdAt))) {
    const nearest = nearestTo(former, renditions)
    if (nearest) return addressed((await current(db)).baseUrl, id, renditionName(nearest))
  }
  return undefined
}

/** The narrowest that is as wide at least, else the widest: of the same type, or JPEG, which every picture is made as. */
function nearestTo({ crop, width, type }: StoredRendition, renditions: StoredRendition[]) {
  const of = (wanted: string) =>
    renditions.filter((one) => one.crop === crop && one.type === wanted).sort((a, b) => a.width - b.width)
  const ofType = of(type)
  const among = ofType.length > 0 ? ofType : of('image/jpeg')
  return among.find((one) => one.width >= width) ?? among.at(-1)
}
