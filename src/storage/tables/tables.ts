// All tables, defined once over a column kit for each database; a file for each wing.
import type * as kit from '../columns/postgres.ts'
import { changes } from './changes.ts'
import { content } from './content.ts'
import { desk } from './desk.ts'
import { discussion } from './discussion.ts'
import { files } from './files.ts'
import { formats } from './formats.ts'
import { fulltext } from './fulltext.ts'
import { importing } from './importing.ts'
import { merges } from './merges.ts'
import { newsstand } from './newsstand.ts'
import { record } from './record.ts'
import { service } from './service.ts'

export function tables(c: typeof kit) {
  const stored = files(c)
  const written = content(c, stored)
  const { articles } = written
  return {
    ...stored,
    ...written,
    ...merges(c),
    ...desk(c, written),
    ...importing(c, articles),
    ...discussion(c, written),
    ...changes(c),
    ...newsstand(c),
    ...record(c, written),
    ...formats(c),
    ...fulltext(c),
    ...service(c)
  }
}

export type Tables = ReturnType<typeof tables>
