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

# as_root COMMAND...: call can_be_root first.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

can_be_root() {
  [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null
}

# install_debian PACKAGE...: fails when this is no Debian or Ubuntu, when nobody here is root, and when apt-get fails.
install_debian() {
  command -v apt-get >/dev/null || return 1
  if ! can_be_root; then
    say "$* cannot be installed: that needs root, and there is no sudo here. As root: apt-get install $*"
    return 1
  fi

  say "Installing $*"
  # Lists that cannot be refreshed may still do.
  as_root apt-get update -qq >&2 || say "apt-get update failed; trying with the lists that are here."
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2; then
    say "apt-get could not install $*; its reason stands above. Try: apt-get update && apt-get install $*"
    return 1
  fi
}

need_dotnet() {
  # In the checkout, since global.json says which SDK; its own message names it.
  command -v dotnet >/dev/null && (cd "$root" && dotnet --version >/dev/null) ||
    die "The .NET 10 SDK is needed: https://dotnet.microsoft.com/download/dotnet/10.0 or your system's package dotnet-sdk-10.0."
}

# only_one NAME: ends this script when another one of this checkout holds NAME; else holds it until the process ends, exec included.
only_one() {
  local file=$root/artifacts/$1.pid holder
  mkdir -p "$root/artifacts"
  if ! (set -o noclobber && echo $$ >"$file") 2>/dev/null; then
    holder=$(cat "$file")
    if [ "$holder" != $$ ] && ps -p "$holder" -o args= 2>/dev/null | grep -qE 'scripts/run|ContactsService\.dll'; then
      die "scripts/$1 runs already in this checkout (process $holder): building again would replace its files under it.
Stop it with Ctrl+C, or run the second one in a checkout of its own:
  git worktree add ../contacts-2 && cd ../contacts-2 && PORT=8081 scripts/run"
    fi
    echo $$ >"$file"
  fi
}

# need_port: refuses a PORT that scripts/run could not listen on.
need_port() {
  local port=${PORT:-8080}
  [[ $port =~ ^[1-9][0-9]{0,4}$ ]] && [ "$port" -le 65535 ] ||
    die "PORT is '$port', and no whole number from 1 to 65535. Such as: PORT=8081 scripts/run"
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

  if command -v apt-get >/dev/null && can_be_root; then
    # The service makes a cluster of its own. Debian's would lie there unused, and run. Whoever has said otherwise keeps it.
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
      as_root mkdir -p /etc/postgresql-common
      echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    install_debian postgresql || true # what is missing is said below
  elif command -v brew >/dev/null; then
    brew install postgresql@17 >&2 || say "brew could not install postgresql@17; its reason stands above."
  fi

  has_postgres || die "A PostgreSQL server (15 or newer) is needed, and none is installed. Do one of these:
  install it: as root, apt-get install postgresql (Debian, Ubuntu); brew install postgresql@17 (macOS)
  name one:   ConnectionStrings__Contacts='Host=localhost;Username=contacts;Password=…;Database=contacts' scripts/run
  use Docker: docker compose up"
}

# One test runs the service behind it; without it, that test is skipped.
need_pgbouncer() {
  [ -x /usr/sbin/pgbouncer ] || install_debian pgbouncer || say "No PgBouncer is here: its test is skipped."
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
