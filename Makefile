# The commands of this project. What they do lives in deploy/; this file only names them.

PORT ?= 8000
PYTHON ?= python3
export PORT PYTHON

.DEFAULT_GOAL := help
.PHONY: help run test check bench clean demo-logins

help: ## Show these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

run: ## Set everything up and start it at http://localhost:8000 (other port: make run PORT=8010)
	@exec sh deploy/start.sh run

test: ## Run every test, with a real browser
	@exec sh deploy/start.sh test

check: ## Check style, types, import contracts and the limits of the house
	@exec sh deploy/start.sh check

bench: ## Measure, and print what was measured
	@exec sh deploy/start.sh bench

demo-logins: ## Show how to sign in as each person of the demo
	@exec sh deploy/start.sh demo-logins

clean: ## Remove what was installed and cached; messages (var/) stay
	@exec sh deploy/start.sh clean
