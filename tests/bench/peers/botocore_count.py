"""botocore as a program: reads both files as the AWS CLI does, says how many profiles there are and how long it took.

Where they are comes from AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE. On an empty home its time is that of starting
Python and botocore.
"""

import json
import time

from botocore.session import Session

session = Session()
started = time.perf_counter()
profiles = session.full_config["profiles"]
read = time.perf_counter() - started
print(json.dumps({"profiles": len(profiles), "read": read * 1000}))
