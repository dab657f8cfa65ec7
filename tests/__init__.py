"""The tests: no test ever sees the settings, or touches the data, of whoever runs it.

This runs before anything of dsbuilder is imported, because some of it reads the settings then.
"""

import atexit
import os
import shutil
import tempfile

for name in [name for name in os.environ if name.startswith("DSBUILDER_") and name != "DSBUILDER_REAL_PROCEDURES"]:
    del os.environ[name]
os.environ["DSBUILDER_SECRET_KEY"] = "known to every process of the tests"
os.environ["DSBUILDER_DATA_DIR"] = tempfile.mkdtemp(prefix="dsbuilder-tests-")
atexit.register(shutil.rmtree, os.environ["DSBUILDER_DATA_DIR"], ignore_errors=True)
