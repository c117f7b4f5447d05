// Turns of the encoders: so many work at once, and who waited longest comes first.

const waiting: (() => void)[] = []
let working = 0

/** Does this work as soon as fewer than `turns` are being done. */
export async function inTurn<T>(turns: number, work: () => Promise<T>): Promise<T> {
  if (working < turns) working++
  else await new Promise<void>((begin) => waiting.push(begin))
  try {
    return await work()
  } finally {
    // The turn goes to who waits.
    const next = waiting.shift()
    if (next) next()
    else working--
  }
}
