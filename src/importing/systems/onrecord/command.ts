// `import --as onrecord`: how far it is, and what it said at the end.
import type { Database } from '../../../storage/database.ts'
import { Refusal } from '../../../storage/opening/refusal.ts'
import { withCount } from '../../../storage/text/with-count.ts'
import { bar, type Output } from '../../commands/progress.ts'
import { importNewsroom } from './import.ts'

/** Makes the newsroom of an export; answers true, or throws a Refusal. */
export async function importExport(
  [path, ...more]: string[],
  open: () => Promise<Database>,
  out: Output
): Promise<boolean> {
  if (path === undefined || more.length > 0) throw new Refusal('npm run import -- --as onrecord DIR|FILE')
  const records = await importNewsroom(path, open, (done, total) => {
    if (out.isTTY) out.write(`\r\x1b[K${bar({ done, total, failed: 0 }, out.columns ?? 80)}`)
  })
  if (out.isTTY) out.write('\n')
  out.write(`${path}: ${withCount(records, 'record')} imported. Issue tokens anew: npm run token.\n`)
  return true
}
