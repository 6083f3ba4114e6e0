# Shared by the scripts of this folder; not run by itself.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

say() { printf '%s\n' "$*" >&2; }

# Runs a command as root: as it is when we are root, with sudo otherwise.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

need_dotnet() {
  if ! command -v dotnet >/dev/null || ! (cd "$root" && dotnet --version >/dev/null 2>&1); then
    say "The .NET 10 SDK is needed: install dotnet-sdk-10.0, see https://dotnet.microsoft.com/download/dotnet/10.0"
    exit 1
  fi
}

# Debian's packages; elsewhere says what to do. $1: what it is for, the rest: packages.
install_packages() {
  local purpose=$1
  shift
  if ! command -v apt-get >/dev/null; then
    return 1
  fi
  say "Installing $* ($purpose)"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

has_postgres() {
  local pg_ctl
  for pg_ctl in /usr/lib/postgresql/*/bin/pg_ctl /usr/pgsql-*/bin/pg_ctl /opt/homebrew/opt/postgresql@*/bin/pg_ctl \
    /usr/local/opt/postgresql@*/bin/pg_ctl /usr/local/pgsql/bin/pg_ctl; do
    [ -x "$pg_ctl" ] && return 0
  done
  command -v pg_ctl >/dev/null
}

need_postgres() {
  if [ -n "${ConnectionStrings__Contacts:-}" ] || has_postgres; then
    return
  fi
  if [ "$(uname)" = Darwin ] && command -v brew >/dev/null; then
    brew install postgresql@17 >&2
  elif command -v apt-get >/dev/null; then
    # Only the programs: Debian is not to make and start a cluster of its own.
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
      as_root mkdir -p /etc/postgresql-common
      printf 'create_main_cluster = false\n' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    install_packages "the database server" postgresql
  fi
  if ! has_postgres; then
    say "Install a PostgreSQL server (15 or newer), or set ConnectionStrings__Contacts to one, or use: docker compose up"
    exit 1
  fi
}

need_chromium() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null && return
  done
  install_packages "the browser test" chromium || {
    say "Install chromium or Google Chrome: one test drives Swagger UI in it."
    exit 1
  }
}
