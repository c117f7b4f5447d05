// How npm starts the program (src/main.ts): quickly, and in little memory. It is JavaScript, because what makes that of
// TypeScript takes 10 MB and is not needed when all else was compiled before.
// Not by name: an older Node, which lacks some of these, would say so before this file could.
import * as modules from 'node:module'
import { join } from 'node:path'

if (Number.parseInt(process.versions.node, 10) < 24) {
  process.stderr.write(
    `On Record needs Node 24 or newer, and this is Node ${process.versions.node}: npm ci brings one for every npm command; with npm ci --omit=dev, install Node 24 (https://nodejs.org).\n`
  )
  process.exit(1)
}
const { enableCompileCache, flushCompileCache, registerHooks } = modules

// Compiled code is kept beside the packages: who may write there may change the program anyhow. Where nobody may, Node
// keeps none, and says nothing.
enableCompileCache(join(import.meta.dirname, 'node_modules/.cache/onrecord'))

// Node parses the package.json of a package for each of its modules, and for each module of ours that asks for it, and
// drizzle's has 180 kB: that was a third of a start.
const found = new Map()
const hooks = registerHooks({
  resolve(name, context, next) {
    if (name.startsWith('.') && context.parentURL?.includes('/node_modules/drizzle-orm/'))
      return { url: new URL(name, context.parentURL).href, format: 'module', shortCircuit: true }
    if (!/^drizzle-orm(\/|$)/.test(name)) return next(name, context)
    if (!found.has(name)) found.set(name, { ...next(name, context), shortCircuit: true })
    return found.get(name)
  }
})
await import('./src/main.ts')
hooks.deregister()
// Node does so when it ends, but not when it is killed.
flushCompileCache()
