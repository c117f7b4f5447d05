// Live sites of WordPress: `import --as wordpress https://paper.example`.
import { allowedBy } from '../../changes/webhooks/addresses.ts'
import type { Database } from '../../storage/database.ts'
import { Refusal } from '../../storage/opening/refusal.ts'
import { withCount } from '../../storage/text/with-count.ts'
import type { SystemReader } from '../systems/item.ts'
import { mirror, mirrorFolder } from '../systems/wordpress/mirror.ts'
import { wordpressReader } from '../systems/wordpress/reader.ts'
import type { Output } from './progress.ts'

/** The live site that is named; undefined where files are. Throws Refusal for several. */
export function siteIn(paths: string[]): string | undefined {
  const site = paths.find((path) => /^https?:\/\//i.test(path))
  if (site === undefined) return undefined
  if (paths.length > 1 || !URL.canParse(site))
    throw new Refusal('Name one address of a site, and no files with it.')
  return site
}

/** The reader of a live site. Throws Refusal for another than that of WordPress. */
export function readerOfSite(as: string | undefined): SystemReader {
  if (as === undefined || as === 'wordpress') return wordpressReader
  throw new Refusal(`--as ${as}: only a site of WordPress is read from its address (--as wordpress).`)
}

/** How long to wait before an answer is asked for anew, in ms. */
const patience = 2000

/** Reads a site into a folder beside the database; answers which. Begun again, it goes on where it was. */
export async function mirrored(
  { importsFolder }: Database,
  site: string,
  { fetchPrivate }: { fetchPrivate: string },
  { out }: { out: Output }
): Promise<string> {
  const folder = mirrorFolder(importsFolder, site)
  let count = 0
  await mirror(site, folder, { allows: allowedBy(fetchPrivate), patience }, (file) => {
    count++
    out.write(out.isTTY ? `\r\x1b[K${file}` : `${site}: ${file}\n`)
  })
  if (out.isTTY) out.write('\r\x1b[K')
  out.write(`${site}: ${withCount(count, 'answer')} of its REST API\n`)
  return folder
}
