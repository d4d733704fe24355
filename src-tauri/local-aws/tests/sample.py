"""Who boto3 becomes with each of these profiles, read from the files as boto3 reads them: JSON on standard output.

    sample.py CODE PROFILE…     the files are those that the environment names; CODE is what the device shows
"""

import json
import sys

import boto3
import botocore.exceptions
import botocore.session

code, *profiles = sys.argv[1:]
said = {}
for profile in profiles:
    core = botocore.session.Session(profile=profile)
    assume = core.get_component("credential_provider").get_provider("assume-role")
    assume._prompter = lambda prompt: code
    sts = boto3.Session(botocore_session=core, region_name="eu-west-1").client("sts")
    try:
        said[profile] = sts.get_caller_identity()["Arn"]
    except botocore.exceptions.ClientError as error:
        said[profile] = error.response["Error"]["Code"]
print(json.dumps(said))
