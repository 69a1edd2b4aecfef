# make run · test · test-all · mutants · dev · build · assets · generate · lint · race
#
# Only Go is needed beforehand. On Debian, as root, .ci/install fetches PostgreSQL, Chromium, a Hangul font and a C compiler
# (for the race detector) when they are missing; elsewhere it says in one line what to install.

GO      ?= go
CLUSTER := $(GO) run ./models/store/storetest/cluster
STAGE   := .ci/stage

# What writes points: tested with the race detector, and only so.
RACED   := $(addprefix dangol/models/,ledger accrual together redemption rewards transfers merges happenings grants coupons days tasks occasions plans referrals partners)
# Packages that drive a browser; .ci/packages finds them by what they import.
BROWSED  = $(shell .ci/packages browser)
PLAIN    = $(shell .ci/packages plain)

.PHONY: run build test stages test-all mutants dev assets generate lint race \
        stage-generate stage-lint stage-test stage-race stage-browser check-generate

run: build
	@.ci/install postgres
	bin/dangol demo

build:
	$(GO) build -o bin/dangol ./cmd/dangol

dev:
	@.ci/install postgres
	$(GO) tool templ generate --watch --cmd "$(GO) run ./cmd/dangol demo"

# One database cluster serves all stages; every stage runs, also after one that failed.
test:
	@.ci/install postgres chromium font compiler
	$(CLUSTER) $(MAKE) --no-print-directory -k stages

stages: stage-generate stage-lint stage-test stage-race stage-browser

stage-generate:
	@$(STAGE) generate 40 $(MAKE) --no-print-directory check-generate
stage-lint:
	@$(STAGE) lint 120 .ci/lint
stage-test:
	@$(STAGE) test 240 $(GO) test $(filter-out $(RACED),$(PLAIN)) ./.ci/mutants
stage-race:
	@$(STAGE) race 240 $(GO) test -race $(RACED)
stage-browser:
	@$(STAGE) browser 300 $(GO) test -p 1 -timeout 15m $(BROWSED)

check-generate:
	@.ci/fresh $(GO) tool templ generate

# Before an issue is closed: everything again, every input, small pools, and minutes of fuzzing.
test-all: test
	$(CLUSTER) $(MAKE) --no-print-directory -k all-stages

.PHONY: all-stages stage-everything stage-looks stage-pool-2 stage-pool-1 stage-fuzz
all-stages: stage-everything stage-looks stage-pool-2 stage-pool-1 stage-fuzz

stage-everything:
	@$(STAGE) everything 1800 env DANGOL_TEST_ALL=1 $(GO) test -count=1 -timeout 40m $(PLAIN)
stage-looks:
	@$(STAGE) looks 1200 env DANGOL_TEST_ALL=1 $(GO) test -count=1 -p 1 -timeout 30m $(BROWSED)
stage-pool-2:
	@$(STAGE) pool-of-2 600 env DANGOL_TEST_POOL=2 $(GO) test -count=1 -timeout 20m $(PLAIN)
stage-pool-1:
	@$(STAGE) pool-of-1 600 env DANGOL_TEST_POOL=1 $(GO) test -count=1 -timeout 20m $(PLAIN)
stage-fuzz:
	@$(STAGE) fuzz 900 .ci/fuzz 60s

# Breaks every rule of models/terms/RULES.md once, and sees a test that names it fail.
mutants:
	@.ci/install postgres
	$(CLUSTER) $(GO) test ./.ci/mutants -mutate -v -count=1 -parallel 2 -timeout 40m

generate:
	$(GO) tool templ generate

assets:
	npm ci
	npm run build

lint:
	@.ci/lint

race:
	@.ci/install postgres compiler
	$(CLUSTER) $(GO) test -race ./...
