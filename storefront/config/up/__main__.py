"""`python -m storefront.config.up [PORT]`: the target of `make run`, without loading Django."""

import sys

from storefront.config.up.launch import launch, port_from

sys.exit(launch(port_from(sys.argv[1:])))
