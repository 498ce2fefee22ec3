# Brings files out of Debian's packages, without installing them. Needs no root. Sourced by what has set work to a
# folder of its own.

download() { (cd "$work" && package=$1 && shift && apt-get -qq "$@" download "$package" 2>/dev/null); }

# Where the package lists are missing or stale, fresh ones go into a folder of our own.
download_with_own_lists() {
    mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
    package=$1
    set -- -o "Dir::State=$work/state" -o Dir::State::status=/var/lib/dpkg/status -o "Dir::Cache=$work/cache"
    apt-get -qq "$@" update && download "$package" "$@"
}

# Usage: unpack_package PACKAGE PATTERN…: unpacks what matches out of a package into the folder.
unpack_package() {
    download "$1" || download_with_own_lists "$1" || return 1
    package=$1
    shift
    dpkg-deb --fsys-tarfile "$work/$package"_*.deb | tar -x -C "$work" --wildcards "$@"
}
