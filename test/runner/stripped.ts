// The sources of the program as JavaScript, made once for a run: each process would do it again where coverage is measured.
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join, resolve } from 'node:path'

/** Where they are, under the same names. */
export const strippedFolder = 'node_modules/.cache/stripped'

/** Where Node keeps compiled code of processes that count nothing: what counts must not find it (covered.ts). */
export const compiledFolder = resolve('node_modules/.cache/tests')

/** Strips the types of all of src/. What is stripped takes as many characters as before, so all stays in its place. */
export function stripTypes() {
  rmSync(strippedFolder, { recursive: true, force: true })
  for (const file of globSync('src/**/*.ts')) {
    const target = join(strippedFolder, file)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, stripTypeScriptTypes(readFileSync(file, 'utf8')))
  }
}
