// Databases of PostgreSQL for tests: each a copy of one that was migrated before.
import type { Test } from 'tap'
import { openDatabase } from '../../src/storage/opening/open.ts'
import { type Server, server, statements } from './server.ts'

let template: Promise<Server> | undefined
let made = 0

const templateName = `onrecord_template_${process.pid}`

async function withTemplate(): Promise<Server> {
  const running = await server()
  await statements(running.url('postgres'), `create database ${templateName}`)
  const db = await openDatabase(running.url(templateName), undefined, { folder: '/nowhere' })
  await db.close()
  return running
}

/** The URL of a database of the test's own, which goes with it. */
export async function postgresDatabase(t: Test): Promise<string> {
  template ??= withTemplate()
  const { url } = await template
  const name = `test_${process.pid}_${++made}`
  await statements(url('postgres'), `create database ${name} template ${templateName} strategy file_copy`)
  t.teardown(() => statements(url('postgres'), `drop database ${name} with (force)`))
  return url(name)
}

/** The URL of an empty database. */
export async function emptyDatabase(t: Test, options = ''): Promise<string> {
  const { url } = await server()
  const name = `empty_${process.pid}_${++made}`
  await statements(url('postgres'), `create database ${name} ${options}`)
  t.teardown(() => statements(url('postgres'), `drop database ${name} with (force)`))
  return url(name)
}
