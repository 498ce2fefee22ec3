#!/bin/sh
# Brings open faces into fonts/ out of Debian's packages, without installing them. Needs no root. Fandol's are for all
# text, Hanazono's for the rarest characters. Faces that lie there already are kept if their hashes are right.
set -eu

sums=$PWD/deploy/setup/fonts.sha256
fonts=$PWD/fonts
truetype=./usr/share/fonts/truetype
texlive=./usr/share/texlive/texmf-dist/fonts/opentype/public

complete() { (cd "$fonts" 2>/dev/null && grep " $1/" "$sums" | sha256sum --check --status 2>/dev/null); }

download() { (cd "$work" && package=$1 && shift && apt-get -qq "$@" download "$package" 2>/dev/null); }

# Where the package lists are missing or stale, fresh ones go into a folder of our own.
download_with_own_lists() {
    mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
    package=$1
    set -- -o "Dir::State=$work/state" -o Dir::State::status=/var/lib/dpkg/status -o "Dir::Cache=$work/cache"
    apt-get -qq "$@" update && download "$package" "$@"
}

# Usage: unpack PACKAGE PARENT FOLDER: takes FOLDER, which lies in PARENT inside the package, into fonts/.
unpack() {
    mkdir -p "$fonts/$3"
    dpkg-deb --fsys-tarfile "$work/$1"_*.deb | tar -x -C "$work" --exclude='*Braille*' "$2/$3"
    cp "$work/$2/$3"/* "$fonts/$3/"
}

bring() {
    complete "$3" && return 0
    echo "正在下载公文字体 $3……"
    { { download "$1" || download_with_own_lists "$1"; } && unpack "$@" && complete "$3"; } && return 0
    echo "公文字体 $3 没有装成。请检查能否访问 Debian 软件源，或把该字体的文件（$(grep -c " $3/" "$sums") 个）放进 fonts/$3 后重试。" >&2
    return 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bring texlive-lang-chinese "$texlive" fandol
bring fonts-hanazono "$truetype" hanazono
