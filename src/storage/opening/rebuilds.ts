// Whether documents that an older release published must be recompiled (publishing/compile/rebuild.ts).
import Sqlite from 'better-sqlite3'

/** Records, in a migrated database, whether all published documents must be recompiled for this release or none. */
export function noteRebuild(file: string, release: number, isDue: boolean) {
  const connection = new Sqlite(file, { fileMustExist: true })
  connection.transaction(() => {
    connection.prepare('delete from rebuilds').run()
    connection.prepare('insert into rebuilds values (?, ?)').run(String(release), isDue ? '' : null)
  })()
  connection.close()
}

/** Whether documents wait to be recompiled; undefined where this release has recorded nothing. */
export function isRebuildDue(file: string, release: number): boolean | undefined {
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true })
  const after = connection
    .prepare('select after from rebuilds where release = ?')
    .pluck()
    .get(String(release))
  connection.close()
  return after === undefined ? undefined : after !== null
}
