// Converts the bodies of a batch to Portable Text before its transaction is opened.
import { failureOf } from '../../http/batch/failure.ts'
import type { Prepared } from '../../http/batch/run.ts'
import type { Operation } from '../../http/batch/schema.ts'
import { HttpProblem, toProblem } from '../../http/problems.ts'
import { convertBody as convertedBody, refuseLosses } from './body-conversion.ts'

/** A text to convert. Invalid ones are left to the validation of the operation. */
type Text = { markdown: string } | { html: string } | { text: string }

/** The prepared operations. Throws the problem of the first whose body cannot be converted. */
export async function prepareBodies(operations: Operation[], requestId: string): Promise<Prepared[]> {
  const prepared: Prepared[] = []
  for (const [index, operation] of operations.entries()) {
    try {
      prepared.push({ ...operation, ...(await read(operation)) })
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error
      throw failureOf(index, operation, toProblem(error, requestId), error.headers)
    }
  }
  return prepared
}

async function read({ path, body }: Operation): Promise<Pick<Prepared, 'fields' | 'more'>> {
  const text = (body as { body?: unknown } | undefined)?.body
  if (!isText(text)) return {}
  const { body: converted, warnings } = await convertedBody(text)
  if (/[?&]strict=true(&|$)/.test(path)) refuseLosses(warnings)
  return { fields: { body: converted }, ...(warnings.length > 0 && { more: { warnings } }) }
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
