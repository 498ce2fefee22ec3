#!/bin/sh
# Installs the front end's packages as package-lock.json pins them; where the machine has no Node, PyPI's build of it goes into .venv.
set -eu

PATH="$PWD/.venv/bin:$PATH"

has_node() { command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null; }

has_node || sh deploy/setup/python.sh deploy/setup/node-requirements.txt
echo "正在安装前端组件……"
if ! npm ci --include=dev --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null; then
    echo "前端组件没有装成。请检查能否访问 npm 或单位内部的镜像（npm config），再运行一次本命令。" >&2
    exit 1
fi
