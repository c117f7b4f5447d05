// Another commit of this repository, ready to be started beside this one.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const folder = join(tmpdir(), 'onrecord-bench/commits')

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()

/** The folder with the files of a commit and the packages of its lock file. It is kept for later runs. */
export function checkout(commit: string): string {
  const digest = git('rev-parse', '--verify', `${commit}^{commit}`)
  const home = join(folder, digest)
  if (existsSync(home)) return home
  const unfinished = `${home}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  // A clone of its own: nothing of it is left in this repository, as a work tree would be.
  git('clone', '--quiet', '--shared', '--no-checkout', root, unfinished)
  execFileSync('git', ['checkout', '--quiet', digest], { cwd: unfinished })
  execFileSync('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: unfinished,
    stdio: ['ignore', 'ignore', 'inherit']
  })
  renameSync(unfinished, home)
  return home
}
