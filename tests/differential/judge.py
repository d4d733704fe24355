"""Answers, line by line, what botocore holds for two files; or what a model of another reader holds, which is a
module with `run(config, credentials)`: `judge.py FOLDER MODULE`."""

import importlib
import json
import sys

import botocore.exceptions
import botocore.session


def botocore_run(config, credentials):
    session = botocore.session.Session()
    session.set_config_variable("config_file", config or "/nonexistent/config")
    session.set_config_variable("credentials_file", credentials or "/nonexistent/credentials")
    try:
        held = dict(session.full_config)
    except botocore.exceptions.ConfigParseError as error:
        return {"ok": False, "error": str(error)}
    held.pop("_path", None)
    return {
        "ok": True,
        "profiles": held.pop("profiles", {}),
        "sso_sessions": held.pop("sso_sessions", {}),
        "services": held.pop("services", {}),
        "other": held,
    }


def main():
    run = botocore_run
    if len(sys.argv) == 3:
        sys.dont_write_bytecode = True  # the models' folder is not ours to write to
        sys.path.insert(0, sys.argv[1])
        run = importlib.import_module(sys.argv[2]).run
    for line in sys.stdin:
        asked = json.loads(line)
        answer = json.dumps(run(asked.get("config"), asked.get("credentials")), ensure_ascii=False)
        # A model keeps bytes that are not UTF-8 as half of a surrogate pair; shown they are the replacement.
        text = answer.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
        sys.stdout.buffer.flush()


main()
