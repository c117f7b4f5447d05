// Atomic file creation: a file is written as FILE.PID.new, which a killed process leaves behind, and renamed when
// complete.
import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** The name under which this process writes a file until it is complete. */
export const unfinishedName = (file: string) => `${file}.${process.pid}.new`

/** Removes unfinished versions of a file that processes left which no longer run, with their SQLite logs. */
export function removeUnfinished(file: string) {
  const begin = `${basename(file)}.`
  for (const name of readdirSync(dirname(file))) {
    const [, pid] = /^(\d+)\.new(-wal|-shm|-journal)?$/.exec(name.slice(begin.length)) ?? []
    if (name.startsWith(begin) && pid !== undefined && isGone(Number(pid))) rmSync(join(dirname(file), name))
  }
}

/** Whether no other process has this id. In a container every start may have the same one. */
function isGone(pid: number): boolean {
  if (pid === process.pid) return true
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
