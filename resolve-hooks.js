// How modules are found without looking at files: for the program (onrecord.js) and for its tests, which start processes too.
import * as modules from 'node:module'
import { extname } from 'node:path'

const src = new URL('src/', import.meta.url).href
// Loaded by what makes and shows the OpenAPI document, which is asked for no YAML (reader.ts).
const yaml = new URL('src/http/server/document/no-yaml.cjs', import.meta.url).href
const formats = { '.mjs': 'module', '.ts': 'module-typescript' }

/**
 * Of 1,700 modules Node looks for the real path, the package.json (drizzle's has 180 kB) and so the format, and asks anew
 * for each import of them: a third of a start. A relative path with an extension says all that; and what a name stands for
 * in a module of ours, it stands for in all. Answers the hooks, which can be deregistered.
 */
export function registerResolveHooks() {
  const packages = new Map()
  return modules.registerHooks({
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
}
