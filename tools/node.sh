#!/usr/bin/env bash
# Says what to install where Node is missing or too old to set the front-end packages up.
set -euo pipefail

found=$( (node --version || echo none) 2>/dev/null | head -n 1)
major=${found#v}
major=${major%%.*}
if [[ ! "$major" =~ ^[0-9]+$ || "$major" -lt 20 ]]; then
    echo "Ownway needs Node 20 or newer to set up its pages; found: $found." >&2
    exit 1
fi
if ! command -v npm >/dev/null; then
    echo "Ownway needs npm, which comes with Node; it was not found. On Debian: sudo apt-get install npm" >&2
    exit 1
fi
