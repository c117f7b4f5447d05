// An import: one thread reads and prepares, this one writes.
import type { Database } from '../../../storage/database.ts'
import { streamInThread } from '../../../threads/stream.ts'
import type { Batch, Before, EntryKey, Preparation } from '../prepare.ts'
import { beforeOf, type Hooks, type WriterOptions, writeBatches } from './batches.ts'

const task = { module: new URL('../prepare.ts', import.meta.url).href, name: 'prepare' }

/** Imports an export; answers what became of its entries, and why the rest was refused. `heap`: of the thread, in MB. */
export function importSystemExport(
  db: Database,
  preparation: Preparation,
  options: Omit<WriterOptions, 'system'> & { heap: number },
  hooks: Hooks
) {
  const { system } = preparation
  const { heap, ...others } = options
  const before = beforeOf(db.read, { ...others, system })
  const batches = streamInThread<Preparation, EntryKey[], (Before | null)[], Batch>(
    task,
    preparation,
    before,
    { heap }
  )
  return writeBatches(db, batches, { ...others, system }, hooks)
}
