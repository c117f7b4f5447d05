// Waiting for a state, however long a busy machine takes to come to it.
import { setTimeout as pause } from 'node:timers/promises'

/** Waits until it is so. */
export async function until(isSo: () => boolean | Promise<boolean>, patience = 120_000) {
  const end = Date.now() + patience
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`it never was: ${isSo}`)
    await pause(10)
  }
}
