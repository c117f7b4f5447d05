// The files of an export on disk.
import { createReadStream, statSync } from 'node:fs'
import type { ExportFile } from './item.ts'

/** A file on disk; `read` is told of each piece that was read. */
export const exportFile = (
  path: string,
  name = path,
  read: (bytes: number) => void = () => {}
): ExportFile => ({
  name,
  size: statSync(path).size,
  async *chunks() {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
      read(chunk.length)
      yield chunk
    }
  }
})
