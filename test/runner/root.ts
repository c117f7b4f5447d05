// What `import t from 'tap'` is in a test file that a lane runs: the test of that file. Each file gets its own instance of
// this module.
import { current } from './lane.ts'

export default current()
