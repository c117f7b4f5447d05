// What `npm test` prints: a line for each file (its seconds, and those of processor time), the failures at the end, and how many assertions there were.
import type { Readable } from 'node:stream'
import { Parser, type Result } from 'tap-parser'

const print = (text: string) => process.stdout.write(text)

/** A failed assertion, under the names of the tests it stands in. */
interface Failure {
  names: string[]
  diag: unknown
}

/** Reads the TAP of test processes, and prints. */
export class Reporter {
  readonly #failures: Failure[] = []
  /** The lines of files that have ended, but for the processor time, and the other way round: either may come first. */
  readonly #lines = new Map<string, string>()
  readonly #seconds = new Map<string, number>()
  #passed = 0
  #failed = 0

  /** Reads the TAP of a process that runs files, each as a test. */
  read(tap: Readable) {
    const parser = new Parser()
    parser.on('child', (file: Parser) => this.#follow(file, [file.name]))
    parser.on('assert', (result: Result) => this.#fileEnded(result))
    // What stands outside of any test (a crash, a plan that does not hold) must not be lost.
    parser.on('extra', (line: string) => print(line))
    // Not piped: the parser knows no back-pressure.
    tap.on('data', (chunk: Buffer) => parser.write(chunk)).on('end', () => parser.end())
  }

  /** Notes how many seconds of processor time a file took, and how many assertions held that were not printed. */
  spent(file: string, cpu: number, counted: number) {
    this.#passed += counted
    this.#seconds.set(file, cpu)
    this.#printLine(file)
  }

  /** Notes that a process ended otherwise than by itself, while it ran this file. */
  died(file: string, how: string) {
    if (!this.#failures.some(({ names }) => names[0] === file)) {
      this.#failed++
      this.#failures.push({ names: [file], diag: { 'its process ended by': how } })
      this.#lines.set(file, 'NOT OK          ')
      this.#seconds.set(file, Number.NaN)
      this.#printLine(file)
    }
  }

  /** Prints the failures, and how many assertions there were. Answers whether all held. */
  finish(): boolean {
    for (const { names, diag } of this.#failures) print(`\n${names.join(' > ')}\n${told(diag)}`)
    const cpu = [...this.#seconds.values()].reduce((sum, one) => sum + (one || 0), 0)
    print(`\n${cpu.toFixed(0)} s of processor time in the files\n`)
    print(`\n${this.#passed} passed, ${this.#failed} failed\n`)
    return this.#failed === 0
  }

  /** Counts the assertions of a test and of those within it, and keeps the ones that fail. */
  #follow(test: Parser, names: string[]) {
    let within = 0
    test.on('child', (inner: Parser) => {
      within++
      this.#follow(inner, [...names, inner.name])
    })
    test.on('assert', ({ ok, name, diag, skip, todo }: Result) => {
      // The line that sums up a test within has been told by its own assertions.
      if (within > 0) return void within--
      if (ok || skip || todo) this.#passed++
      else {
        this.#failed++
        this.#failures.push({ names: [...names, name], diag })
      }
    })
  }

  #printLine(file: string) {
    const [line, cpu] = [this.#lines.get(file), this.#seconds.get(file)]
    if (line === undefined || cpu === undefined) return
    print(`${line} ${(cpu || 0).toFixed(1).padStart(6)} s cpu  ${file}\n`)
    this.#lines.delete(file)
  }

  #fileEnded({ ok, name, time, diag }: Result) {
    const seconds = ((time ?? 0) / 1000).toFixed(1).padStart(6)
    this.#lines.set(name, `${ok ? 'ok    ' : 'NOT OK'} ${seconds} s`)
    this.#printLine(name)
    // A file that ended by a signal or a time-out may have failed without an assertion of its own.
    if (!ok && !this.#failures.some(({ names }) => names[0] === name)) {
      this.#failed++
      this.#failures.push({ names: [name], diag })
    }
  }
}

/** What an assertion says of its failure: the difference, the place, and whatever else it has, a line or more each. */
function told(diag: unknown): string {
  const fields = Object.entries((diag ?? {}) as Record<string, unknown>)
  return fields
    .filter(([name]) => name !== 'source' && name !== 'at')
    .map(
      ([name, value]) => `  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}`
    )
    .map((text) => `${text.trimEnd().replaceAll('\n', '\n    ')}\n`)
    .join('')
}
