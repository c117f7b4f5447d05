// What a process and those that it has started have in memory, and took of the processor, as Linux tells it.
import { readFileSync } from 'node:fs'

/** In bytes: the sum of what is resident of each, and that sum with what several share counted once. */
export interface Memory {
  resident: number
  /** Proportional set size (proc(5), smaps_rollup). */
  own: number
}

/** What is resident, in bytes, what several share counted for each: quick to ask, where the kernel adds up pages for memoryOf. */
export function residentOf(pid: number): number {
  let resident = 0
  for (const one of [pid, ...childrenOf(pid)])
    resident += Number(/^VmRSS:\s+(\d+) kB/m.exec(readIfThere(`/proc/${one}/status`))?.[1] ?? 0) * 1024
  return resident
}

export function memoryOf(pid: number): Memory {
  let [resident, own] = [0, 0]
  for (const one of [pid, ...childrenOf(pid)]) {
    const text = readIfThere(`/proc/${one}/smaps_rollup`)
    const of = (name: string) => Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024
    resident += of('Rss')
    own += of('Pss')
  }
  return { resident, own }
}

/** All of its threads may have started some. */
function childrenOf(pid: number): number[] {
  const text = readIfThere(`/proc/${pid}/task/${pid}/children`)
  return text.split(' ').filter(Boolean).map(Number)
}

/** A process may have ended meanwhile. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** The processor time of a process, and of those that it has started, those that have ended among them, in seconds. */
export function processorTimeOf(pid: number): number {
  let ticks = 0
  for (const one of [pid, ...childrenOf(pid)]) {
    // proc_pid_stat(5): from utime on, which is field 14; the second field, in parentheses, may have spaces.
    const fields = readIfThere(`/proc/${one}/stat`)
      .replace(/^.*\) /s, '')
      .split(' ')
      .slice(11, one === pid ? 15 : 13)
    for (const field of fields) ticks += Number(field)
  }
  return ticks / 100
}
