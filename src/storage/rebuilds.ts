// Whether what an older release published is still to be compiled anew (publishing/compile/rebuild.ts).
import Sqlite from 'better-sqlite3'

/** Notes in a database that has its last migration from this release that all of it is still to be done, or nothing. */
export function noteRebuild(file: string, release: number, isDue: boolean) {
  const connection = new Sqlite(file, { fileMustExist: true })
  connection.transaction(() => {
    connection.prepare('delete from rebuilds').run()
    connection.prepare('insert into rebuilds values (?, ?)').run(String(release), isDue ? '' : null)
  })()
  connection.close()
}

/** How it stands with a migrated database: undefined where this release has not noted anything. */
export function isRebuildDue(file: string, release: number): boolean | undefined {
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true })
  const after = connection
    .prepare('select after from rebuilds where release = ?')
    .pluck()
    .get(String(release))
  connection.close()
  return after === undefined ? undefined : after !== null
}
