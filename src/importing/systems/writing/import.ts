// An import: one thread reads and prepares, this one writes.
import type { Files } from '../../../files/service.ts'
import type { Database } from '../../../storage/database.ts'
import { streamInThread } from '../../../threads/stream.ts'
import type { Batch, Before, EntryKey, Preparation } from '../prepare.ts'
import { beforeOf, type Hooks, type WriterOptions, writeBatches } from './batches.ts'
import { fileTaker } from './files.ts'

const task = { module: new URL('../prepare.ts', import.meta.url).href, name: 'prepare' }

/** Imports an export; answers what became of its entries, and why the rest was refused. `heap`: of the thread, in MB. */
export async function importSystemExport(
  db: Database,
  preparation: Preparation,
  options: Omit<WriterOptions, 'system' | 'files'> & { heap: number; store?: Files },
  hooks: Hooks
) {
  const { system, paths } = preparation
  const { heap, store, ...others } = options
  const files = store && fileTaker(store, paths, others.actor)
  const before = beforeOf(db.read, { ...others, system })
  const batches = streamInThread<Preparation, EntryKey[], (Before | null)[], Batch>(
    task,
    preparation,
    before,
    { heap }
  )
  try {
    return await writeBatches(db, batches, { ...others, files, system }, hooks)
  } finally {
    files?.close()
    store?.queue.wake()
  }
}
