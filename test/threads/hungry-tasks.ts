// Tasks for a worker thread, or a process, that take whatever there is (memory, processor time, or time alone), or end badly.
import { existsSync, writeFileSync } from 'node:fs'
import { HttpProblem } from '../../src/http/problems.ts'

export function eat(): never {
  const eaten: object[] = []
  for (;;) eaten.push({ at: [eaten.length], text: `words ${eaten.length}` })
}

export function spin(ms: number) {
  const until = performance.now() + ms
  while (performance.now() < until);
  return ms
}

export function sleep(ms: number) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
  return ms
}

/** Ends its process, the first time with this file. */
export function crashOnce(path: string) {
  if (existsSync(path)) return 'done'
  writeFileSync(path, '')
  return crash()
}

/** Waits for good, the first time with this file. */
export function waitOnce(path: string) {
  if (existsSync(path)) return 'done'
  writeFileSync(path, '')
  return wait()
}

export const crash = () => process.kill(process.pid, 'SIGKILL') && new Promise(() => {})

export const wait = () => new Promise(() => {})

export function fault(): never {
  throw new RangeError('broken')
}

export function refuse(): never {
  throw new HttpProblem('busy', 'Not now.', [{ pointer: '/a', detail: 'is late.' }], { 'retry-after': '7' })
}
