import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import t from 'tap'

// Imports point one way: main -> app -> routes -> store -> storage. The first rule that names a file is its rule.
const shared = '(email|languages|schemas|problems|ids|etag|cursor|secrets|networks|accepting)\\.ts'
const layers: [of: RegExp, may: RegExp][] = [
  [/^storage\/tables\.ts$/, /^storage\/columns\.postgres\.ts$|^body\/schema\.ts$/],
  [/^storage\//, /^storage\//],
  [/^(email|languages|schemas|config|workers|ending|secrets|networks|json|charsets|windows)\.ts$/, /^$/],
  [/^secretfile\.ts$/, /^secrets\.ts$|^storage\/(open|unfinished)\.ts$/],
  [/^problems\.ts$/, /^schemas\.ts$/],
  [/^(ids|etag|cursor|patch|accepting)\.ts$/, /^(schemas|problems)\.ts$/],
  [/\/schema\.ts$/, /^schemas\.ts$|\/schema\.ts$|^changes\/events\.ts$/],
  [/^body\//, new RegExp(`^${shared}$|^body/|/schema\\.ts$`)],
  // The tasks are the threads' own app: it names what they can do.
  [/^threads\/tasks\.ts$/, /^(?!storage)\w+\/(?!routes|store)\w+\.ts$/],
  [/^threads\//, /^problems\.ts$|^threads\//],
  [/^importing\/reading\.ts$/, /^(problems|schemas)\.ts$|^importing\/page\.ts$|^body\/|\/schema\.ts$/],
  [
    /^importing\/(?!routes|store)/,
    /^(?:languages|schemas)\.ts$|^importing\/(?!routes|store)|^body\/|\/schema\.ts$/
  ],
  [
    /^newsstand\//,
    new RegExp(
      `^${shared}$|^config\\.ts$|^(body|newsstand)/|/schema\\.ts$|^storage/(database|folding|remembering|tokens)\\.ts$`
    )
  ],
  [
    /\/(routes|thread)\.ts$/,
    new RegExp(
      `^${shared}$|^(auth|desk|patch|reading|republishing|parsing)\\.ts$|^(?!storage)\\w+/(?!routes)\\w+\\.ts$|^storage/(database|folding|remembering|tokens)\\.ts$`
    )
  ],
  [
    /^idempotency\/once\.ts$/,
    /^(auth|networks|problems)\.ts$|^idempotency\/store\.ts$|^storage\/(database|folding|remembering|tokens)\.ts$/
  ],
  // What is left of a resource is its store: the working copy, and what publishing makes of it.
  [
    /^\w+\//,
    new RegExp(
      `^${shared}$|^(?!storage|importing)\\w+/(?!routes|reply)\\w+\\.ts$|^storage/(database|folding|remembering|tokens)\\.ts$|^importing/(reading|schema)\\.ts$`
    )
  ],
  [
    /^republishing\.ts$/,
    /^(auth|problems|schemas)\.ts$|^newsstand\/kinds\.ts$|^publishing\/|^storage\/(database|folding|remembering|tokens)\.ts$/
  ],
  [/^(refusing|refusals)\.ts$/, /^(headers|problems)\.ts$/],
  [/^copying\.ts$/, /^config\.ts$|^storage\/(open|copy|restore)\.ts$/],
  [
    /^sample\.ts$/,
    /^(?!storage)\w+\/(?!routes)\w+\.ts$|^storage\/(database|folding|remembering|tokens)\.ts$/
  ],
  [/^app\.ts$/, /^(?!main|sample|storage\/(?!database|folding|remembering|tokens))/],
  [/^main\.ts$/, /^(?!storage\/(?!open))/],
  [
    /^\w+\.ts$/,
    new RegExp(
      `^${shared}$|^(auth|config|desk|patch|parsing|refusals|validation|windows|json|charsets)\\.ts$|^newsstand/|/schema\\.ts$|^tokens/(text|holders)\\.ts$|^webhooks/document\\.ts$|^storage/(database|folding|remembering|tokens)\\.ts$`
    )
  ]
]

const files = globSync('src/**/*.ts').map((file) => relative('src', file))

const imports = (file: string) =>
  [...readFileSync(join('src', file), 'utf8').matchAll(/(?:from |import\()'(\.[^']+)'/g)].map(([, to]) =>
    join(file, '..', to!)
  )

t.test('imports point one way', (t) => {
  t.ok(files.length > 50)
  for (const file of files) {
    const rule = layers.find(([of]) => of.test(file))
    if (rule === undefined) t.fail(`no rule for ${file}`)
    else for (const to of imports(file)) t.match(to, rule[1], `${file} imports ${to}`)
  }
  t.end()
})

t.test('only storage knows a driver', (t) => {
  for (const file of files.filter((file) => !file.startsWith('storage/'))) {
    const source = readFileSync(join('src', file), 'utf8')
    t.notMatch(source, /from '(better-sqlite3|drizzle-orm\/)/, file)
    t.notMatch(source, /sql\.raw|sql\.identifier/, `${file} glues no SQL together`)
  }
  t.end()
})

t.test('only config reads the environment, and only main gives it', (t) => {
  const readers = files.filter((file) => readFileSync(join('src', file), 'utf8').includes('process.env'))
  t.same(readers, ['main.ts'])
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
  for (const file of files) visit(file, [])
  t.equal(done.size, files.length)
  t.end()
})
