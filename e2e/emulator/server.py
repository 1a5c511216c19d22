"""Starts moto as the AWS that the end-to-end tests deploy into.

Usage: server.py PORT ACCOUNT_ID

Each patch below is for a bug of moto 5.2.5, named with what Terraform's provider sees of it. None changes what the
stacks ask for, and none hides a fault of this project: where moto lost a setting, it now remembers the one that it was sent.
"""

import json
import os
import sys
import tempfile
import threading
import time
import uuid

from access import patch_iam, patch_s3
from alarms import patch_budgets, patch_step_functions
from backups import patch_data_lifecycle_manager

CANONICAL = "099720109477"

# Only trusty and xenial are among moto's images; the runbook's and the releases' Ubuntu are made up here.
IMAGES = [
    {
        "ami_id": f"ami-{int(version.replace('.', '')):017x}",
        "name": f"ubuntu/images/hvm-ssd/ubuntu-{name}-{version}-amd64-server-20240401",
        "owner_id": CANONICAL,
        "image_location": f"{CANONICAL}/ubuntu-{name}",
        "description": f"Canonical, Ubuntu, {version} LTS",
        "state": "available",
        "public": True,
        "image_type": "machine",
        "platform": "",
        "architecture": "x86_64",
        "root_device_type": "ebs",
        "root_device_name": "/dev/sda1",
        "sriov": "simple",
        "virtualization_type": "hvm",
        "hypervisor": "xen",
    }
    for name, version in (("xenial", "16.04"), ("focal", "20.04"))
]


def main(port: str, account_id: str) -> None:
    images = tempfile.NamedTemporaryFile("w", suffix=".json", delete=False)
    json.dump(IMAGES, images)
    images.close()
    # moto reads its environment when it is imported.
    os.environ["MOTO_AMIS_PATH"] = images.name
    os.environ["MOTO_ACCOUNT_ID"] = account_id
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"

    patch_elasticsearch()
    patch_rds()
    patch_ec2()
    patch_iam()
    patch_s3()
    patch_service_quotas()
    patch_step_functions()
    patch_budgets()
    patch_data_lifecycle_manager(account_id)

    os.unlink(images.name)
    from moto.server import main as serve

    threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
    serve(["-H", "127.0.0.1", "-p", port])


def end_with_parent(parent: int) -> None:
    """Leaves no emulator behind a process that was killed before it could end it."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def patch_elasticsearch() -> None:
    from moto.core.utils import camelcase_to_underscores
    from moto.opensearch.models import OpenSearchDomain
    from moto.opensearch.responses import OpenSearchServiceResponse

    to_dict = OpenSearchDomain.to_dict

    # Create fails: "unexpected state '', wanted target 'Active'".
    OpenSearchDomain.to_dict = lambda self: {**to_dict(self), "DomainProcessingStatus": "Active"}

    describe_config = OpenSearchServiceResponse.describe_es_domain_config

    def domain_config(cls, request, full_url, headers):
        """Answers an update as if it were a question, and changes nothing: the domain differs on every plan."""
        if request.method == "POST":
            response = cls()
            response.setup_class(request)
            domain = response.opensearch_backend.describe_domain(request.url.split("/")[-2])
            for field, setting in json.loads(response.body).items():
                name = camelcase_to_underscores(field)
                # Of several options, those that are not sent stay.
                kept = getattr(domain, name) if isinstance(setting, dict) else None
                setattr(domain, name, {**kept, **setting} if kept else setting)
        return describe_config(request, full_url, headers)

    OpenSearchServiceResponse.describe_es_domain_config = classmethod(domain_config)

    from moto.es import urls

    def instance_types(request, full_url, headers):
        """Unknown to moto; preflight asks what the region offers."""
        return 200, {}, json.dumps({"ElasticsearchInstanceTypes": ["t2.small.elasticsearch", "t3.small.elasticsearch"]})

    def versions(request, full_url, headers):
        """Unknown to moto, too."""
        return 200, {}, json.dumps({"ElasticsearchVersions": ["7.10", "1.5"]})

    urls.url_paths["{0}/2015-01-01/es/instanceTypes/(?P<version>[^/]+)"] = instance_types
    urls.url_paths["{0}/2015-01-01/es/versions$"] = versions


def patch_service_quotas() -> None:
    from moto.servicequotas.responses import ServiceQuotasResponse

    # Unknown to moto; preflight asks for it where an account has no quota of its own.
    ServiceQuotasResponse.get_aws_default_service_quota = lambda self: json.dumps({"Quota": {"Value": 100.0}})


def patch_rds() -> None:
    from moto.rds.models import DBInstance, DBParameterGroup, RDSBackend

    # Offers Aurora and Neptune alone; preflight asks what MySQL runs on.
    RDSBackend.describe_orderable_db_instance_options = lambda self, engine, engine_version: [
        {"Engine": engine, "EngineVersion": version, "DBInstanceClass": "db.t3.medium", "StorageType": storage}
        for version in ("5.7.44", "8.0.42", "8.4.5")
        for storage in ("gp2", "gp3")
        if engine == "mysql" and engine_version in (None, version)
    ]

    init = DBInstance.__init__

    def init_instance(self, *args, **kwargs):
        init(self, *args, **kwargs)
        # All instances have one id, so that a second one replaces the first in the provider's eyes.
        self.dbi_resource_id = f"db-{uuid.uuid4().hex[:26].upper()}"
        # moto does not store it: the instance differs on every plan.
        self.engine_lifecycle_support = kwargs.get("engine_lifecycle_support", "open-source-rds-extended-support")

    DBInstance.__init__ = init_instance

    update_instance = DBInstance.update

    def keep_secret(self, manage_master_user_password=None, **kwargs):
        # Managing what is managed already makes another secret, where RDS keeps its own: an output differs.
        managed = manage_master_user_password is True and self.manage_master_user_password
        update_instance(self, None if managed else manage_master_user_password, **kwargs)

    DBInstance.update = keep_secret

    update = DBParameterGroup.update_parameters

    # Without a source the provider reads a parameter as unset: the group differs on every plan.
    DBParameterGroup.update_parameters = lambda self, parameters: update(
        self, [{**parameter, "Source": "user"} for parameter in parameters]
    )


def patch_ec2() -> None:
    from moto.core.responses import ActionResult
    from moto.ec2.models import EC2Backend
    from moto.ec2.models.security_groups import SecurityGroupBackend, SecurityGroupRule
    from moto.ec2.responses.instances import InstanceResponse

    # The description of a rule between groups is read from its range, which it has none of.
    SecurityGroupRule.description = property(
        lambda self: (self.ip_range or self.source_group or {}).get("Description")
    )

    modify_rules = SecurityGroupBackend.modify_security_group_rules

    def modify_security_group_rules(self, group_id, rules):
        """
        Wants ports of a rule for all protocols, which has none: the rule to everywhere cannot be described. Leaves a rule the group
        that it is from.
        """
        portless = {rule_id: rule for rule_id, rule in rules.items() if rule.get("IpProtocol") == "-1"}
        for rule in portless.values():
            rule.update(FromPort=-1, ToPort=-1)
        modify_rules(self, group_id, rules)
        group = self.get_security_group_from_id(group_id)
        for rule_id in portless:
            rule = group.get_rule(rule_id)
            rule.from_port = rule.to_port = None
        for rule_id, changed in rules.items():
            if changed.get("ReferencedGroupId"):
                source = group.get_rule(rule_id)
                source.source_group = {**source.source_group, "GroupId": changed["ReferencedGroupId"]}

    SecurityGroupBackend.modify_security_group_rules = modify_security_group_rules

    answer = InstanceResponse.run_instances
    run = EC2Backend.run_instances
    # A thread answers one call at a time, and Terraform makes several.
    asked = threading.local()

    def run_instances_response(self):
        asked.protected = str(self._get_param("DisableApiTermination")).lower() == "true"
        return answer(self)

    def run_instances(self, *args, **kwargs):
        reservation = run(self, *args, **kwargs)
        for instance in reservation.instances:
            # Dropped on the way in: the instance differs on every plan, and protection is not enforced.
            instance.disable_api_termination = asked.protected
            # Groups of the network interface are not the instance's: the instance differs on every plan.
            if not instance.security_groups and instance.nics:
                instance.security_groups = list(instance.nics[0].group_set)
        return reservation

    modify_interface = EC2Backend.modify_network_interface_attribute
    modify_instance = EC2Backend.modify_instance_security_groups

    def modify_network_interface_attribute(self, eni_id, group_ids, *args, **kwargs):
        """Leaves the instance the groups that its interface had: it differs on every plan."""
        modify_interface(self, eni_id, group_ids, *args, **kwargs)
        instance = self.get_network_interface(eni_id).instance
        if group_ids and instance:
            instance.security_groups = [self.get_security_group_from_id(group_id) for group_id in group_ids]

    def modify_instance_security_groups(self, instance_id, group_ids):
        """Leaves the instance's interface the groups that it had."""
        instance = modify_instance(self, instance_id, group_ids)
        for interface in instance.nics.values():
            interface._group_set = list(instance.security_groups)
        return instance

    EC2Backend.modify_network_interface_attribute = modify_network_interface_attribute
    EC2Backend.modify_instance_security_groups = modify_instance_security_groups

    # Unknown to moto; preflight asks whether the account enforces IMDSv2.
    InstanceResponse.get_instance_metadata_defaults = lambda self: ActionResult({"AccountLevel": {}})
    InstanceResponse.run_instances = run_instances_response
    EC2Backend.run_instances = run_instances


if __name__ == "__main__":
    main(*sys.argv[1:])
