// What is done before an answer once rights have ended.
import type { Config } from '../../config/config.ts'
import type { Database } from '../../storage/database.ts'
import { endRights } from './end.ts'
import { endedAddresses } from './ended.ts'

/** For the country of publication. */
export const actingRights = ({ ONRECORD_TERRITORY }: Pick<Config, 'ONRECORD_TERRITORY'>) => ({
  endRights: (db: Database, now: () => Date) => endRights(db, now, ONRECORD_TERRITORY),
  endedAddresses
})
