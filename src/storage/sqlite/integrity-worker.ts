// The program of the integrity check: prints the first fault of a database file, or nothing.
import Sqlite from 'better-sqlite3'
import { integrityFault } from './integrity-check.ts'

const connection = new Sqlite(process.argv[2]!, { readonly: true, fileMustExist: true })
process.stdout.write(integrityFault(connection) ?? '')
connection.close()
