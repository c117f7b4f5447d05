// A newsroom into which tests import files by the command, one run after the other.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { readConfig } from '../../../src/config/config.ts'
import { importAll } from '../../../src/importing/commands/import.ts'
import { app, database, folder, opened } from '../../support/app.ts'

export interface Loss {
  place: string
  code: string
  reason: string
  words?: string
}

/** What a report says, without the places. */
export const said = (losses: Loss[]) => losses.map(({ code, reason, words }) => [code, reason, words])

export async function importingNewsroom(t: Test) {
  const file = await database(t)
  const where = folder(t)
  const client = await app(t, { file })

  /** Imports what these files hold: whether that could be done, what was printed, and the report. */
  async function imported(files: Record<string, string | Buffer>, ...args: string[]) {
    const paths = Object.entries(files).map(([name, content]) => {
      writeFileSync(join(where, name), content)
      return join(where, name)
    })
    let printed = ''
    const output = { isTTY: false, write: (text: string) => (printed += text) }
    const report = join(where, 'report.jsonl')
    const command = ['--no-quotes', '--report', report, ...args, ...paths]
    const ok = await importAll(command, () => opened(t, file), {
      settings: { ...readConfig({}), ONRECORD_IMPORT_DAYS: 1 },
      ...{ out: output, err: output }
    })
    const lines = readFileSync(report, 'utf8').split('\n').filter(Boolean)
    return { ok, printed, losses: lines.map((line): Loss => JSON.parse(line)) }
  }

  const drafts = async () =>
    (await client.get('/v1/articles?edition=draft&limit=50')).json<{
      data: { id: string; title: string }[]
    }>().data

  return {
    ...{ where, client, imported },
    /** The report of one file. */
    losses: async (name: string, content: string | Buffer, ...args: string[]) =>
      (await imported({ [name]: content }, ...args)).losses,
    titles: async () => (await drafts()).map(({ title }) => title).sort(),
    async draft<T>(title: string) {
      const { id } = (await drafts()).find((one) => one.title === title)!
      return (await client.get(`/v1/articles/${id}?edition=draft&body=text`)).json<T>()
    }
  }
}
