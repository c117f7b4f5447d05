// Programs that npm does not bring. Where one is missing, its tests are skipped and name the package to install; with CI set
// they fail.
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
