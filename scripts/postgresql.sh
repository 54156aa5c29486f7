#!/usr/bin/env bash
# A throw-away PostgreSQL server for tests: postgresql.sh start|stop FOLDER. `start` prints its address; what stands in
# the folder already is served again. More arguments of `start` go to the server, such as -c shared_buffers=1GB.
# PostgreSQL refuses to run as root, so it runs as Debian's user postgres.
set -euo pipefail
command=$1 folder=$2
shift 2
bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1)
as_postgres() {
  if [ "$(id -un)" = postgres ]; then "$@"
  elif [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"
  else sudo -n -u postgres "$@"; fi
}
case $command in
  start)
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    chmod 755 "$folder"
    if [ "$(id -u)" = 0 ]; then install -d -o postgres "$folder/server"; else mkdir -p "$folder/server" && chmod 777 "$folder/server"; fi
    cd "$folder"
    [ -e "$folder/server/data/PG_VERSION" ] || as_postgres "$bin/initdb" -D "$folder/server/data" -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
    as_postgres "$bin/pg_ctl" -D "$folder/server/data" -w -l "$folder/server/log" \
      -o "-p $port -k $folder/server -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=100 $*" start >/dev/null
    echo "postgresql://postgres@127.0.0.1:$port/postgres"
    ;;
  stop)
    cd /
    as_postgres "$bin/pg_ctl" -D "$folder/server/data" -m fast -w -t 120 stop
    ;;
esac
