// What `npm test` prints: a line for each file, the failures at the end, and how many assertions there were.
import { Transform, type TransformCallback } from 'node:stream'
import { Parser, type Result } from 'tap-parser'

/** A failed assertion, under the names of the tests it stands in. */
interface Failure {
  names: string[]
  diag: unknown
}

/** Reads the TAP of a whole run (tap pipes it in) and writes the report. */
export default class Reporter extends Transform {
  readonly #parser = new Parser()
  readonly #failures: Failure[] = []
  #passed = 0
  #failed = 0

  constructor() {
    super()
    this.#parser.on('child', (file: Parser) => this.#follow(file, [file.name]))
    this.#parser.on('assert', (result: Result) => this.#fileEnded(result))
    // What stands outside of any test (a crash of the runner, a plan that does not hold) must not be lost.
    this.#parser.on('extra', (line: string) => this.push(line))
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
    this.#parser.write(chunk)
    done()
  }

  override _flush(done: TransformCallback) {
    this.#parser.on('complete', () => {
      for (const { names, diag } of this.#failures) this.push(`\n${names.join(' > ')}\n${told(diag)}`)
      this.push(`\n${this.#passed} passed, ${this.#failed} failed\n`)
      done()
    })
    this.#parser.end()
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

  #fileEnded({ ok, name, time, diag }: Result) {
    const seconds = ((time ?? 0) / 1000).toFixed(1).padStart(6)
    this.push(`${ok ? 'ok    ' : 'NOT OK'} ${seconds} s  ${name}\n`)
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
