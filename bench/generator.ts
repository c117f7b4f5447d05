// The thread that makes stories while the main one writes them.
import { parentPort, workerData } from 'node:worker_threads'
import { batches } from './batches.ts'

const make = batches(workerData as boolean)
parentPort!.on('message', ({ first, end }: { first: number; end: number }) =>
  parentPort!.postMessage(make(first, end))
)
