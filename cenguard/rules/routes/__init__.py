"""Rules of one family of the catalogue, one file a rule."""
