// What readers are told a correction is.
import type { Correction } from './schema.ts'

export const titles: Record<Correction['kind'], string> = {
  correction: 'Correction',
  clarification: 'Clarification',
  update: 'Update',
  editors_note: 'Editor’s note',
  retraction: 'Retraction'
}
