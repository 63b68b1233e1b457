"""Text: TOML with lines, tables of keys, encodings, what is safe to print, files written whole."""
