"""Amazon Data Lifecycle Manager, which moto does not know: policies are kept as they are sent, and make no snapshots."""

import json
import uuid


def patch_data_lifecycle_manager(account_id: str) -> None:
    from moto.es import urls
    from moto.moto_server.werkzeug_app import SIGNING_ALIASES

    kept: dict[str, dict] = {}

    def policies(request, full_url, headers):
        """https://docs.aws.amazon.com/dlm/latest/APIReference/API_Operations.html, but for lists of policies."""
        kind, *path = request.path.strip("/").split("/")
        sent = json.loads(request.get_data() or "{}")
        if not path:
            policy_id = f"policy-{uuid.uuid4().hex[:17]}"
            region = request.headers["Authorization"].split("/")[2]
            arn = f"arn:aws:dlm:{region}:{account_id}:policy/{policy_id}"
            kept[policy_id] = {"Tags": {}, **sent, "PolicyId": policy_id, "PolicyArn": arn}
            return 200, {}, json.dumps({"PolicyId": policy_id})
        policy = kept.get(path[-1])
        if policy is None:
            return 404, {"X-Amzn-ErrorType": "ResourceNotFoundException"}, json.dumps({"Message": "No such policy"})
        if kind == "tags":
            policy["Tags"].update(sent.get("Tags", {}))
            for key in request.args.getlist("tagKeys"):
                del policy["Tags"][key]
            return 200, {}, json.dumps({"Tags": policy["Tags"]})
        if request.method == "PATCH":
            policy.update(sent)
        if request.method == "DELETE":
            del kept[policy["PolicyId"]]
        return 200, {}, json.dumps({"Policy": policy})

    # moto finds a service by the name that a call is signed with; this one answers below the paths of another.
    SIGNING_ALIASES["dlm"] = "es"
    for path in ("policies$", "policies/(?P<policy>[^/]+)/?$", "tags/(?P<arn>.+)$"):
        urls.url_paths[f"{{0}}/{path}"] = policies
