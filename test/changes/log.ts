// The change log, as its tests read it.
import type { Change } from '../../src/changes/log/schema.ts'
import type { Client } from '../support/app.ts'

/** A page of the log. */
export interface Page {
  data: Change[]
  next: number | null
}

/** A new source of this name. */
export const source = (name: string) => ({ kind: 'person', name })

/** Everything that was done, page by page. */
export async function everything({ get }: Client, query = ''): Promise<Change[]> {
  const found: Change[] = []
  let next: number | null = 0
  while (next !== null) {
    const page: Page = (await get(`/v1/changes?after=${next}${query}`)).json<Page>()
    found.push(...page.data)
    next = page.next
  }
  return found
}
