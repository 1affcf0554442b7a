#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own: a fresh cluster in a temporary folder, on a socket there, gone afterwards.
# The command finds it by KAKUNIN_TEST_POSTGRES, the folder of the socket. Needs Debian's package postgresql.
set -euo pipefail
binaries=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$binaries" ] || { echo "please install PostgreSQL: apt-get install postgresql"; exit 1; }
work=$(mktemp -d)
# initdb refuses root, so root hands the folder to the user that Debian's package brings.
as=()
if [ "$(id -u)" = 0 ]; then
	chown postgres "$work"
	as=(runuser -u postgres --)
fi
"${as[@]}" "$binaries/initdb" -D "$work/data" -U kakunin -A trust -E UTF8 --locale=C >/dev/null
chmod 755 "$work"
stop() { "${as[@]}" "$binaries/pg_ctl" -D "$work/data" -m immediate -s stop || true; rm -rf "$work"; }
trap stop EXIT
"${as[@]}" "$binaries/pg_ctl" -D "$work/data" -s -w -l "$work/log" -o "-c listen_addresses= -k $work -c max_connections=400" start
KAKUNIN_TEST_POSTGRES=$work "$@"
