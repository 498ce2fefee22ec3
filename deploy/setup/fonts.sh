#!/bin/sh
# Brings open faces into fonts/ out of Debian's packages. Fandol's are for all text, Hanazono's for the rarest
# characters. Faces that lie there already are kept if their hashes are right.
set -eu

sums=$PWD/deploy/setup/fonts.sha256
fonts=$PWD/fonts
truetype=./usr/share/fonts/truetype
texlive=./usr/share/texlive/texmf-dist/fonts/opentype/public

complete() { (cd "$fonts" 2>/dev/null && grep " $1/" "$sums" | sha256sum --check --status 2>/dev/null); }

# Usage: unpack PACKAGE PARENT FOLDER: takes FOLDER, which lies in PARENT inside the package, into fonts/.
unpack() {
    unpack_package "$1" "$2/$3" --exclude='*Braille*' || return 1
    mkdir -p "$fonts/$3"
    cp "$work/$2/$3"/* "$fonts/$3/"
}

bring() {
    complete "$3" && return 0
    echo "正在下载公文字体 $3……"
    { unpack "$@" && complete "$3"; } && return 0
    echo "公文字体 $3 没有装成。请检查能否访问 Debian 软件源，或把该字体的文件（$(grep -c " $3/" "$sums") 个）放进 fonts/$3 后重试。" >&2
    return 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. deploy/setup/debian.sh
bring texlive-lang-chinese "$texlive" fandol
bring fonts-hanazono "$truetype" hanazono
