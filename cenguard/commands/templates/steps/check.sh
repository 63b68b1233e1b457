# Checks SOURCES, one a line, and writes reports beside REPORT, a path without an ending.
mkdir -p "$(dirname "$REPORT")"
rm -f "$REPORT.json"  # of an earlier check: a report that is there is this one's
arguments=(--fail-on "${FAIL_ON:-mandatory}" --format "${FORMAT:-human}")
arguments+=(-o "json=$REPORT.json" -o "sarif=$REPORT.sarif" -o "html=$REPORT.html")
if [ -n "${GITLAB_CI:-}" ]; then arguments+=(-o "gitlab=${QUALITY:-$REPORT.gitlab.json}" -o "junit=$REPORT.xml" -o "markdown=$REPORT.md"); fi
if [ "${ONLY_NEW:-false}" = true ]; then arguments+=(--new); fi
if [ -n "${SETTINGS:-}" ]; then arguments+=(--settings "$SETTINGS"); fi
while IFS= read -r line; do if [ -n "$line" ]; then arguments+=(--base "$line"); fi; done <<< "${BASES:-}"
arguments+=(${OPTIONS:-} --)
while IFS= read -r line; do if [ -n "$line" ]; then arguments+=("$line"); fi; done <<< "$SOURCES"
status=0  # findings are a failure of the command: what follows must be told all the same
cenguard check "${arguments[@]}" || status=$?
