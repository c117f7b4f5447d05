// Making a set of renditions, in the child process.
import { inChildProcess } from '../../threads/child-process/run.ts'
import { threadCount } from '../../threads/run.ts'
import type { Blobs } from '../blobs/blobs.ts'
import type { Rendered, render } from './render.ts'
import type * as sets from './store.ts'

/** The actor in the change log. */
export const actor = 'renditions'

const renderInChildProcess = inChildProcess<typeof render>(
  new URL('./render.ts', import.meta.url).href,
  'render',
  {
    // sharp works in threads of its own. A picture of 120 megapixels takes some 20 s on a busy machine, and others may be
    // worked on as well; after five minutes another process takes it (store.ts).
    threads: 0,
    patience: 280_000
  }
)

/** Makes the renditions of a set, and stores them. Throws why they could not be made. */
export async function make(store: Blobs, { set, file }: sets.Claimed): Promise<Rendered> {
  const rendered = await store.withFile(set.file, (path) =>
    renderInChildProcess(
      {
        path,
        folder: store.incoming,
        width: file.width!,
        height: file.height!,
        frames: file.frames!,
        recipe: set.recipe,
        encoders: Math.max(1, threadCount())
      },
      'busy'
    )
  )
  for (const { digest, path, type } of rendered.renditions) await store.put(digest, path, type)
  return rendered
}
