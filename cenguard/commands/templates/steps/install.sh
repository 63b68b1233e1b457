if [ -z "${CENGUARD_PACKAGE:-}" ]; then
  echo "CENGUARD_PACKAGE is not set: what pip installs cenguard from was expected, such as a git address or a wheel" >&2
  exit 2
fi
python3 -m venv "$CENGUARD_HOME"
"$CENGUARD_HOME/bin/python" -m pip install --quiet --disable-pip-version-check "$CENGUARD_PACKAGE"
