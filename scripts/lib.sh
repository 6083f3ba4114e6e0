# What the scripts share. Everything said here goes to standard error: standard output belongs to the program that is run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

say() {
  echo "$*" >&2
}

die() {
  say "$*"
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "This needs root, and sudo is not here: $*"
  fi
}

# install_debian PACKAGE...: fails when this is no Debian or Ubuntu.
install_debian() {
  command -v apt-get >/dev/null || return 1
  say "Installing $*"
  as_root apt-get update -qq >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

need_dotnet() {
  # In the checkout, since global.json says which SDK; its own message names it.
  command -v dotnet >/dev/null && (cd "$root" && dotnet --version >/dev/null) ||
    die "The .NET 10 SDK is needed: https://dotnet.microsoft.com/download/dotnet/10.0 or your system's package dotnet-sdk-10.0."
}

# The places where the service looks (Programs.cs in ContactsService.LocalPostgres).
has_postgres() {
  local folder pg_ctl
  pg_ctl=$(command -v pg_ctl || true)
  for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin \
    /usr/local/opt/postgresql@*/bin /usr/local/pgsql/bin ${pg_ctl:+"$(dirname "$pg_ctl")"}; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && [ -x "$folder/postgres" ]; then
      return 0
    fi
  done
  return 1
}

need_postgres() {
  if [ -n "${ConnectionStrings__Contacts:-}" ] || has_postgres; then
    return 0
  fi

  if command -v apt-get >/dev/null; then
    # The service makes a cluster of its own. Debian's would lie there unused, and run. Whoever has said otherwise keeps it.
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
      as_root mkdir -p /etc/postgresql-common
      echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    install_debian postgresql
  elif command -v brew >/dev/null; then
    brew install postgresql@17 >&2
  fi

  has_postgres ||
    die "A PostgreSQL server is needed: install it, or name one in ConnectionStrings__Contacts, or use docker compose up."
}

# One test looks at the Swagger page in a browser.
need_chromium() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null; then
      return 0
    fi
  done

  [ -d "/Applications/Google Chrome.app" ] || install_debian chromium ||
    say "No Chromium or Google Chrome is here: the test of the Swagger page will fail. Install one."
}

# The tests with the Webex SDK run it in Node.js.
need_node() {
  if command -v node >/dev/null && command -v npm >/dev/null; then
    return 0
  fi

  install_debian nodejs npm ||
    say "No Node.js with npm is here: the tests with the Webex SDK will fail. Install both: https://nodejs.org"
}
