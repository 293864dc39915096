#!/bin/sh
# Finds a Python that is new enough and hands the task over to it (deploy/__main__.py).
# Knows nothing of what the task does. Runs before any Python, so it is plain sh.
set -u
cd "$(dirname "$0")/.." || exit 1
task=${1:-run}
python=${PYTHON:-python3}

# Print the versions that command $1 claims, one a line; nothing when it does not answer.
# Asked twice, because a wrapper may answer one question itself and pass the other on.
claims() {
    {
        "$1" --version </dev/null 2>&1
        "$1" -c 'import sys; print("Python %d.%d" % sys.version_info[:2])' </dev/null 2>&1
    } | sed -n 's/^Python \([0-9][0-9]*\.[0-9][0-9]*\).*/\1/p'
}

# Succeed when command $1 is Python 3.11 or newer by everything that it says.
new_enough() {
    claims "$1" | awk -F. '{ n++; if ($1 < 3 || ($1 == 3 && $2 < 11)) old = 1 } END { exit old || n < 2 }'
}

# Print the one command that leads to a Python that is new enough.
remedy() {
    if [ "$(id -u)" = 0 ]; then sudo=; else sudo="sudo "; fi
    for other in python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
        if new_enough "$other"; then echo "make $task PYTHON=$other"; return; fi
    done
    for version in 3.13 3.12 3.11; do
        if apt-cache show "python$version" >/dev/null 2>&1; then
            echo "${sudo}apt-get install -y python$version python$version-venv && make $task PYTHON=python$version"
            return
        fi
    done
    if command -v apt-get >/dev/null 2>&1; then echo "${sudo}apt-get install -y python3 python3-venv"
    elif command -v dnf >/dev/null 2>&1; then echo "${sudo}dnf install -y python3.12"
    elif command -v brew >/dev/null 2>&1; then echo "brew install python@3.12"
    else echo "install Python 3.12, then: make $task PYTHON=python3.12"
    fi
}

if ! new_enough "$python"; then
    found=$(claims "$python" | sort -t. -k1,1n -k2,2n | head -n 1)
    {
        if [ -n "$found" ]; then echo "Python 3.11 or newer is needed; $python here is Python $found."
        else echo "Python 3.11 or newer is needed; $python was not found here."
        fi
        echo "This helps: $(remedy)"
    } >&2
    exit 1
fi
exec "$python" -B -m deploy "$@"
