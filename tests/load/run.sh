#!/usr/bin/env bash
# Prints how fast the release build answers under 8 connections on this machine, with a city's worth of records (2 003
# vendors, 5 003 engagements, 400 cloud services, 200 social accounts, 3 000 appointments), how big the bundle is and what
# memory the server takes. Needs wrk and curl (Debian: wrk, curl). SECONDS_EACH=10 says how long each page is asked for.
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v wrk >/dev/null || { echo "please install wrk: apt-get install wrk"; exit 1; }
seconds=${SECONDS_EACH:-10}
port=${PORT:-3100}
url=http://127.0.0.1:$port
work=$(mktemp -d)

started=$(date +%s)
cargo build --release -q -p kakunin-app
echo "release build: $(($(date +%s) - started)) s (0 when nothing changed)"

target/release/kakunin demo --data "$work/data" --listen "127.0.0.1:$port" --public-url "$url" --size city >"$work/out" 2>"$work/log" &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 3000); do curl -sf "$url/health" >/dev/null && break; sleep 0.1; done
echo "city set up after $(($(date +%s) - started)) s"

# get JAR PATH; post JAR PATH FIELD...: the last prints where the browser ends up.
get() { curl -s -b "$work/$1" -c "$work/$1" -H 'Accept: text/html' "$url$2"; }
post() {
	local jar=$work/$1 path=$2 fields=()
	shift 2
	for field in "$@"; do fields+=(--data-urlencode "$field"); done
	curl -s -L -b "$jar" -c "$jar" -o "$work/page" -w '%{url_effective}\n' -H 'Accept: text/html' -H "Origin: $url" "${fields[@]}" "$url$path"
}
cookie() { awk '/kakunin\t/ {print $7}' "$work/$1"; }
id() { grep -oE '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' | head -1; }

post officer /api/people/sign-in 'form[sign_in_name]=tanaka' 'form[password]=kakunin-demo-2026' >/dev/null
engagement=$(get officer /engagements | grep -oE '/engagements/[0-9a-f-]{36}' | head -1 | id)
assessment=$(post officer /api/assessments/send "form[register]=engagements" "form[subject]=$engagement" 'form[due_on]=2099-12-18' \
	'form[purpose]=確認' 'form[contact_name]=山本' 'form[contact_email]=a@example.jp' | id)
token=$(grep -oE '/invitations/[0-9a-f]{64}' "$work/page" | head -1 | cut -d/ -f3)
post contractor /api/invitations/redeem "token=$token" >/dev/null

ask() { # NAME JAR PATH
	curl -s -o "$work/body" -b "kakunin=$(cookie "$2")" "$url$3"
	printf '\n%s (%s bytes)\n' "$1" "$(stat -c %s "$work/body")"
	wrk -t2 -c8 -d"${seconds}s" --latency -H "Cookie: kakunin=$(cookie "$2")" "$url$3" |
		grep -E '50%|99%|Requests/sec|Non-2xx'
}
post office /api/people/sign-in 'form[sign_in_name]=ito' 'form[password]=kakunin-demo-2026' >/dev/null
ask "vendors" office /vendors
ask "vendors, searched" office "/vendors?q=%E8%A9%A6%E9%A8%9301"
ask "engagements" office /engagements
ask "engagements, searched and sorted" office "/engagements?q=%E3%83%87%E3%83%BC%E3%82%BF&sort=vendor"
ask "engagements, searched" office "/engagements?q=%E3%83%87%E3%83%BC%E3%82%BF"
ask "engagements, sorted by contractor" office "/engagements?sort=vendor"
ask "engagements, sorted by department" office "/engagements?sort=department"
ask "engagements, sorted by title" office "/engagements?sort=title"
ask "engagements, sorted by a column without an index" office "/engagements?sort=zone&c=title&c=zone"
ask "engagements, a rare word, sorted" office "/engagements?q=%E3%83%87%E3%83%BC%E3%82%BF%E5%85%A5%E5%8A%9B7&sort=vendor"
ask "engagements of the officer's department" officer /engagements
ask "cloud services" office /cloud-services
ask "social accounts" office /social-accounts
ask "posts" office /posts
ask "officers today" office /officers
ask "officers in 2023" office "/officers?on=2023-10-01"
ask "home" office /
ask "one engagement" office "/engagements/$engagement"
ask "its history" office "/engagements/$engagement?tab=history"
ask "review page" officer "/assessments/$assessment"
ask "answer page" contractor "/answer/$assessment/sections/1"

echo
curl -s -H 'Accept-Encoding: gzip' -b "kakunin=$(cookie contractor)" "$url/answer/$assessment/sections/1" -o "$work/page.gz"
page=$(stat -c %s "$work/page.gz")
total=$page
for file in dist/kakunin-app_bg.wasm dist/kakunin-app.js dist/kakunin.css; do
	small=$(stat -c %s "$file.br")
	total=$((total + small))
	printf '%-28s %8s bytes, brotli %7s\n' "$file" "$(stat -c %s "$file")" "$small"
done
echo "answer page with everything, compressed: $total bytes"
awk '/VmRSS|VmHWM/ {print "server " $1 " " $2 / 1024 " MB"}' "/proc/$server/status"
