// A slice of work: as much as one transaction should hold.
import { performance } from 'node:perf_hooks'

export interface Slice {
  /** How many records are looked for at once. */
  records: number
  /** For how many ms it goes on. */
  time: number
}

/** A turn of the event loop has 50 ms, and the last article of a slice may be long. */
export const slice: Slice = { records: 50, time: 15 }

/** Works on the first of these and on as many more as there is time for; answers how many. */
export async function workInSlice<T>(
  all: T[],
  { time }: Slice,
  work: (one: T) => Promise<unknown>
): Promise<number> {
  const end = performance.now() + time
  let done = 0
  for (const one of all) {
    await work(one)
    done++
    if (performance.now() > end) break
  }
  return done
}
