#!/usr/bin/env bash
# run.sh COMMAND…: runs COMMAND with a screen, a session bus, a window manager and a home folder of its own.
# Nothing of the person who runs it can be seen from inside; all of it goes away at the end.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work/home" XDG_RUNTIME_DIR="$work/run" TMPDIR="${TMPDIR:-/tmp}"
export XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data" XDG_STATE_HOME="$work/state" XDG_CACHE_HOME="$work/cache"
mkdir -p -m 700 "$HOME" "$XDG_RUNTIME_DIR"
# One backend, no accessibility bus, software drawing: the same on every machine.
export GDK_BACKEND=x11 NO_AT_BRIDGE=1 LIBGL_ALWAYS_SOFTWARE=1 LC_ALL=C.UTF-8 TZ=UTC
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
# The window manager is what gives a window the focus. What the bus says of its own work is kept back.
xvfb-run -a -s "-screen 0 ${ROLECALL_SCREEN:-1280x800}x24 -nolisten tcp" dbus-run-session -- \
  bash -c 'openbox >/dev/null 2>&1 & exec "$@"' run.sh "$@" 2> >(grep -v --line-buffered '^dbus-daemon\[' >&2)
