#!/usr/bin/env bash
# Copies the primary where there is nothing yet, and follows it. When it is promoted it waits for no standby until it is told to:
# it has none then.
#   docker compose -f deploy/compose.yaml exec standby pg_ctl promote
set -euo pipefail
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  chmod 700 "$PGDATA"
  until pg_basebackup --pgdata="$PGDATA" --write-recovery-conf --wal-method=stream \
    --dbname="host=primary user=replication password=$REPLICATION_PASSWORD"; do
    sleep 1
  done
  sed -i '/^synchronous_standby_names/d' "$PGDATA/postgresql.auto.conf"
fi
exec postgres
