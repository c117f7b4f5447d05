// How much worker threads may take.
import { availableParallelism } from 'node:os'
import type { TimeLimits } from './time-limit.ts'

export interface Limits extends TimeLimits {
  threads: number
  /** The length of the queue. */
  queue: number
  /** How long an idle thread is kept, in ms. */
  idle: number
  /** The heap limit of a thread, in MB. */
  heap: number
}

export const defaultLimits: Limits = {
  threads: Math.min(2, availableParallelism()),
  queue: 32,
  taskTimeout: 15_000,
  patience: 90_000,
  idle: 60_000,
  heap: 384
}
