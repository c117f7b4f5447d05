#!/usr/bin/env bash
# Copies the primary where there is nothing yet, and goes on as what it was left: a standby, or who was promoted.
#   docker compose -f deploy/compose.yaml exec standby psql -U postgres -c "select pg_promote()"
set -euo pipefail
until [ -s "$PGDATA/PG_VERSION" ] || bash /copy.sh; do
  sleep 1
done
exec postgres
