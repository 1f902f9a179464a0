"""The door for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.config.settings")
application = get_wsgi_application()
# All that is loaded by now stays: rubbish need not be looked for in it, again and again.
gc.collect()
gc.freeze()
