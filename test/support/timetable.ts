import { runDue } from '../../src/publishing/workflow/scheduler.ts'
import type { Database } from '../../src/storage/database.ts'

/**
 * Takes the timetable from the service, which keeps it twice a second by itself and would now and then be faster than the test
 * that has moved the clock. Answers how to do what is due, and how much that was.
 */
export function keepTimetable(db: Database, clock: { now: Date }) {
  const { write } = db
  db.write = (actor, work) =>
    actor === 'timetable' ? Promise.reject(new Error('The test keeps the timetable.')) : write(actor, work)
  return () => runDue({ ...db, write }, () => clock.now)
}
