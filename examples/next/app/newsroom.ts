// Where the newsroom is, for the pages and for the reader's browser.
import { onRecord } from 'onrecord-client'

export const baseUrl = process.env.NEXT_PUBLIC_ONRECORD ?? 'http://127.0.0.1:3000'
export const api = onRecord({ baseUrl })
