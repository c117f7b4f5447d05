// Tasks for a worker thread that take whatever there is: memory, processor time, or time alone.
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
