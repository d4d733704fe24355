#!/usr/bin/env bash
# Installs what building, showing and testing Rolecall needs; does nothing when nothing is missing.
#   setup.sh --build     build, and open the window on a display
#   setup.sh --picture   that, and take a picture of the window where there is no display
#   setup.sh             that, and run every test
#   --yes                do not ask
# Whether a thing is there is asked of the thing itself, not of the package list, so that one you brought counts too.
set -euo pipefail
cd "$(dirname "$0")/.."

level=test yes=no
for argument in "$@"; do
  case "$argument" in
    --build) level=build ;;
    --picture) level=picture ;;
    --yes) yes=yes ;;
    *) echo "setup.sh knows --build, --picture and --yes, not $argument." >&2; exit 2 ;;
  esac
done
target=${CARGO_TARGET_DIR:-target}
python=${ROLECALL_PYTHON_ENV:-$target/python}
cargo_deny=0.20.2

say() { echo "setup: $*"; }
stop() { echo "setup: $1" >&2; exit 1; }
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }
from_file() { sed -n "s/.*$1.*\"[^0-9]*\([0-9.]*\)\".*/\1/p" "$2" | head -n 1; }

check_rust_and_node() {
  local rust node found
  rust=$(from_file rust-version Cargo.toml)
  node=$(from_file '"node":' package.json)
  found=$(rustc --version 2>/dev/null | cut -d ' ' -f 2) || true
  [ -n "$found" ] || stop "Rust is not here. Install Rust $rust or newer with rustup (https://rustup.rs), then run this again."
  at_least "$rust" "$found" || stop "Rust $found is here, Rolecall needs $rust or newer. Run 'rustup update stable', then run this again."
  found=$(node --version 2>/dev/null | tr -d v) || true
  [ -n "$found" ] || stop "Node is not here. Install Node $node or newer from https://nodejs.org (Debian 12's own is too old), then run this again."
  at_least "$node" "$found" || stop "Node $found is here, Rolecall needs $node or newer. Install it from https://nodejs.org (Debian 12's own is too old), then run this again."
}

# --- what the system must have: Debian's package, then how to see that it is there -------------------------------

wanted() {
  cat <<'LIST'
build-essential          echo 'int main(void){return 0;}' | cc -x c - -o /dev/null
pkg-config               command -v pkg-config
libwebkit2gtk-4.1-dev    pkg-config --exists webkit2gtk-4.1 gtk+-3.0 libsoup-3.0
fonts-dejavu-core        fc-list | grep -q .
LIST
  [ "$level" = build ] || cat <<'LIST'
webkit2gtk-driver        command -v WebKitWebDriver
xvfb                     command -v xvfb-run
xauth                    command -v xauth
dbus-daemon              command -v dbus-run-session
openbox                  command -v openbox
LIST
  [ "$level" != test ] || cat <<'LIST'
git                      command -v git
python3                  command -v python3
python3-venv             python3 -c 'import venv, ensurepip'
chromium                 command -v chromium
xdotool                  command -v xdotool
imagemagick              command -v import
xclip                    command -v xclip
dbus-bin                 command -v dbus-monitor
awscli                   /usr/bin/aws --version 2>&1 | grep -q '^aws-cli/2'
gnome-keyring            command -v gnome-keyring-daemon
strace                   command -v strace
util-linux               command -v setpriv && command -v unshare
mount                    command -v mount
e2fsprogs                command -v chattr
LIST
}

install_packages() {
  local missing=() package probe sudo=()
  while read -r package probe; do
    bash -c "$probe" </dev/null >/dev/null 2>&1 || missing+=("$package")
  done < <(wanted)
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || stop "This is not Debian or a relative of it. Install what these Debian packages hold, then run this again: ${missing[*]}"
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || stop "These packages are missing, and installing them needs root: apt-get install ${missing[*]}"
    sudo=(sudo)
  fi
  say "these Debian packages are missing and will be installed with ${sudo[*]:+sudo }apt-get: ${missing[*]}"
  if [ "$yes" = no ] && [ -t 0 ] && [ -t 1 ]; then
    read -r -p "setup: install them? [y/N] " answer
    [[ "$answer" =~ ^[Yy] ]] || stop "Nothing was installed."
  fi
  local log="$target/setup-apt.log" apt=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=300)
  mkdir -p "$target"
  { "${apt[@]}" update && "${apt[@]}" install --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 && return 0
  say "apt-get failed; mending what it left behind and trying once more"
  { "${sudo[@]}" dpkg --configure -a; "${apt[@]}" -f install; "${apt[@]}" update; } >>"$log" 2>&1 || true
  "${apt[@]}" install --no-install-recommends "${missing[@]}" >>"$log" 2>&1 && return 0
  tail -n 15 "$log" >&2
  stop "apt-get could not install these packages; all it said is in $log."
}

check_system() {
  case "$(uname -s)" in
    Linux) install_packages ;;
    Darwin)
      xcode-select -p >/dev/null 2>&1 || stop "The compiler is not here. Run 'xcode-select --install', then run this again."
      [ "$level" = build ] || stop "Pictures and window tests need WebKitWebDriver and Xvfb, which only Linux has. 'npm start' works here." ;;
    *)
      cc --version >/dev/null 2>&1 || cl >/dev/null 2>&1 || say "Rolecall needs the MSVC build tools (\"Desktop development with C++\") and WebView2, which Windows 11 has."
      [ "$level" = build ] || stop "Pictures and window tests need WebKitWebDriver and Xvfb, which only Linux has. 'npm start' works here." ;;
  esac
}

# --- what the checkout must have ----------------------------------------------------------------------------------

install_node_modules() {
  [ node_modules/.package-lock.json -nt package-lock.json ] && return 0
  say "installing the node modules of package-lock.json"
  npm ci --ignore-scripts --no-fund --no-audit --loglevel=error
  touch node_modules/.package-lock.json
}

check_rust_tools() {
  local tool
  for tool in clippy rustfmt; do
    cargo "${tool/rustfmt/fmt}" --version >/dev/null 2>&1 && continue
    command -v rustup >/dev/null || stop "Rust's $tool is not here. Install it beside your Rust, then run this again."
    say "adding $tool to Rust"
    rustup --quiet component add "$tool"
  done
}

make_python() {
  cmp -s scripts/requirements.txt "$python/made-from.txt" && return 0
  say "making the Python environment of the tests in $python"
  python3 -m venv --clear "$python"
  "$python/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -r scripts/requirements.txt
  "$python/bin/python" -m pip check >/dev/null
  cp scripts/requirements.txt "$python/made-from.txt"
}

# A debug build: it compiles in less than a minute and still checks this workspace in two seconds.
install_cargo_deny() {
  "$target/tools/bin/cargo-deny" --version 2>/dev/null | grep -qx "cargo-deny $cargo_deny" && return 0
  say "building cargo-deny $cargo_deny"
  CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_DIR="$target/tools/build" \
    nice cargo install --quiet --debug --locked --force "cargo-deny@$cargo_deny" --root "$target/tools"
  rm -rf "$target/tools/build"
}

check_rust_and_node
check_system
install_node_modules
if [ "$level" = test ]; then
  check_rust_tools
  make_python
  install_cargo_deny
fi
say "everything is here"
