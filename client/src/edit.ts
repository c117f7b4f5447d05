// Changing a record that others change too: read, change, send with `If-Match`; on 412 again with what stands there now.
import { dataOf, problemOf } from './problems.ts'
import type { Client, Draft, Loose, Patch, Patched, PathParameters, RecordPath } from './types.ts'

/** What was to be sent when somebody else was faster. */
export interface Conflict<Record, Changes> {
  /** The record as it was read before. */
  base: Record
  /** The changes that were made of that, and refused. */
  changes: Changes
}

export interface EditOptions {
  /** How often it is tried at most. 5 when left out. */
  tries?: number
  signal?: AbortSignal
}

/** Records that readers see have two editions, of which the draft is changed. */
const withEditions =
  /^\/v1\/(publisher|(articles|quotes|attributions|sources|media|media-credits|corrections|comments)\/\{id\})$/

/** Whether a record is read as `edition=draft` to be changed. */
export const hasEditions = (path: string): boolean => withEditions.test(path)

/**
 * Changes a record: reads its draft, asks `merge` for the changes, and sends them (JSON Merge Patch) with the ETag that was
 * read. If somebody was faster, `merge` is asked again, of what stands there now, and with what it said before. Where it
 * answers undefined, nothing is sent. Answers the record as it stands in the end.
 *
 * @example await edit(api, '/v1/articles/{id}', { path: { id } }, ({ tags }) => ({ tags: [...tags, 'ferry'] }))
 */
export async function edit<Paths extends object, Path extends RecordPath<Paths> & string>(
  client: Client<Paths>,
  path: Path,
  params: PathParameters<Paths, Path>,
  merge: (
    current: Draft<Paths, Path>,
    conflict?: Conflict<Draft<Paths, Path>, Patch<Paths, Path>>
  ) => Patch<Paths, Path> | undefined | Promise<Patch<Paths, Path> | undefined>,
  { tries = 5, signal }: EditOptions = {}
): Promise<Draft<Paths, Path> | Patched<Paths, Path>> {
  // The compiler cannot follow the methods of a client through a path that is not known yet.
  const { GET, PATCH } = client as unknown as Loose
  const query = hasEditions(path) ? { edition: 'draft' } : {}
  let conflict: Conflict<Draft<Paths, Path>, Patch<Paths, Path>> | undefined
  for (let tried = 1; ; tried++) {
    const read = GET(path, { params: { ...params, query }, signal })
    const base = (await dataOf(read)) as Draft<Paths, Path>
    const changes = await merge(base, conflict)
    if (changes === undefined) return base
    const headers = { 'If-Match': (await read).response.headers.get('ETag') }
    const { data, error, response } = await PATCH(path, { params, headers, body: changes, signal })
    if (response.ok) return data as Patched<Paths, Path>
    if (response.status !== 412 || tried >= tries) throw problemOf(error, response)
    conflict = { base, changes }
  }
}
