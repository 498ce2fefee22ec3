#!/bin/sh
# Sees to what neither PyPI nor npm can bring: Python, Pango with HarfBuzz's subsetter and, for the tests, a Chromium,
# LibreOffice's Writer, which prints what is written as DOCX, and systemd's check of its units.
# Usage: system.sh run|test
set -eu

purpose=$1

has_python() { sh deploy/setup/find-python.sh >/dev/null; }
has_library() { PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | grep -F "$1" >/dev/null; }
has_shell() { command -v chromium-headless-shell; }
has_browser() { has_shell || command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_writer() { command -v soffice; }
has_unit_check() { command -v systemd-analyze; }
has_chinese_face() { fc-list :lang=zh 2>/dev/null | grep . >/dev/null; }

can_install() { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; }

# Debian 12 ships the subsetter inside libharfbuzz0b, later releases in a package of its own.
subsetter() { apt-cache show libharfbuzz-subset0 >/dev/null 2>&1 && echo libharfbuzz-subset0 || echo libharfbuzz0b; }

missing_packages() {
    has_python || echo python3 python3-venv
    has_library libpango-1.0.so.0 || echo libpango-1.0-0
    has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
    has_library libharfbuzz-subset.so.0 || subsetter
    [ "$purpose" = test ] || return 0
    has_browser >/dev/null || echo chromium
    has_writer >/dev/null || echo libreoffice-writer-nogui
    has_unit_check >/dev/null || echo systemd
}

# Gains, without which the tests run too: what draws no window is the same Chromium in a third of the time, and with a
# face for Chinese the pages are measured as they are read, not with a box for each character.
useful_packages() {
    has_shell >/dev/null || echo chromium-headless-shell
    has_chinese_face || echo fonts-wqy-microhei
}

add_useful() {
    can_install || return 0
    for package in $(useful_packages); do
        ! apt-cache show "$package" >/dev/null 2>&1 ||
            DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$package" || true
    done
}

mkdir -p .make
if [ -z "$(missing_packages)" ]; then
    [ "$purpose" != test ] || add_useful >.make/system.log 2>&1
    exit 0
fi
if ! can_install; then
    echo "本机缺少系统组件：$(missing_packages | xargs)。请让系统管理员安装后，再运行一次本命令。" >&2
    exit 1
fi
install_missing() {
    apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $(missing_packages)
}

echo "正在安装系统组件……"
if ! { install_missing >.make/system.log 2>&1 && [ -z "$(missing_packages)" ]; }; then
    tail -n 5 .make/system.log >&2
    echo "这些系统组件没有装成：$(missing_packages | xargs)（Python 须为 3.11 或更高版本）。请手工安装后重试。" >&2
    exit 1
fi
[ "$purpose" != test ] || add_useful >>.make/system.log 2>&1
