// How npm starts the program (src/main.ts): quickly, and in little memory. It is JavaScript, because what makes that of
// TypeScript takes 10 MB and is not needed when all else was compiled before.
// Not by name: an older Node, which lacks some of these, would say so before this file could.
import * as modules from 'node:module'
import { extname, join } from 'node:path'

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

// Of 1,700 modules Node looks for the real path, the package.json (drizzle's has 180 kB) and so the format, and asks anew
// for each import of them: a third of a start. A relative path with an extension says all that; and what a name stands
// for in a module of ours, it stands for in all.
const src = new URL('src/', import.meta.url).href
const packages = new Map()
// Loaded by what makes and shows the OpenAPI document, which is asked for no YAML (reader.ts).
const yaml = new URL('src/http/server/document/no-yaml.cjs', import.meta.url).href
const formats = { '.mjs': 'module', '.ts': 'module-typescript' }
const hooks = registerHooks({
  resolve(name, context, next) {
    const { parentURL = '' } = context
    if (name.startsWith('.')) {
      const format = parentURL.includes('/node_modules/drizzle-orm/') ? 'module' : formats[extname(name)]
      if (format === undefined) return next(name, context)
      return { url: new URL(name, parentURL).href, format, shortCircuit: true }
    }
    if (name === 'yaml' && parentURL.includes('/node_modules/@fastify/swagger'))
      return { url: yaml, format: 'commonjs', shortCircuit: true }
    if (!parentURL.startsWith(src) && !/^drizzle-orm(\/|$)/.test(name)) return next(name, context)
    if (!packages.has(name)) packages.set(name, { ...next(name, context), shortCircuit: true })
    return packages.get(name)
  }
})
const { main } = await import('./src/main.ts')
// A server that fails later sets another.
process.exitCode = (await main(process.argv.slice(2), process)) || process.exitCode
hooks.deregister()
// Node does so when it ends, but not when it is killed.
flushCompileCache()
