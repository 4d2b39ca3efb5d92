#!/usr/bin/env bash
# The public board over HTTP beside nginx serving the very same bytes, in one run on loopback: requests a second and
# processor time of each, the cold page, memory at rest, bytes of a first load, and how long the demo takes to fill.
#
#   bench/board.sh [SECONDS]      each round lasts so long (8)
#
# CUNWU names the program (target/release/cunwu); CUNWU_BENCH_DIR the place for the data.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=${1:-8} rounds=3 clients=32
unit=441900121014
program=${CUNWU:-${CARGO_TARGET_DIR:-target}/release/cunwu}
[[ -x $program ]] || cargo build --release
for tool in nginx wrk curl python3; do command -v $tool >/dev/null || { echo "needs $tool" >&2; exit 2; }; done

place=$(mktemp -d "${CUNWU_BENCH_DIR:-${TMPDIR:-/tmp}}/cunwu-board.XXXXXX")
chmod 755 "$place"
pids=()
finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
    rm -rf "$place"
}
trap finish EXIT

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
# Processor time of processes in microseconds: user and system, from ticks.
cpu() { for pid in "$@"; do cat "/proc/$pid/stat"; done | awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); n += $12 + $13 } END { printf "%.0f\n", n * 1000000 / hz }'; }
median() { sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
now() { date +%s%N; }
await() { for _ in $(seq 200); do "$@" >/dev/null 2>&1 && return; sleep 0.05; done; echo "$* never came" >&2; exit 1; }
resident() { awk '/^VmRSS/ { print $2 }' "/proc/$1/status"; }

begun=$(now)
"$program" demo --data "$place/demo" --fill-only >"$place/fill.log"
printf 'demo fill: %.1f s (%s)\n' "$(bc <<<"scale=2; ($(now) - $begun) / 1000000000")" "$(tail -n 1 "$place/fill.log")"

"$program" demo --data "$place/demo" --listen 127.0.0.1:0 >"$place/serve.log" 2>&1 &
ours=$!
pids+=("$ours")
await grep -q 'listening http' "$place/serve.log"
site=$(sed -n 's/^listening //p' "$place/serve.log")
await curl -sf "$site/readyz"
printf 'memory at rest, nothing asked yet: %d KiB resident\n' "$(resident "$ours")"

# ── Bytes of a first load ─────────────────────────────────────────────────────────────────────────
gzipped() { curl -s -H 'Accept-Encoding: gzip' -o "${2:-/dev/null}" -w '%{size_download}' "$site$1"; }
first_load() {
    local html total one
    html=$(gzipped "$2" "$place/page.gz")
    total=$html
    for one in $(gzip -dc "$place/page.gz" | grep -oE '(href|src)="/static/[^"]+\.(css|js)[^"]*"' | cut -d'"' -f2 | sort -u); do
        total=$((total + $(gzipped "$one")))
    done
    echo "first load of $1: $total bytes gzipped, of which page $html"
}
board=/u/$unit
matter=$(curl -s "$site$board" | grep -oE "/u/$unit/m/[0-9a-z]{13}" | head -n 1)
first_load board "$board"
first_load 'matter page' "$matter"

# ── nginx with the very same bytes and headers ────────────────────────────────────────────────────
curl -s "$site$board" >/dev/null
curl -s -H 'Accept-Encoding: gzip' -D "$place/headers" -o "$place/page.gz" "$site$board"
mkdir -p "$place/www/u" "$place/nginx"
cp "$place/page.gz" "$place/www/u/$unit.gz"
gzip -dc "$place/page.gz" >"$place/www/u/$unit"
port=$(free_port)
{
    echo "worker_processes 2; pid $place/nginx/pid; error_log $place/nginx/error.log;"
    echo 'events { worker_connections 1024; }'
    echo "http { access_log off; sendfile on; tcp_nopush on; server_tokens off; keepalive_requests 100000000; etag off; if_modified_since off;"
    for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $place/nginx/$kind;"; done
    echo "default_type 'text/html; charset=utf-8'; server { listen 127.0.0.1:$port; root $place/www; gzip_static always;"
    tr -d '\r' <"$place/headers" | awk -F': ' 'NR > 1 && NF > 1 && tolower($1) !~ /^(content-type|content-length|content-encoding|date|connection|transfer-encoding)$/ {
        gsub(/"/, "\\\"", $2); printf "add_header %s \"%s\";\n", $1, $2 }'
    echo '} }'
} >"$place/nginx/conf"
nginx -p "$place/nginx" -c "$place/nginx/conf" -g 'daemon off;' 2>/dev/null &
theirs=$!
pids+=("$theirs")
await curl -sf "http://127.0.0.1:$port$board"
curl -s -H 'Accept-Encoding: gzip' -o "$place/their.gz" "http://127.0.0.1:$port$board"
cmp "$place/page.gz" "$place/their.gz" || { echo 'nginx serves other bytes' >&2; exit 1; }
workers=$(cat "/proc/$theirs/task/$theirs/children")

# ── Load, turn and turn about ─────────────────────────────────────────────────────────────────────
load() { # name url pid…
    local name=$1 url=$2 before after
    shift 2
    before=$(cpu "$@")
    wrk -t1 -c$clients -d"${seconds}s" -H 'Accept-Encoding: gzip' "$url" >"$place/wrk"
    after=$(cpu "$@")
    grep -E 'Non-2xx|Socket errors' "$place/wrk" >&2 || true
    awk -v cpu=$((after - before)) -v out="$place/$name.figures" '/requests in/ { n = $1 } /^Requests\/sec/ { r = $2 }
        END { printf "%s %.2f\n", r, cpu / n >>out }' "$place/wrk"
}
for _ in $(seq $rounds); do
    # shellcheck disable=SC2086
    load nginx "http://127.0.0.1:$port$board" $theirs $workers
    load cunwu "$site$board" "$ours"
done
figure() { cut -d' ' -f"$2" "$place/$1.figures" | median; }
for who in nginx cunwu; do
    printf '%s: %.0f requests/s (%s), CPU µs/request %s\n' $who "$(figure $who 1)" "$(cut -d' ' -f1 "$place/$who.figures" | tr '\n' ' ')" "$(figure $who 2)"
done
printf 'requests/s: %.2f of nginx (goal at least 0.5); CPU per request: %.2f times (goal at most 2)\n' \
    "$(bc <<<"scale=4; $(figure cunwu 1) / $(figure nginx 1)")" "$(bc <<<"scale=4; $(figure cunwu 2) / $(figure nginx 2)")"
printf 'memory after the load: %d KiB resident\n' "$(resident "$ours")"

# ── The cold page: the first request after the record moved on ────────────────────────────────────
touch_record() { python3 -c 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=10); c.execute("UPDATE checkpoint SET at = at + 1 WHERE unit = ?", (sys.argv[2],)); c.commit()' "$place/demo/cunwu.sqlite" "$unit"; }
ask() { curl -s -H 'Accept-Encoding: gzip' -o /dev/null -w '%{time_starttransfer}\n' "$site$1" | awk '{ print $1 * 1000 }'; }
for page in "$board" "$matter"; do
    for _ in $(seq 15); do
        touch_record
        sleep 1.1 # for a second a page is given out without a look at what another process may have written
        ask "$page" >>"$place/cold"
        ask "$page" >>"$place/warm"
    done
    printf 'cold %s: %.1f ms to the first byte, warm %.1f ms (curl, connection included)\n' "$page" "$(median <"$place/cold")" "$(median <"$place/warm")"
    rm "$place/cold" "$place/warm"
done
