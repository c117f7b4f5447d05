// The program of a worker thread: runs one task at a time.
import { constants, setPriority } from 'node:os'
import { perform } from './task.ts'

// On Linux 0 is the calling thread (setpriority(2)), which gets a lower priority than the main thread; elsewhere it is
// the whole process.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL)

export default perform
