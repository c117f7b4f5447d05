// Fields that WordPress answers as it shows them: `{"rendered":"..."}`.
import { type Fields, isFields } from '../whole.ts'

/** What WordPress rendered of a field. */
export function renderedIn(record: Fields, name: string): string {
  const field = record[name]
  return (isFields(field) && typeof field.rendered === 'string' && field.rendered) || ''
}
