// The secret of a newsroom that was given none: made once, and kept beside the database, never in it.
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { newSecret } from '../storage/secrets.ts'
import { Refusal } from '../storage/sqlite/open.ts'
import { removeUnfinished, unfinishedName } from '../storage/temporary-files.ts'

/**
 * The secret in `FILE.secret`, which only its owner can read; made when there is none. Throws a Refusal for half of one,
 * and where none can be written. What is there is only read: a start on a full disk writes nothing.
 */
export function secretBeside(file: string): string {
  const path = `${file}.secret`
  if (!existsSync(path)) make(path)
  const secret = readFileSync(path, 'utf8').trim()
  if (secret.length < 32)
    throw new Refusal(
      `${path} holds no whole secret: bring it back from where you keep it, or set ONRECORD_SECRET`
    )
  return secret
}

function make(path: string) {
  removeUnfinished(path)
  const made = unfinishedName(path)
  try {
    writeFileSync(made, newSecret(), { mode: 0o600, flush: true })
    // Of several processes that start at once, the first gives it its name and the others read it.
    linkSync(made, path)
    rmSync(made)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // What cannot be named cannot be removed either; whatever else is left goes at the next start.
    if (code !== 'ENAMETOOLONG') rmSync(made, { force: true })
    if (code !== 'EEXIST') throw new Refusal(`${path} cannot be written: ${message}`, { cause: error })
  }
}
