#!/usr/bin/env bash
# Makes this server a standby of the other one: copies the primary into the volume, and keeps what was there beside it, in
# /var/lib/postgresql/former. Refuses while this server runs, where the other one is no primary, and where what is here may be
# newer than what is there. Nothing is half made: until the copy is complete, what is here stays as it is.
#   docker compose -f deploy/compose.yaml stop primary
#   docker compose -f deploy/compose.yaml run --rm --no-deps --user root --entrypoint bash primary /copy.sh
#   docker compose -f deploy/compose.yaml up -d primary
set -euo pipefail
volume=/var/lib/postgresql
there="host=$OTHER user=replication"
export PGPASSWORD="$REPLICATION_PASSWORD"

refuse() {
  echo "copy.sh: $*" >&2
  exit 1
}

ask() {
  psql --no-psqlrc --tuples-only --no-align --dbname="$there dbname=postgres replication=database" --command="$1"
}

exec 9<"$volume"
flock -n 9 || refuse "$NAME is being copied to already"
answer=0
pg_isready --quiet --host="$NAME" || answer=$?
[ "$answer" = 2 ] || refuse "$NAME runs: stop it first"
identity=$(ask IDENTIFY_SYSTEM) || refuse "$OTHER cannot be asked (REPLICATION_PASSWORD of deploy/.env is that of its role replication)"
IFS='|' read -r system timeline _ <<<"$identity"
[ "$(ask 'select pg_is_in_recovery()')" = f ] || refuse "$OTHER is a standby itself: promote it first"

if [ -s "$PGDATA/PG_VERSION" ]; then
  control=$(LC_ALL=C pg_controldata "$PGDATA") ||
    refuse "what $NAME has cannot be read: remove its volume, if it is to go"
  here() {
    sed -n "s/^$1: *//p" <<<"$control"
  }
  [ "$(here 'Database system identifier')" = "$system" ] ||
    refuse "what $NAME has is another database than that of $OTHER: remove its volume, if it is to go"
  # Each promotion begins a timeline: a former primary is on an older one than who took over.
  own=$(here "Latest checkpoint's TimeLineID")
  if [ "$own" -gt "$timeline" ] || { [ "$own" = "$timeline" ] && [ ! -e "$PGDATA/standby.signal" ]; }; then
    refuse "$NAME was a primary later than $OTHER, or as late (timelines $own and $timeline), and may have what that lacks"
  fi
fi

rm -rf "$volume/copy"
install -d -o postgres -g postgres "$volume/copy"
pg_basebackup --pgdata="$volume/copy/docker" --write-recovery-conf --wal-method=stream --checkpoint=fast --dbname="$there"
# When it is promoted it has no standby of its own yet: it must not wait for one until it is told to.
sed -i '/^synchronous_standby_names/d' "$volume/copy/docker/postgresql.auto.conf"
chown -R postgres:postgres "$volume/copy/docker"
if [ -e "$PGDATA" ]; then
  rm -rf "$volume/former"
  install -d -o postgres -g postgres "$volume/former"
  mv "$PGDATA" "$volume/former/docker"
fi
mkdir -p "$(dirname "$PGDATA")"
mv "$volume/copy/docker" "$PGDATA"
rmdir "$volume/copy"
echo "copy.sh: $NAME is a standby of $OTHER from its next start"
