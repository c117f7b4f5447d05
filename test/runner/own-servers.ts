/**
 * Test files that start servers of PostgreSQL themselves: `npm run test:postgres` runs them, and adds what they cover to what
 * `npm test` covered, which is about SQLite.
 */
export const ownServers = ['postgres-failover', 'postgres-jobs', 'postgres-nodes', 'postgres'].map(
  (name) => `test/${name}.test.ts`
)
