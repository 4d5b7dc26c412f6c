"""The application a WSGI server runs: `granian --interface wsgi bookwheel.web.wsgi:application`.

The catalogue is opened here, so that a folder that cannot be served stops the start and not the first reader.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookwheel.web.settings")
application = get_wsgi_application()

from bookwheel.web import jinja, library  # noqa: E402  (Django has to be set up first)
from bookwheel.web.ops import counting  # noqa: E402
from bookwheel.web.people import setup  # noqa: E402

library.library()
setup.migrate()
jinja.compile_all()
counting.start()
