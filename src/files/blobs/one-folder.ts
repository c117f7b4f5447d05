// Processes on several machines over one database must see one folder of files: what is stored by one is sent by another. So the
// folder bears a mark, which the database knows.
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '../../storage/database.ts'
import { Refusal } from '../../storage/opening/refusal.ts'

/** The file with the mark. */
const name = '.newsroom'

/** Throws a Refusal where the files of this newsroom lie in another folder. */
export async function checkFolder({ claimFiles }: Pick<Database, 'claimFiles'>, folder: string) {
  if (claimFiles === undefined) return
  const { mark, isNew } = await markOf(folder)
  const known = await claimFiles(mark)
  if (known === mark) return
  if (isNew) await rm(join(folder, name))
  throw new Refusal(
    `The files of this newsroom lie in another folder than ${folder}: give every process the same one (ONRECORD_FILES on a file system that all machines share). If this is that folder, or a whole copy of it that replaces it, write ${known} into ${join(folder, name)}`
  )
}

/** The mark of a folder, which is made where it has none. */
async function markOf(folder: string): Promise<{ mark: string; isNew: boolean }> {
  const path = join(folder, name)
  const mark = randomUUID()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    // One of several processes makes it.
    await writeFile(path, mark, { flag: 'wx', flush: true })
    return { mark, isNew: true }
  } catch {
    return { mark: (await readFile(path, 'utf8')).trim(), isNew: false }
  }
}
