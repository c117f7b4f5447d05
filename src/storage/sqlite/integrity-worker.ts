// The program that looks through a database file: prints what is wrong with it, if anything is.
import Sqlite from 'better-sqlite3'
import { integrityFault } from './integrity-check.ts'

const connection = new Sqlite(process.argv[2]!, { readonly: true, fileMustExist: true })
process.stdout.write(integrityFault(connection) ?? '')
connection.close()
