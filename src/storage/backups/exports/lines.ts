// The lines of an export: JSON, one record a line. docs/exporting.md describes them.
import { gunzipSync } from 'node:zlib'
import type { Tables } from '../../database.ts'
import type { Exported } from './decisions.ts'

/** The version of the form of the lines. */
export const format = 1

/** The name of an export in a folder. */
export const exportName = 'newsroom.jsonl'

/** The first line. */
export interface Header {
  kind: 'export'
  format: number
  /** The last migration of the release that wrote it: tables are as they are with it. */
  release: number
  /** The last change that is in it. */
  change: number
  at: string
  /** Whether private fields are in it. */
  private: boolean
}

/** A row of a table; one that `follows` has the columns of an earlier one that refer to later rows. */
export interface RecordLine {
  kind: keyof Tables
  row: Record<string, unknown>
  follows?: true
}

/** The last line. */
export interface Trailer {
  kind: 'end'
  /** How many lines are before it, the first among them. */
  lines: number
  /** Of all bytes before it, in hexadecimal digits. */
  sha256: string
}

const isGzip = (bytes: Buffer) => bytes[0] === 0x1f && bytes[1] === 0x8b

/** The columns of a table that the export has. */
export const isExported =
  ({ never = {}, derived = [], private: secret }: Exported, withPrivate: boolean) =>
  (column: string) =>
    !(column in never) &&
    !derived.includes(column) &&
    (withPrivate || !Array.isArray(secret) || !secret.includes(column))

/** A row as it stands in a line: without what is null, and without columns that follow. */
export function recordOf({ texts = {}, later = [] }: Exported, row: Record<string, unknown>) {
  const shown = Object.entries(row).filter(([name, value]) => value !== null && !later.includes(name))
  return Object.fromEntries(shown.map(([name, value]) => [name, written(value, name in texts)]))
}

function written(value: unknown, isText: boolean) {
  if (!Buffer.isBuffer(value)) return value
  if (!isText) return value.toString('base64')
  return (isGzip(value) ? gunzipSync(value) : value).toString()
}
