"""The pages: what readers see, what editors do."""
