// The program of a thread that streams: sends what one generator yields, and ends.
import { constants, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { send } from './stream.ts'

// On Linux 0 is the calling thread (setpriority(2)), which goes after those that answer requests.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL)

await send(parentPort!, workerData)
