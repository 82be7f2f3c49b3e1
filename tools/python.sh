#!/usr/bin/env bash
# Prints the first Python that is new enough for Ownway; says what to install where there is none.
set -euo pipefail

for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$name"
        exit 0
    fi
done
echo "Ownway needs Python 3.11 or newer; found: $( (python3 --version || echo none) 2>&1 | head -n 1)." >&2
echo "Install one, or name it: make run PYTHON=/path/to/python3.12" >&2
exit 1
