// Files that are made under another name, FILE.PID.new, until they are whole: what a kill left of them.
import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** The name of a file of this process while it is made. */
export const unfinishedName = (file: string) => `${file}.${process.pid}.new`

/** Removes what processes that are gone left unfinished of a file, logs and all. */
export function removeUnfinished(file: string) {
  const begin = `${basename(file)}.`
  for (const name of readdirSync(dirname(file))) {
    const [, pid] = /^(\d+)\.new(-wal|-shm|-journal)?$/.exec(name.slice(begin.length)) ?? []
    if (name.startsWith(begin) && pid !== undefined && isGone(Number(pid))) rmSync(join(dirname(file), name))
  }
}

/** Whether no other process has this number. A container may give every start the same one. */
function isGone(pid: number): boolean {
  if (pid === process.pid) return true
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
