"""
How long caches that are not ours, browsers and CDNs, may keep what is the same for everybody.

Whoever withdraws consent to be shown is gone from all of them within a minute (decision 0020). Five
seconds of it are ours: so long an answer may be kept in another web process (`core/kept.py`).
"""

FRESH_SECONDS, STALE_SECONDS = 30, 25
# What nobody need have at once when it has become old.
BRIEFLY = f"public, max-age={FRESH_SECONDS + STALE_SECONDS}"
