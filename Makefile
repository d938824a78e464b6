# Everything one does with this repository, one target each; `make help` lists them with what they do.
# Nothing has to be installed but Go, Python, git and make: the targets call the project's own command line and Go.

##@ Variables, for example: make up STACK=prod

##= STACK      the stack: dev (the default), prod, or any with a Pulumi.<stack>.yaml
STACK ?= dev
##= PROVIDER   where the AWS provider comes from: auto (the default: official when it can be had), official, source
PROVIDER ?= auto
##= DISCARD    make down: 1 throws the embedded AWS away with all stacks in it, permanent ones included
DISCARD ?=
##= PKG        make test-unit, test-sandbox, golden: the Go packages, ./... by default
PKG ?= ./...
##= RUN        make test-unit, test-sandbox: only tests whose name matches this regular expression
RUN ?=
##= ID         make new-rule: the id of the control
ID ?=
##= NAME       make new-component: the package and the type, such as queue/Queue
NAME ?=

# -trimpath as pulumi itself builds, so that one build cache serves all; GOGC=400 compiles a quarter faster.
export GOFLAGS := -trimpath -buildvcs=false
export GOGC := 400

.DEFAULT_GOAL := help
SHELL := /bin/bash
BULWARK := bin/bulwark

# Tools of the repository, pinned in tools/go.mod; built by Go when they are first used.
TOOL := go tool -modfile=$(CURDIR)/tools/go.mod
GOTESTSUM := $(TOOL) gotestsum --format pkgname-and-test-fails --hide-summary skipped --
GOTEST := $(GOTESTSUM) $(if $(RUN),-run '$(RUN)')

# Modules of their own, besides tools and the engine, which hold no code.
MODULES := $(patsubst %/go.mod,%,$(wildcard sandbox/awsprovider/go.mod provider/go.mod policy/agreement/go.mod examples/*/go.mod))

# $(call tested,TAGS): the packages of the present module that have tests with these build tags.
tested = $$(go list -tags '$(1)' -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' $(or $(2),./...))

##@ The sandbox: your own AWS on the loopback interface

.PHONY: up down status doctor toolchain

up: $(BULWARK) ## deploy STACK; what is missing is found, downloaded or built first
	@$(BULWARK) up --stack "$(STACK)" --provider $(PROVIDER)

down: $(BULWARK) ## destroy STACK; stop the embedded AWS when nothing else uses it (DISCARD=1 for permanent stacks)
	@$(BULWARK) down --stack "$(STACK)" $(if $(DISCARD),--discard)

status: $(BULWARK) ## tell what runs, and where everything is
	@$(BULWARK) status --stack "$(STACK)"

doctor: $(BULWARK) ## check everything that make up needs
	@$(BULWARK) doctor --provider $(PROVIDER)

toolchain: $(BULWARK) ## find, download or build engine, AWS provider and emulator; print where they are
	@$(BULWARK) toolchain --provider $(PROVIDER)

# Asked every time: Go knows whether anything has changed. Not `go run`, which turns every exit code into 1.
.PHONY: $(BULWARK)
$(BULWARK):
	@go build -o $@ ./cmd/bulwark

##@ The sample application

.PHONY: app

app: $(BULWARK) ## deploy STACK, and run examples/audio-api against it under the role of its task, until Ctrl-C
	@cd examples/audio-api && go build -o ../../bin/audio-api-local ./cmd/local && \
	  ../../bin/audio-api-local --bulwark ../../$(BULWARK) --stack "$(STACK)" --provider $(PROVIDER)

##@ Tests

.PHONY: test test-unit test-modules test-emulator test-provider test-sandbox

test: test-unit test-modules test-emulator test-provider test-sandbox ## all of the tests below
	@echo "make test: all passed"

test-unit: ## pure functions, components on mocks, the command line: fast and offline
	@$(GOTEST) $(PKG)

test-modules: ## the modules of their own: provider from source, components as a package, examples
	@set -e; for module in $(MODULES); do echo "module $$module"; (cd $$module && $(GOTESTSUM) -count 1 $(call tested)); done

# pytest and boto3 are locked too, and lie beside the emulator's environment, which all checkouts share.
EMULATOR_TESTS := $(CURDIR)/.bulwark/emulator-tests

test-emulator: $(BULWARK) ## the emulator's fidelity layer, asked through boto3
	@python="$$($(BULWARK) toolchain --provider $(PROVIDER) --print python)" && cd sandbox/emulator && \
	  if ! cmp -s requirements-test.txt $(EMULATOR_TESTS)/requirements-test.txt; then \
	    rm -rf $(EMULATOR_TESTS) && "$$python" -m pip install --quiet --disable-pip-version-check --require-hashes \
	      --target $(EMULATOR_TESTS) -r requirements-test.txt && cp requirements-test.txt $(EMULATOR_TESTS); \
	  fi && PYTHONPATH=$(EMULATOR_TESTS) "$$python" -m pytest -q

test-provider: $(BULWARK) ## the AWS provider built from source, held against the Go SDK
	@provider="$$($(BULWARK) toolchain --provider source --print provider)" && cd sandbox/awsprovider && \
	  BULWARK_AWS_PROVIDER="$$(dirname "$$provider")" $(GOTESTSUM) -tags sandbox $(call tested,sandbox)

test-sandbox: $(BULWARK) ## real deployments: engine, AWS provider, emulator
	@$(BULWARK) toolchain --provider $(PROVIDER) --print engine >/dev/null
	@BULWARK_PROVIDER=$(PROVIDER) $(GOTEST) -tags sandbox -count 1 -timeout 30m \
	  $$(go list -tags sandbox -f '{{$$dir := .Dir}}{{range .TestGoFiles}}{{$$dir}}/{{.}} {{end}}{{range .XTestGoFiles}}{{$$dir}}/{{.}} {{end}}' $(PKG) \
	    | xargs grep -l '^//go:build sandbox' | xargs -n 1 dirname | sort -u)
	@cd provider && BULWARK_PROVIDER=$(PROVIDER) $(GOTEST) -tags sandbox -count 1 -timeout 30m .

##@ Policies

.PHONY: policy new-rule policy-lists

policy: ## build the policy pack: bin/pulumi-policy-bulwark
	@go build -ldflags '-s -w' -o bin/pulumi-policy-bulwark ./policy

new-rule: ## begin the rule of a control of the catalogue: make new-rule ID=s3-versioning
	@go run ./policy/internal/registry new $(ID)

policy-lists: ## renew the lists of rules, the schema of the examples and docs/controls.md
	@go run ./policy/internal/registry
	@go run ./policy/internal/schema/generate
	@go run ./policy/internal/controls

##@ The code

.PHONY: new-component provider lint fmt golden evidence docs-check references

new-component: ## begin a component: make new-component NAME=queue/Queue
	@go run ./internal/newcomponent "$(NAME)"

provider: ## bin/pulumi-resource-bulwark: the components for Python, TypeScript, YAML and the others
	@cd provider && go build -ldflags '-s -w' -o ../bin/ ./cmd/pulumi-resource-bulwark

lint: ## golangci-lint with the import walls, and the formatting
	@$(TOOL) golangci-lint run
	@$(TOOL) golangci-lint fmt --diff

fmt: ## format all Go files
	@$(TOOL) golangci-lint fmt

golden: ## accept what the golden tests see now; read the difference before you commit it
	@go test $$(find . -path '*/testdata/*.golden*' -not -path './.bulwark/*' | sed 's|/testdata/.*||' | sort -u) -update
	@cd provider && go test . -run '^TestSchema$$' -update
	@go test -tags sandbox ./policy/e2e -update

evidence: $(BULWARK) ## record what deployments call, for the policies of the roles that deploy and preview
	@BULWARK_PROVIDER=$(PROVIDER) go test -tags sandbox -count 1 -timeout 30m -run '^TestStacksDeployed$$' ./platform -evidence
	@go test ./components/identity -update

references: ## renew AWS's Service Authorization Reference in internal/iamref (needs npm)
	@go run ./internal/iamref/generate

docs-check: ## what README and guides say: examples that run, names and links that exist
	@$(GOTESTSUM) -run '^(Example|TestDocs)' $(PKG)

##@ Help

.PHONY: help
help: ## this list
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^##=/ { printf "  %s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
