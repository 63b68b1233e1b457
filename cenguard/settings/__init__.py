"""Settings: their model, layers, waivers, plugins and schema."""
