// The bodies in a batch become Portable Text before its transaction is opened.
import { converted, refuseLosses } from '../articles/converting.ts'
import type { ReadBody } from '../body/read.ts'
import { HttpProblem, toProblem } from '../problems.ts'
import { failed } from './failing.ts'
import type { Operation } from './schema.ts'

/** An operation, with its body read where that was Markdown, HTML or text. */
export interface Prepared extends Operation {
  read?: ReadBody
}

/** A text to convert. What is not of this form is left to the operation to refuse. */
type Text = { markdown: string } | { html: string } | { text: string }

/** The operations, ready to be done. Throws as the first would whose body cannot be converted. */
export async function prepare(operations: Operation[], requestId: string): Promise<Prepared[]> {
  const prepared: Prepared[] = []
  for (const [index, operation] of operations.entries()) {
    try {
      prepared.push({ ...operation, read: await read(operation) })
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error
      throw failed(index, operation, toProblem(error, requestId), error.headers)
    }
  }
  return prepared
}

async function read({ path, body }: Operation): Promise<ReadBody | undefined> {
  const text = (body as { body?: unknown } | undefined)?.body
  if (!isText(text)) return undefined
  const result = await converted(text)
  if (/[?&]strict=true(&|$)/.test(path)) refuseLosses(result.warnings)
  return result
}

function isText(body: unknown): body is Text {
  if (typeof body !== 'object' || body === null) return false
  const [[form, text] = [], more] = Object.entries(body)
  return (
    more === undefined &&
    ['markdown', 'html', 'text'].includes(String(form)) &&
    typeof text === 'string' &&
    [...text].length <= 1_000_000
  )
}
