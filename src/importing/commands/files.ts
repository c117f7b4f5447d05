// Which files the paths of a command line mean, and what each is taken for.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type FileSettings, fileService } from '../../files/service.ts'
import { decodedPage } from '../../http/input/charsets.ts'
import { HttpProblem } from '../../http/problems.ts'
import type { Database } from '../../storage/database.ts'
import { withCount } from '../../storage/text/with-count.ts'
import type { SavedFile } from '../proposals/propose.ts'
import type { Output } from './progress.ts'

/** What a path is taken for, in words, and the files it means; none where it cannot be read. */
export interface ResolvedPath {
  path: string
  files: string[]
  as: string
  problem?: string
}

const isHtml = /\.x?html?$/i
const isText = /\.txt$/i

const kindOf = (file: string) =>
  isHtml.test(file) ? 'HTML' : isText.test(file) ? 'plain text' : 'HTML or plain text, by what it holds'

/** The files that a path means: itself, or all pages in a folder and those below it. `all`: whatever their names are. */
export function resolvePath(path: string, all: boolean): ResolvedPath {
  try {
    if (!statSync(path).isDirectory()) return { path, files: [path], as: `a page (${kindOf(path)})` }
    return inFolder(path, all)
  } catch (error) {
    return { path, files: [], as: '', problem: (error as Error).message }
  }
}

/** Links are not followed, and hidden files are no pages. */
function inFolder(path: string, all: boolean): ResolvedPath {
  const found = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
  const files = found.filter((file) => all || isHtml.test(file) || isText.test(file))
  const kinds = [...Map.groupBy(files, kindOf)].map(([kind, some]) => `${some.length} ${kind}`)
  const others = found.length - files.length
  const as = `a folder of ${withCount(files.length, 'page')}${kinds.length > 0 ? ` (${kinds.join('; ')})` : ''}`
  return { path, files, as: others > 0 ? `${as}; ${withCount(others, 'other file')} left out` : as }
}

/** The page that a file holds. Throws 422 for what is none. */
export function pageIn(file: string, bytes: Buffer): SavedFile {
  const content = decodedPage(bytes)
  if (content.includes('\0'))
    throw new HttpProblem('unprocessable', 'This is a binary file, not a page of text.')
  const html = isHtml.test(file) || (!isText.test(file) && /^\s*</.test(content))
  return { content, mediaType: html ? 'text/html' : 'text/plain' }
}

/** The files of media, for a command. */
export function filesOf(db: Database, settings: FileSettings, err: Output) {
  // What one token may add in a day is no limit of the newsroom's own machine.
  const unlimited = { ...settings, ONRECORD_FILES_DAY_MB: Number.MAX_SAFE_INTEGER }
  const failed = (error: unknown) => void err.write(`${(error as Error).message}\n`)
  return fileService(db, unlimited, { clock: () => new Date(), failed })
}
