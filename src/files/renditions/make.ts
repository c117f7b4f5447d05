// Making a set of renditions, in the process beside the service.
import type { Database } from '../../storage/database.ts'
import { inProcess } from '../../threads/process.ts'
import { threadCount } from '../../threads/run.ts'
import type { Blobs } from '../blobs/blobs.ts'
import type { render } from './render.ts'
import * as sets from './store.ts'

/** The actor in the change log. */
export const actor = 'renditions'

/** How many renditions of one picture are encoded at once: more wait for the largest, two pictures at once take more memory. */
export const mostEncoders = 2

const renderInProcess = inProcess<typeof render>(new URL('./render.ts', import.meta.url).href, 'render', {
  // sharp works in threads of its own. A picture of 120 megapixels takes some 20 s on a busy machine.
  threads: 0,
  patience: 180_000
})

/** Makes the renditions of a set, stores and records them. Throws why they could not be made. */
export async function makeSet(db: Database, store: Blobs, { set, file }: sets.Claimed) {
  const rendered = await store.withFile(set.file, (path) =>
    renderInProcess(
      {
        path,
        folder: store.incoming,
        width: file.width!,
        height: file.height!,
        frames: file.frames!,
        recipe: set.recipe,
        encoders: Math.max(1, Math.min(mostEncoders, threadCount()))
      },
      'busy'
    )
  )
  for (const { digest, path, type } of rendered.renditions) await store.put(digest, path, type)
  await db.write(actor, (tx) => sets.finish(tx, set.id, rendered))
}
