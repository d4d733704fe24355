"""What botocore reads: for each line of standard input, a file pair with a profile and a key, one line with the value,
null where there is none, or false where botocore refuses the files."""

import json
import sys

import botocore.exceptions
import botocore.session

for line in sys.stdin:
    asked = json.loads(line)
    session = botocore.session.Session(profile=asked["profile"])
    for name, path in zip(("config_file", "credentials_file"), asked["files"]):
        session.set_config_variable(name, path)
    try:
        found = session.get_scoped_config()
        for key in asked["key"].split("."):
            found = found.get(key) if isinstance(found, dict) else None
    except botocore.exceptions.ConfigParseError:
        found = False
    except botocore.exceptions.ProfileNotFound:
        found = None
    print(json.dumps(found))
