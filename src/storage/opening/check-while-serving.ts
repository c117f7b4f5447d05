// Looking through a large database for damage, which takes long, while it is served.
import { Refusal } from './refusal.ts'

/** Checks the database while serving, and shuts down, as on a signal, if it is damaged. */
export async function checkWhileServing(file: string, through: () => Promise<void>) {
  // Standard output may be closed by its reader after the address: later messages go to standard error.
  const tell = (line: string) => process.stderr.write(`${line}\n`)
  tell(`Looking through ${file} for damage while it is served`)
  try {
    await through()
    tell(`Found no damage in ${file}`)
  } catch (error) {
    tell((error as Error).message)
    if (!(error instanceof Refusal)) return
    process.exitCode = 1
    process.kill(process.pid, 'SIGTERM')
  }
}
