// Programs that npm does not bring. Who has none reads which package it is in, and the rest of the tests run; CI, which
// installs them, fails.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const isThere = (program: string) =>
  `${process.env.PATH}${delimiter}/usr/sbin`.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })

/** What a test that needs a program is skipped for, where it is missing: the Debian package to install. */
export const missing = (program: string, debian: string): { skip?: string } =>
  isThere(program) || process.env.CI ? {} : { skip: `${program} is missing: apt-get install ${debian}` }
