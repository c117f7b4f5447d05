// Background jobs that look again and again whether there is something to do. Every process has them.

interface Polling {
  /** How often it looks, in ms. A look that takes longer is not joined by another. */
  interval: number
  /** Called with errors: the next look tries again. */
  failed(error: unknown): void
  /** Whether it looks at once, too. */
  atOnce?: boolean
}

/** Has `look` done again and again. Answers how to stop, which waits for a look that is going on. */
export function startPolling(look: () => Promise<unknown>, { interval, failed, atOnce = false }: Polling) {
  let looking: Promise<unknown> | undefined
  const lookAgain = () => {
    looking ??= look()
      .catch(failed)
      .finally(() => {
        looking = undefined
      })
  }
  if (atOnce) lookAgain()
  const timer = setInterval(lookAgain, interval).unref()
  return async function stop() {
    clearInterval(timer)
    await looking
  }
}
