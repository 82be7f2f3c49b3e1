"""Made by developers for developers: model bundles, benchmarks. Not part of what runs at home."""
