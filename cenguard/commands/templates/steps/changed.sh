# A change touches a project's own folder, or something outside of every project, which may belong to each of them.
# Without a commit to compare with, and where git does not answer, everything counts as touched.
touched() { [ -z "${BASE:-}" ] || ! git diff --quiet "$BASE...HEAD" -- "$@"; }
outside() { touched . ':(exclude,glob)**/*.md' @EXCLUDED@; }
