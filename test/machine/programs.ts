// Programs that npm does not bring. Where one is missing, its tests are skipped and name the package to install; with CI set
// they fail.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where a program is, in these folders; undefined where it is not. */
export const whereIs = (program: string, path = `${process.env.PATH}${delimiter}/usr/sbin`) =>
  path
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })

/** What a test that needs a program is skipped for, where it is missing: the Debian package to install. */
export const missing = (program: string, debian: string): { skip?: string } =>
  whereIs(program) || process.env.CI ? {} : { skip: `${program} is missing: apt-get install ${debian}` }
