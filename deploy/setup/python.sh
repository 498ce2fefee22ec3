#!/bin/sh
# Fills .venv with exactly the packages that a requirements file pins, each checked by its hash. Usage: python.sh FILE
set -eu

requirements=$1

if ! .venv/bin/python -c '' 2>/dev/null; then
    python3 -m venv --clear .venv
fi
echo "正在安装 Python 组件（$requirements）……"
if ! .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r "$requirements"; then
    echo "Python 组件没有装成。请检查能否访问 PyPI 或单位内部的镜像（pip config），再运行一次本命令。" >&2
    exit 1
fi
