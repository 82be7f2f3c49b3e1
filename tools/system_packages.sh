#!/usr/bin/env bash
# Makes sure that what the tests need from the system is there: a Chromium, a font for its pages, and the libraries that
# WeasyPrint and MediaPipe's Python wheel loads. Installs what is missing with apt where it may (as root, or by sudo without a password); says what to install where
# it may not. Does nothing, and asks no network, when everything is there.
set -euo pipefail

missing=()

has_chromium() {
    [[ -n "${OWNWAY_CHROMIUM:-}" && -x "${OWNWAY_CHROMIUM}" ]] && return 0
    local name
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null && return 0
    done
    [[ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ]]
}

has_library() {
    local known
    known=$( (ldconfig -p || /sbin/ldconfig -p) 2>/dev/null)
    [[ "$known" == *"$1"* ]]
}

has_font() {
    [[ -n "$(find /usr/share/fonts /usr/local/share/fonts -name '*.[to]tf' -print -quit 2>/dev/null)" ]]
}

look() {
    missing=()
    has_chromium || missing+=(chromium)
    if [[ "$(uname -s)" == Linux ]]; then
        has_library libEGL.so.1 || missing+=(libegl1)
        has_library libGLESv2.so.2 || missing+=(libgles2)
        has_library libGL.so.1 || missing+=(libgl1)
        has_library libgthread-2.0.so.0 || missing+=(libglib2.0-0)
        has_library libpangoft2-1.0.so.0 || missing+=(libpango-1.0-0 libpangoft2-1.0-0)
        has_font || missing+=(fonts-dejavu-core)
    fi
}

look
[[ ${#missing[@]} -eq 0 ]] && exit 0

as_root=()
if [[ "$(id -u)" -ne 0 ]]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root=(sudo -n)
    else
        as_root=(none)
    fi
fi

if command -v apt-get >/dev/null && [[ "${as_root[*]:-}" != none ]]; then
    echo "    installing: ${missing[*]}"
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    export DEBIAN_FRONTEND=noninteractive
    if ! { "${as_root[@]}" apt-get update -q && "${as_root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
    fi
    look
    [[ ${#missing[@]} -eq 0 ]] && exit 0
fi

cat >&2 <<END

The tests need what is not installed here: ${missing[*]}
On Debian or Ubuntu, install it with

    sudo apt-get install ${missing[*]}

and run \`make test\` again. Elsewhere install Chromium or Chrome and, if it has another name, set OWNWAY_CHROMIUM to its path.
END
exit 1
