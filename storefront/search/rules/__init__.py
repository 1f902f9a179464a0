"""What words mean the same to somebody who searches: plain Python, no database."""
