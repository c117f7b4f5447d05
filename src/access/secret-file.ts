// The default of ONRECORD_SECRET: generated once, and kept in a file beside the database, never in it.
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Refusal } from '../storage/opening/refusal.ts'
import { removeUnfinished, unfinishedName } from '../storage/opening/temporary-files.ts'
import { newSecret } from '../storage/secrets.ts'

/** A configuration with its secret, configured or from a file. */
export interface SecretConfig {
  ONRECORD_SECRET: string
}

/**
 * The secret in `FILE.secret`, readable by its owner only; generated when there is none. Throws a Refusal when the file
 * is incomplete or cannot be written. An existing one is only read, so a start on a full disk works.
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
    // If several processes start at once, the first links its file and the others read that.
    linkSync(made, path)
    rmSync(made)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // Errors are ignored: what is left is removed at the next start.
    if (code !== 'ENAMETOOLONG') rmSync(made, { force: true })
    if (code !== 'EEXIST') throw new Refusal(`${path} cannot be written: ${message}`, { cause: error })
  }
}
