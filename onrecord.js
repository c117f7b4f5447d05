// How npm starts the program (src/main.ts): quickly, and in little memory. It is JavaScript, because what makes that of
// TypeScript takes 10 MB and is not needed when all else was compiled before.
// Not by name: an older Node, which lacks some of these, would say so before this file could.
import * as modules from 'node:module'
import { join } from 'node:path'
import { registerResolveHooks } from './resolve-hooks.js'

if (Number.parseInt(process.versions.node, 10) < 24) {
  process.stderr.write(
    `On Record needs Node 24 or newer, and this is Node ${process.versions.node}: npm ci brings one for every npm command; with npm ci --omit=dev, install Node 24 (https://nodejs.org).\n`
  )
  process.exit(1)
}
const { enableCompileCache, flushCompileCache } = modules

// Compiled code is kept beside the packages: who may write there may change the program anyhow. Where nobody may, Node
// keeps none, and says nothing.
const compiled = join(import.meta.dirname, 'node_modules/.cache/onrecord')
enableCompileCache(compiled)
// Threads look for it there: without, each would load what makes JavaScript of TypeScript, and use it on all its modules.
process.env.NODE_COMPILE_CACHE ??= compiled

const hooks = registerResolveHooks()
const { main } = await import('./src/main.ts')
// A server that fails later sets another.
process.exitCode = (await main(process.argv.slice(2), process)) || process.exitCode
hooks.deregister()
// Node does so when it ends, but not when it is killed.
flushCompileCache()
