// Loaded before anything else by every process whose coverage is measured. V8 counts blocks only in functions that it
// compiles itself, not in those that come from a cache of compiled code. So nothing of src/ may come from the cache, while
// all else should: what is not counted also runs faster.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { strippedFolder } from './stripped.ts'

const root = new URL('../../', import.meta.url).href
// The cache has code of the same text only, and no other process has this one.
const unique = `\n// ${process.pid} ${performance.timeOrigin}`

registerHooks({
  load(url, context, next) {
    if (!url.startsWith(`${root}src/`) || !url.endsWith('.ts')) return next(url, context)
    const file = new URL(`${strippedFolder}/${url.slice(root.length)}`, root)
    return {
      format: 'module',
      source: readFileSync(fileURLToPath(file), 'utf8') + unique,
      shortCircuit: true
    }
  }
})
