// The program of the integrity check: prints {"fault": …}, the first fault of a database file, or {}.
import Sqlite from 'better-sqlite3'
import { integrityFault } from './integrity-check.ts'

const connection = new Sqlite(process.argv[2]!, { readonly: true, fileMustExist: true })
process.stdout.write(JSON.stringify({ fault: integrityFault(connection) }))
connection.close()
