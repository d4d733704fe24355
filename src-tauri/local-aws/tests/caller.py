"""Calls STS, and the services of Identity Center, with the real boto3, one call a line on standard input, and says what boto3 made of the answer.

boto3's own check of parameters is off: what must be refused has to reach the server.
"""

import json
import sys

import boto3
import botocore
import botocore.config
import botocore.exceptions

for line in sys.stdin:
    call = json.loads(line)
    config = botocore.config.Config(
        parameter_validation=False,
        retries={"total_max_attempts": 1},
        read_timeout=call["patience"],
        **({} if call["key"] else {"signature_version": botocore.UNSIGNED}),
    )
    key = call["key"] or {}
    client = boto3.client(
        call.get("service", "sts"),
        endpoint_url=call["url"],
        region_name="eu-west-1",
        aws_access_key_id=key.get("key_id", "unused"),
        aws_secret_access_key=key.get("secret", "unused"),
        aws_session_token=key.get("token"),
        config=config,
    )
    try:
        answer = client._make_api_call(call["operation"], call["parameters"])
        answer.pop("ResponseMetadata")
        said = {"ok": answer}
    except botocore.exceptions.ClientError as error:
        said = {
            "status": error.response["ResponseMetadata"]["HTTPStatusCode"],
            "code": error.response["Error"]["Code"],
            "message": error.response["Error"].get("Message"),
            "class": type(error).__name__,
        }
    except Exception as error:  # What boto3 makes of a fault is what is asked here.
        said = {"class": type(error).__name__}
    print(json.dumps(said, default=str), flush=True)
