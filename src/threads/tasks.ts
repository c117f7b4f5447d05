// What can be done in a worker thread, by name. A task is a pure function: plain data in, plain data out. Its module is
// loaded in the thread, for the first task that needs it.
import type { NewBody } from '../body/schema.ts'
import type { SavedFile } from '../importing/reading.ts'

export const tasks = {
  convertBody: async (body: NewBody) => (await import('../body/read.ts')).read(body),
  readPage: async (file: SavedFile) => (await import('../importing/reading.ts')).propose(file)
}
export type Tasks = typeof tasks
