// The program of the child process that writes an export which was asked for over HTTP: without private fields.
import { setPriority } from 'node:os'
import { exportTo } from './write.ts'

// A low priority: processes that serve requests go first.
setPriority(10)
const [database, file] = process.argv.slice(2)
const outcome = await exportTo(database!, file!, { force: true, withPrivate: false, now: new Date() }).then(
  ({ bytes, sha256 }) => ({ bytes, sha256 }),
  (error: Error) => ({ failure: error.message })
)
// The callback ignores the error of a parent process that has ended meanwhile.
process.send!(outcome, () => {})
