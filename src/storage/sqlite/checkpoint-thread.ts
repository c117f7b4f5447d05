// The thread that checkpoints a database: it copies committed pages from the write-ahead log into the file. A passive
// checkpoint blocks no reader or writer (sqlite.org/c3ref/wal_checkpoint_v2.html).
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

/** With fewer pages in the log that are not in the file yet, a checkpoint is not worth its syncs. */
const minPages = 1000

/** How many passes try to catch up with new commits: when no page is left, the log is reused from its start. */
const maxPasses = 8

interface State {
  /** How many pages the log has, and how many of them were copied into the file. */
  log: number
  checkpointed: number
}

const connection = new Sqlite(workerData as string, { fileMustExist: true, timeout: 5000 })

/** Answers how many pages are not in the file yet. */
function checkpoint(mode: 'NOOP' | 'PASSIVE') {
  const [{ log, checkpointed }] = connection.pragma(`wal_checkpoint(${mode})`) as [State]
  return log - checkpointed
}

function checkpointPassively() {
  if (checkpoint('NOOP') < minPages) return
  for (let pass = 0; pass < maxPasses && checkpoint('PASSIVE') > 0; pass++);
}

parentPort!.on('message', (message: 'committed' | 'cut' | 'stop') => {
  if (message === 'committed') return checkpointPassively()
  if (message === 'cut') {
    connection.pragma('wal_checkpoint(TRUNCATE)')
    return parentPort!.postMessage('cut')
  }
  connection.close()
  parentPort!.close()
})
