"""What moto gets wrong of IAM and of S3's policies, patch by patch as in server.py."""

import json
import re
from fnmatch import fnmatchcase


def patch_iam() -> None:
    from moto.iam.models import SERVICE_NAME_CONVERSION, IAMBackend

    # Makes AWSServiceRoleForEs, which AWS calls otherwise.
    SERVICE_NAME_CONVERSION["es"] = "AmazonElasticsearchService"

    put_user_policy = IAMBackend.put_user_policy

    def put_policy_of_any_version(self, user_name, policy_name, policy_json):
        """Refuses an inline policy without a version, which IAM takes as one of 2008; managed ones alone need it."""
        put_user_policy(self, user_name, policy_name, json.dumps({"Version": "2012-10-17", **json.loads(policy_json)}))
        self.get_user(user_name).put_policy(policy_name, policy_json)

    IAMBackend.put_user_policy = put_policy_of_any_version

    from moto.core.responses import EmptyResult
    from moto.iam.responses import IamResponse

    create_user = IamResponse.create_user

    def limit(self):
        """The permissions boundary of a user is not kept, and differs on every plan; those of roles are kept."""
        arn = self._get_param("PermissionsBoundary")
        boundary = arn and {"PermissionsBoundaryType": "PermissionsBoundaryPolicy", "PermissionsBoundaryArn": arn}
        self.backend.get_user(self._get_param("UserName")).permissions_boundary = boundary

    def create_limited_user(self):
        result = create_user(self)
        limit(self)
        return result

    def put_user_permissions_boundary(self):
        limit(self)
        return EmptyResult()

    IamResponse.create_user = create_limited_user
    IamResponse.put_user_permissions_boundary = put_user_permissions_boundary
    IamResponse.delete_user_permissions_boundary = put_user_permissions_boundary


def patch_s3() -> None:
    from moto.iam.access_control import IAMPolicy, PermissionResult, S3IAMRequest
    from moto.s3.models import FakeBucket, FakeDeleteMarker, S3Backend, s3_backends
    from moto.s3.responses import ACTION_MAP

    def statements_of(bucket):
        policy = json.loads(bucket.policy) if bucket.policy else {"Statement": []}
        statement = policy["Statement"]
        return statement if isinstance(statement, list) else [statement]

    def policy_of(statements):
        return {"Version": "2012-10-17", "Statement": statements}

    def get_permission(self, action, resource):
        """A Deny counts whatever its conditions: a bucket that refuses plain HTTP would refuse everything.

        The tests talk HTTP to an emulator on this machine, and nothing has an instance's credentials; statements about
        either are left out of its judgement. Those about the caller are judged below.
        """
        others = ("aws:SecureTransport", "s3:TlsVersion", "aws:Ec2InstanceSourceVpc", "aws:PrincipalArn")
        judged = [s for s in statements_of(self) if not any(key in json.dumps(s.get("Condition")) for key in others)]
        if not judged:
            return PermissionResult.NEUTRAL
        return IAMPolicy(json.dumps(policy_of(judged))).is_action_permitted(action, resource)

    FakeBucket.get_permission = get_permission

    def refuses(statement, caller):
        """Whether a Deny is about the caller by `aws:PrincipalArn`, which of a session is its role's ARN."""
        role = re.sub(r":sts::(\d+):assumed-role/([^/]+)/.*", r":iam::\1:role/\2", caller)
        conditions = statement.get("Condition", {})

        def is_like(operator):
            patterns = conditions[operator]["aws:PrincipalArn"]
            return any(fnmatchcase(role, pattern) for pattern in ([patterns] if isinstance(patterns, str) else patterns))

        return statement["Effect"] == "Deny" and (
            ("ArnLike" in conditions and is_like("ArnLike"))
            or ("ArnNotLike" in conditions and not is_like("ArnNotLike"))
        )

    check_action_permitted = S3IAMRequest.check_action_permitted

    def check_with_bucket_policy(self, resource):
        """A caller's own policies alone are asked; what a bucket's policy says of the caller by ARN counts as much."""
        key = self._access_key
        name = resource.split(":::")[-1].split("/")[0]
        bucket = s3_backends[self.account_id]["aws"].buckets.get(name)
        if bucket and any(refuses(statement, key.arn) for statement in statements_of(bucket)):
            self._raise_access_denied()
        allowed = [
            {field: value for field, value in statement.items() if field != "Principal"}
            for statement in (statements_of(bucket) if bucket else [])
            if statement["Effect"] == "Allow"
            and isinstance(statement["Principal"], dict)
            and statement["Principal"].get("AWS") == key.arn
        ]
        if allowed:
            own = key.collect_policies()
            key.collect_policies = lambda: [*own, {"policy_document": json.dumps(policy_of(allowed))}]
        check_action_permitted(self, resource)

    S3IAMRequest.check_action_permitted = check_with_bucket_policy
    # There is no permission of that name: AWS asks for ListBucket.
    ACTION_MAP["BUCKET"]["HEAD"]["DEFAULT"] = "ListBucket"

    get_bucket_encryption = S3Backend.get_bucket_encryption
    by_default = {"Rule": {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}}
    # Found nowhere unless it was set: S3 gives it to every bucket, so that a bucket made by hand has one to import.
    S3Backend.get_bucket_encryption = lambda self, name: get_bucket_encryption(self, name) or by_default
    # Emptying a versioned bucket answers 500: a delete marker cannot be disposed of.
    FakeDeleteMarker.dispose = lambda self, garbage=False: None
