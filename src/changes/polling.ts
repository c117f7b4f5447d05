// Background jobs that look again and again whether there is something to do. Every process has them.

/** What all of them are given. */
export interface JobOptions {
  clock: () => Date
  /** Called with errors: the next look tries again. */
  failed(error: unknown): void
  /** How many times as often they look as their intervals say: who waits for them in a test waits shorter. */
  pace?: number | undefined
}

interface Polling extends Pick<JobOptions, 'failed' | 'pace'> {
  /** How often it looks, in ms. A look that takes longer is not joined by another. */
  interval: number
  /** Whether it looks at once, too. */
  atOnce?: boolean
}

/** Has `look` done again and again. Answers how to stop, which waits for a look that is going on. */
export function startPolling(
  look: () => Promise<unknown>,
  { interval, failed, pace = 1, atOnce = false }: Polling
) {
  let looking: Promise<unknown> | undefined
  const lookAgain = () => {
    looking ??= look()
      .catch(failed)
      .finally(() => {
        looking = undefined
      })
  }
  if (atOnce) lookAgain()
  const timer = setInterval(lookAgain, interval / pace).unref()
  return async function stop() {
    clearInterval(timer)
    await looking
  }
}
