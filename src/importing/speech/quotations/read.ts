// Finding quotations in the thread that answers requests where that is quick, else in another.
import { HttpProblem } from '../../../http/problems.ts'
import { inThread } from '../../../threads/run.ts'
import type { Quotation, quotationsIn } from './find.ts'

const inAnother = inThread<typeof quotationsIn>(new URL('./find.ts', import.meta.url).href, 'quotationsIn')

/**
 * In characters, and in marks that may begin or end a quotation, each of which costs more than the words between: so many
 * are read in some milliseconds, less than it takes to have another thread do it.
 */
const small = { characters: 4000, marks: 40 }
const marks = /["'‘-‟«»‹›「-』–—]/gu

const isSmall = (text: string) =>
  text.length <= small.characters && text.split(marks).length - 1 <= small.marks

/** How many may wait for a thread: most of them are for the desk. */
const maxWaiting = 8
let waiting = 0

/** The quotations of a body. Throws 503 `busy` where too many are read already. */
export async function readQuotations(input: Parameters<typeof quotationsIn>[0]): Promise<Quotation[]> {
  const { body } = input
  // Most processes are never asked: what reads the grammar of languages is loaded for the first.
  if ('text' in body && isSmall(body.text)) return (await import('./find.ts')).quotationsIn(input)
  if (waiting === maxWaiting)
    throw new HttpProblem('busy', 'Too many texts are being checked already.', undefined, {
      'retry-after': '2'
    })
  waiting++
  try {
    return await inAnother(input)
  } finally {
    waiting--
  }
}
