#!/bin/sh
# Runs Postfix in a folder until standard input is closed, then ends it and removes the folder. Whoever holds the other end may die of
# anything: nothing is left behind.
#
#   leash.sh FOLDER POSTFIX USER
set -eu
folder="$1" postfix="$2" user="$3"

postfix() { "$postfix" -c "$folder/settings" "$@" </dev/null; }

# By the lock that a running master holds, not by its number, which a dead one keeps until init looks at it.
finish() {
  if postfix status >/dev/null 2>&1; then
    kill "$(tr -d ' ' <"$folder/queue/pid/master.pid")" || :
    while postfix status >/dev/null 2>&1; do sleep 0.05; done
  fi
  rm -rf "$folder"
}
trap finish EXIT
# PIPE: the test died before it heard that all is ready.
trap 'exit 1' HUP INT PIPE TERM

chmod 755 "$folder" "$folder/settings"
chown -R 0:0 "$folder/settings"
install -d -m 755 -o 0 -g 0 "$folder/queue"
install -d -m 700 -o postfix "$folder/data"
install -d -m 700 -o "$user" "$folder/reports" "$folder/reports/tmp" "$folder/reports/new" "$folder/reports/cur"
: >"$folder/mail.log"
chmod 644 "$folder/mail.log"
if ! postfix start >"$folder/said" 2>&1; then
  cat "$folder/said" "$folder/mail.log"
  exit 1
fi
echo ready
cat >/dev/null
