// The priority of the threads that sharp works in.
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'

const tasks = '/proc/self/task'

/**
 * Gives the threads of libuv, in which sharp works, a lower priority than the main thread, as worker threads have it;
 * those that libvips starts from them inherit it. Only Linux has a priority for each thread.
 */
export async function lowerPriority() {
  if (process.platform === 'linux') await Promise.allSettled(readdirSync(tasks).map(lower))
}

/** A thread may have ended meanwhile. */
async function lower(thread: string) {
  const name = await readFile(`${tasks}/${thread}/comm`, 'utf8')
  if (name.startsWith('libuv-worker')) setPriority(Number(thread), constants.priority.PRIORITY_BELOW_NORMAL)
}
