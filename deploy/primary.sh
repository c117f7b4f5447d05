#!/usr/bin/env bash
# Run once, over the empty folder of the primary: the newsroom's database, who may read and write it, who may copy it.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -U postgres <<SQL
create role replication login replication password '$REPLICATION_PASSWORD';
create role onrecord login password '$ONRECORD_PASSWORD';
grant pg_read_all_stats to onrecord;
create database newsroom owner onrecord encoding 'UTF8' locale 'C' template template0;
-- From the next start on each commit waits for the standby: it must be set last.
alter system set synchronous_standby_names = '*';
alter system set wal_keep_size = '1GB';
SQL
echo 'host replication replication all scram-sha-256' >> "$PGDATA/pg_hba.conf"
