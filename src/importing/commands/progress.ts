// How far a command is: a bar on a terminal, lines elsewhere.

export interface Output {
  isTTY?: boolean
  columns?: number
  write(text: string): unknown
}

/** "[######----] 12 of 20, 1 failed" */
export function bar(
  { done, total, failed }: { done: number; total: number; failed: number },
  columns: number
) {
  const told = ` ${done} of ${total}${failed > 0 ? `, ${failed} failed` : ''}`
  const width = Math.max(0, Math.min(40, columns - told.length - 3))
  const filled = Math.round((width * done) / total)
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}]${told}`
}

/** Tells how far something of several steps is. One step alone has no bar. */
export function progress(out: Output, err: Output, total: number) {
  let [done, failed] = [0, 0]
  const hasBar = out.isTTY === true && total > 1
  const start = '\r\x1b[K'
  return {
    /** A step is done: what to say of it, where there is no bar. */
    done(lines: string[]) {
      done++
      out.write(
        hasBar
          ? start + bar({ done, total, failed }, out.columns ?? 80)
          : lines.map((line) => `${line}\n`).join('')
      )
    },
    /** A step failed: why is said in any case. */
    failed(line: string) {
      done++
      failed++
      if (hasBar) out.write(start)
      err.write(`${line}\n`)
      if (hasBar) out.write(bar({ done, total, failed }, out.columns ?? 80))
    },
    end() {
      if (hasBar) out.write('\n')
    }
  }
}
