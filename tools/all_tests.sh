#!/usr/bin/env bash
# Every check and every test, as `make test` runs them. The checks that read the code run beside the tests that do not watch the
# clock, at lower priority; then come those that do, alone. Each part runs whatever came of the others; one that fails fails the whole.
set -uo pipefail
cd "$(dirname "$0")/.."
read=$(mktemp)
trap 'rm -f "$read"' EXIT

nice make --no-print-directory lint >"$read" 2>&1 &
lint=$!
failed=0
echo "==> Tests two at a time: engine, server, pages"
.venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not alone" || failed=1
wait "$lint" || failed=1
cat "$read"
echo "==> Tests one by one: the real browser with the real pose model"
.venv/bin/python -m pytest -m alone || failed=1
exit "$failed"
