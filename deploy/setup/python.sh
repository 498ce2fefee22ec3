#!/bin/sh
# Fills .venv with exactly the packages that a requirements file pins, each checked by its hash. Usage: python.sh FILE
# What is in .venv knows the path that it was made at: where the project was moved or renamed, it is made again.
set -eu

requirements=$1
here=$(pwd -P)

is_of_this_place() { [ -L .venv ] || [ "$(cat .venv/.place 2>/dev/null)" = "$here" ]; }

if ! .venv/bin/python -c '' 2>/dev/null || ! is_of_this_place; then
    python=$(sh deploy/setup/find-python.sh) || {
        echo "没有找到 Python 3.11 或以上版本（含 venv）。请安装 python3 和 python3-venv，再运行一次本命令。" >&2
        exit 1
    }
    "$python" -m venv --clear .venv
    echo "$here" >.venv/.place
fi
echo "正在安装 Python 组件（$requirements）……"
if ! .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r "$requirements"; then
    echo "Python 组件没有装成。请检查能否访问 PyPI 或单位内部的镜像（pip config），再运行一次本命令。" >&2
    exit 1
fi
