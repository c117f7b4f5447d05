// The thread that checkpoints a database: what was committed it brings from the write-ahead log into the file, while
// others read and write. They never wait for it, nor it for them (sqlite.org/c3ref/wal_checkpoint_v2.html).
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

/** How many pages the log may have that are not in the file yet: fewer are not worth the syncs. */
const few = 1000

/** How often what was committed meanwhile is brought over too: when nothing is left, the log begins anew. */
const rounds = 8

interface State {
  /** How many pages the log has, and how many of them are in the file. */
  log: number
  checkpointed: number
}

const connection = new Sqlite(workerData as string, { fileMustExist: true, timeout: 5000 })

/** Answers how many pages are left. */
function checkpoint(mode: 'NOOP' | 'PASSIVE') {
  const [{ log, checkpointed }] = connection.pragma(`wal_checkpoint(${mode})`) as [State]
  return log - checkpointed
}

function bringOver() {
  if (checkpoint('NOOP') < few) return
  for (let round = 0; round < rounds && checkpoint('PASSIVE') > 0; round++);
}

parentPort!.on('message', (told: 'committed' | 'cut' | 'stop') => {
  if (told === 'committed') return bringOver()
  if (told === 'cut') {
    connection.pragma('wal_checkpoint(TRUNCATE)')
    return parentPort!.postMessage('cut')
  }
  connection.close()
  parentPort!.close()
})
