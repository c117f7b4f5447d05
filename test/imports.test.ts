import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import t from 'tap'
import { ofPostgres, suite } from './runner/files.ts'

/** The wings of the house, from the ground up: each imports from itself and from those before it. */
const wings = [
  'config',
  'storage',
  'http',
  'changes',
  'access',
  'threads',
  'files',
  'newsstand',
  'content',
  'discussion',
  'record',
  'publishing',
  'formats',
  'importing',
  'operations',
  'apps',
  'app.ts',
  'main.ts'
]

const sources = globSync('src/**/*.ts')
const tools = globSync('{bench,fuzz,torture}/**/*.ts')

/** Files that only declare: schemas, tables, the list of permissions. */
const declarations = [
  'src/access/permissions.ts',
  'src/content/articles/schema.ts',
  'src/storage/tables/content.ts'
]

const text = (file: string) => readFileSync(file, 'utf8')

/** The files of the project that a file imports. */
const imports = (file: string) =>
  [...text(file).matchAll(/(?:from |import\()'(\.[^']+)'/g)].map(([, to]) => join(file, '..', to!))

const wingOf = (file: string) => relative('src', file).split('/')[0]!
const floorOf = (file: string) => wings.indexOf(wingOf(file))

t.test('every file is in a wing, and there are few of them', (t) => {
  t.ok(sources.length > 100)
  t.same(new Set(sources.map(wingOf)), new Set(wings))
  t.ok(wings.length <= 18)
  t.end()
})

t.test('no wing imports from a wing above it', (t) => {
  for (const file of sources)
    for (const to of imports(file))
      t.ok(floorOf(to) >= 0 && floorOf(to) <= floorOf(file), `${file} imports ${to}`)
  t.end()
})

t.test('a wing has its tests in a folder of its name, and every test file a name of its own', (t) => {
  const others = ['machine', 'postgres', 'runner', 'samples', 'schemas', 'support']
  for (const { name } of readdirSync('test', { withFileTypes: true }).filter((entry) => entry.isDirectory()))
    t.ok(wings.includes(name) || others.includes(name), `test/${name} is about a wing`)
  const names = [...suite, ...ofPostgres].map((file) => basename(file))
  t.same(names.toSorted(), [...new Set(names)].toSorted())
  t.end()
})

t.test('within a resource, imports go from routes to the store to the schema', (t) => {
  for (const file of sources) {
    const names = imports(file).map((to) => to.split('/').at(-1)!)
    if (!/(^src\/app|\/routes)\.ts$/.test(file))
      t.notOk(names.includes('routes.ts'), `${file} imports no routes`)
    if (/\/schema\.ts$/.test(file) && !file.startsWith('src/storage/'))
      t.same(
        names.filter((name) => !/^(schemas?|events|kinds)\.ts$/.test(name)),
        [],
        `${file} imports schemas only`
      )
  }
  t.end()
})

t.test('only storage knows a driver', (t) => {
  for (const file of sources.filter((file) => !file.startsWith('src/storage/'))) {
    t.notMatch(text(file), /from '(better-sqlite3|drizzle-orm\/)/, file)
    t.notMatch(text(file), /sql\.raw|sql\.identifier/, `${file} glues no SQL together`)
  }
  t.end()
})

t.test('nothing reads the environment: the command line is handed it', (t) => {
  t.same(
    sources.filter((file) => text(file).includes('process.env')),
    // It is handed on, as it is, to the process for pictures.
    ['src/threads/child-process/run.ts']
  )
  t.end()
})

t.test('what the program imports is installed with it, without what developers need', (t) => {
  const { dependencies } = JSON.parse(text('package.json')) as { dependencies: object }
  const packages = (file: string) =>
    [...text(file).matchAll(/(?:^import (?!type)[^'\n]*from |^} from |import\(|^import )'([^.'][^']*)'/gm)]
      .map(([, name]) => name!)
      .filter((name) => !name.startsWith('node:'))
  const named = new Map(sources.flatMap((file) => packages(file).map((name) => [name, file] as const)))
  t.ok(named.has('fastify') && named.has('sharp'))
  for (const [name, file] of named)
    t.ok(
      Object.keys(dependencies).some((one) => name === one || name.startsWith(`${one}/`)),
      `${file} imports ${name}`
    )
  t.end()
})

t.test('imports run in no circle', (t) => {
  const done = new Set<string>()
  const visit = (file: string, path: string[]) => {
    if (path.includes(file))
      return void t.fail(`a circle: ${[...path.slice(path.indexOf(file)), file].join(' -> ')}`)
    if (done.has(file)) return
    for (const to of imports(file)) visit(to, [...path, file])
    done.add(file)
  }
  const files = [...sources, ...tools]
  for (const file of files) visit(file, [])
  t.ok(files.every((file) => done.has(file)))
  t.end()
})

t.test('rooms are small: 10 entries in a wing, 15 files in a folder, 250 lines in a file', (t) => {
  for (const wing of readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory()))
    t.ok(readdirSync(join('src', wing.name)).length <= 10, `${wing.name} has 10 entries at most`)
  for (const [folder, files] of Map.groupBy(sources, (file) => join(file, '..')))
    t.ok(files.length <= 15, `${folder} has 15 files at most`)
  for (const file of sources.filter((file) => !declarations.includes(file)))
    t.ok(text(file).split('\n').length <= 251, `${file} has 250 lines at most`)
  t.end()
})

t.test('every file that a document names is there', (t) => {
  const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...globSync('docs/*.md')]
  for (const document of documents)
    for (const [, path] of readFileSync(document, 'utf8').matchAll(/`((?:[a-z]+\/)+[\w.-]+\.ts)`/g))
      t.ok(existsSync(path!) || existsSync(join('src', path!)), `${document}: ${path}`)
  t.end()
})
