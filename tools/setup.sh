#!/bin/sh
# Makes .venv with the toolkit and what it needs: `sh tools/setup.sh pdf` or `sh tools/setup.sh pdf,dev,browser`.
# What is there already is left alone; what cannot be installed without root is named in one line.
set -eu
cd "$(dirname "$0")/.."
extras=${1:-pdf}
venv=.venv
stamp=$venv/.installed-$(echo "$extras" | tr ',' '-')
export PIP_DISABLE_PIP_VERSION_CHECK=1 DEBIAN_FRONTEND=noninteractive

stop() { echo "setup: $*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1; fi
}

# Install Debian packages: 0 done, 1 not possible here.
debian() {
    command -v apt-get >/dev/null 2>&1 && as_root true || return 1
    echo "setup: installing $*"
    as_root apt-get -qq update >/dev/null 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends "$@" >/dev/null 2>&1
}

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            echo "$name"
            return
        fi
    done
    stop "Python 3.11 or later is missing; install python3, or say PYTHON=/path/to/python make edition."
}

make_venv() {
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        debian "python$version-venv" || debian python3-venv ||
            stop "$python cannot make virtual environments; install the Debian package python3-venv."
    fi
    echo "setup: making $venv with $("$python" --version)"
    "$python" -m venv --clear $venv
}

# An environment that was copied from elsewhere, or whose Python is gone, does not run: make it again.
[ -x $venv/bin/python ] && $venv/bin/python -c 'import pip' 2>/dev/null || make_venv

up_to_date() { [ -e "$1" ] && [ ! pyproject.toml -nt "$1" ]; }

# Whether these extras are there, be it with others.
installed() {
    for made in "$venv"/.installed-*; do
        up_to_date "$made" || continue
        for extra in $(echo "$extras" | tr ',' ' '); do
            case "$made-" in *-"$extra"-*) ;; *) continue 2 ;; esac
        done
        return 0
    done
    return 1
}

if ! installed; then
    echo "setup: installing tei-edition [$extras] and what it needs into $venv (once; about a minute)"
    $venv/bin/python -m pip install -q -e ".[$extras]" || stop "pip could not install; its words stand above."
    touch "$stamp"
fi

# So that the commands start at once, also where Python may not write beside its sources.
$venv/bin/python -m compileall -q tei_edition >/dev/null 2>&1 || true

# What WeasyPrint needs of the system. Without it everything but PDF works.
missing=
if command -v dpkg-query >/dev/null 2>&1; then
    for package in libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core; do
        dpkg-query -W -f '${Status}' $package 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
fi
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086
    debian $missing || echo "setup: going on without PDF; for PDF, install the Debian packages:$missing" >&2
fi
