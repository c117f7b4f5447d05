// The secret of a newsroom that was given none: made once, and kept beside the database, never in it.

import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { newSecret } from './secrets.ts'
import { Refusal } from './storage/open.ts'

/** The secret in `FILE.secret`, which only its owner can read; made when there is none. Throws a Refusal for half of one. */
export function secretBeside(file: string): string {
  const path = `${file}.secret`
  const made = `${path}.${process.pid}.new`
  try {
    writeFileSync(made, newSecret(), { mode: 0o600, flush: true })
    // Of several processes that start at once, the first gives it its name and the others read it.
    linkSync(made, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(made, { force: true })
  }
  const secret = readFileSync(path, 'utf8').trim()
  if (secret.length < 32)
    throw new Refusal(
      `${path} holds no whole secret: bring it back from where you keep it, or set ONRECORD_SECRET`
    )
  return secret
}
