// How the marks of a record are read.
import type { Reader } from '../../../storage/database.ts'
import type { Cause, Mark } from './schema.ts'

/** Reads the marks of a record: handed in, for the record is a wing above. */
export type DeskMarks = (
  db: Reader,
  record: { id: string; articleId?: string }
) => Promise<{ needsReview?: Mark[]; doubt?: Cause }>
