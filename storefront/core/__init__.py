"""Words every chapter uses: money, time, refusals, slugs. Imports nothing of ours."""
