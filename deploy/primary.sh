#!/usr/bin/env bash
# Run once, over the empty folder of the primary: the newsroom's database, who may read and write it, who may copy it.
set -euo pipefail
echo 'host replication replication all scram-sha-256' >> "$PGDATA/pg_hba.conf"
psql -v ON_ERROR_STOP=1 -U postgres <<'SQL'
\getenv replication REPLICATION_PASSWORD
\getenv onrecord ONRECORD_PASSWORD
create role replication login replication password :'replication';
create role onrecord login password :'onrecord';
grant pg_read_all_stats to onrecord;
-- From the next start on each commit waits for the standby.
alter system set synchronous_standby_names = '*';
alter system set wal_keep_size = '1GB';
-- Last: the server is healthy once it has it.
create database newsroom owner onrecord encoding 'UTF8' locale 'C' template template0;
SQL
