#!/bin/sh
# Brings the Fandol faces into fonts/fandol out of Debian's texlive-lang-chinese, without installing TeX. Needs no root.
# Faces that lie there already are kept if their hashes are right.
set -eu

sums=$PWD/deploy/setup/fandol.sha256
folder=$PWD/fonts/fandol
inside=./usr/share/texlive/texmf-dist/fonts/opentype/public/fandol

complete() { (cd "$folder" 2>/dev/null && sha256sum --check --status "$sums" 2>/dev/null); }

download() { (cd "$work" && apt-get -qq "$@" download texlive-lang-chinese 2>/dev/null); }

# Where the package lists are missing or stale, fresh ones go into a folder of our own.
download_with_own_lists() {
    mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
    set -- -o "Dir::State=$work/state" -o Dir::State::status=/var/lib/dpkg/status -o "Dir::Cache=$work/cache"
    apt-get -qq "$@" update && download "$@"
}

unpack() {
    mkdir -p "$folder"
    dpkg-deb --fsys-tarfile "$work"/texlive-lang-chinese_*.deb |
        tar -x -C "$folder" --strip-components=9 --exclude='*Braille*' "$inside"
}

complete && exit 0
echo "正在下载公文字体……"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! { { download || download_with_own_lists; } && unpack && complete; }; then
    echo "公文字体没有装成。请检查能否访问 Debian 软件源，或把 Fandol 字体文件（$(wc -l <"$sums") 个 .otf）放进 fonts/fandol 后重试。" >&2
    exit 1
fi
