// Which test files there are: a folder for each wing of src/, and those of the repository as a whole beside the folders.
import { globSync } from 'node:fs'
import { basename } from 'node:path'

/** What `npm test` runs. */
export const suite = globSync('test/**/*.test.ts', {
  exclude: ['test/machine/**', 'test/postgres/**']
}).sort()

/** What needs programs that npm cannot bring: `npm run test:machine`. */
export const ofMachine = globSync('test/machine/*.test.ts').sort()

/**
 * What starts servers of PostgreSQL itself: `npm run test:postgres` runs it, and adds what it covers to what `npm test` covered,
 * which is about SQLite.
 */
export const ofPostgres = globSync('test/postgres/*.test.ts').sort()

const byName = new Map(suite.map((file) => [basename(file, '.test.ts'), file]))

/** The files of the suite with these names, in this order. Throws where there is none. */
export function filesNamed(names: string): string[] {
  return names.split(' ').map((name) => {
    const file = byName.get(name)
    if (file === undefined) throw new Error(`No test file has the name ${name}.`)
    return file
  })
}

/** The test files of arguments: those that are named, and all in the folders that are. */
export const filesOf = (args: string[]): string[] =>
  args.flatMap((arg) => (arg.endsWith('.ts') ? [arg] : globSync(`${arg}/**/*.test.ts`).sort()))
