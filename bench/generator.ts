// The thread that makes stories while the main one writes them.
import { parentPort } from 'node:worker_threads'
import { batches } from './batches.ts'

const make = batches()
parentPort!.on('message', ({ first, end }: { first: number; end: number }) =>
  parentPort!.postMessage(make(first, end))
)
