// Builds the package into dist/: JavaScript and types by the compiler, and what it leaves alone, Svelte components.
import { execFileSync } from 'node:child_process'
import { cpSync, globSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'

rmSync('dist', { recursive: true, force: true })
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc')
execFileSync(process.execPath, [compiler, '-p', '.'], { stdio: 'inherit' })
for (const file of globSync('src/components/*.{svelte,js,d.ts}')) cpSync(file, file.replace('src/', 'dist/'))
