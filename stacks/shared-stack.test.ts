import type { SharedStackInput } from "../config/schema/shared";
import { addressesOf, synthesizeShared } from "../test/synth";

/** The stack that the clients of an account share, with the given fields in the place of its own. */
function shared(fields: Partial<SharedStackInput> = {}) {
  return synthesizeShared({
    state: { bucket: "grove-terraform-state" },
    network: { vpc: "existing", vpcId: "vpc-0a1b2c3d" },
    ...fields,
  });
}

describe("shared stack", () => {
  it("holds EMR's roles and groups, and the log policy, once for all clients", () => {
    const { resource, data } = shared();

    expect(data.aws_vpc?.network).toMatchObject({ id: "vpc-0a1b2c3d" });
    expect(resource.aws_iam_role).toMatchObject({
      emr_roles_service: { name: "EMR_DefaultRole" },
      emr_roles_ec2: { name: "EMR_EC2_DefaultRole" },
    });
    expect(resource.aws_security_group).toMatchObject({
      emr_master: { name: "ElasticMapReduce-master", vpc_id: "${data.aws_vpc.network.id}" },
      emr_slave: { name: "ElasticMapReduce-slave", vpc_id: "${data.aws_vpc.network.id}" },
    });
    expect(resource.aws_cloudwatch_log_resource_policy?.elasticsearch_logs).toMatchObject({
      policy_name: "elasticsearch-logs",
    });
  });

  it("lets EMR_EC2_DefaultRole reach nothing, unless it has AWS's managed policy on request", () => {
    const { resource } = shared();
    const literal = shared({ emr: { instancePolicy: "AmazonElasticMapReduceforEC2Role" } }).resource;

    expect(Object.keys(resource.aws_iam_role_policy_attachment ?? {})).toEqual(["emr_roles_service_managed"]);
    expect(resource).not.toHaveProperty("aws_iam_role_policy");
    expect(literal.aws_iam_role_policy_attachment?.emr_roles_ec2_managed).toMatchObject({
      role: "${aws_iam_role.emr_roles_ec2.name}",
      policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceforEC2Role",
      lifecycle: { prevent_destroy: true },
    });
  });

  it("keeps the descriptions of groups that EMR has made", () => {
    const emrMaster = "Master group for Elastic MapReduce created on 2019-02-01T10:00:00.000Z";
    const { resource } = shared({ emr: { securityGroups: { master: { description: emrMaster } } } });

    expect(resource.aws_security_group?.emr_master?.description).toBe(emrMaster);
    expect(resource.aws_security_group?.emr_slave?.description).toBe("Slave group for Elastic MapReduce");
  });

  it("stops a plan that would take any of them from its clients", () => {
    const { resource } = shared();

    const held = [
      resource.aws_iam_role?.emr_roles_service,
      resource.aws_iam_role?.emr_roles_ec2,
      resource.aws_iam_instance_profile?.emr_roles_ec2_profile,
      resource.aws_security_group?.emr_master,
      resource.aws_security_group?.emr_slave,
    ];
    for (const one of held) {
      expect(one).toMatchObject({ lifecycle: { prevent_destroy: true } });
    }
  });

  it("can be destroyed on purpose", () => {
    const { resource } = shared({ protected: false });

    expect(JSON.stringify(resource)).not.toContain('"prevent_destroy":true');
  });

  it("keeps its state under its own name, in its own account and region", () => {
    const { terraform, provider } = shared();

    expect(terraform.backend.s3).toMatchObject({
      key: "shared-210987654321-eu-central-1/shared-210987654321-eu-central-1.tfstate",
      region: "eu-central-1",
      allowed_account_ids: ["210987654321"],
    });
    expect(provider.aws[0]).toMatchObject({ region: "eu-central-1", allowed_account_ids: ["210987654321"] });
  });

  it("carries the tags of its file, and no client's", () => {
    const { provider } = shared({ tags: { CostCentre: "grove" } });

    expect(provider.aws[0].default_tags).toEqual([
      { tags: { CostCentre: "grove", Project: "edx-analytics", ManagedBy: "terraform" } },
    ]);
  });

  it("is deployed by the role that its file names", () => {
    const { provider } = shared({ deployRoleArn: "arn:aws:iam::210987654321:role/deploy" });

    expect(provider.aws[0].assume_role).toEqual([{ role_arn: "arn:aws:iam::210987654321:role/deploy" }]);
  });

  it("may be in the default VPC", () => {
    const { data } = shared({ network: { vpc: "default" } });

    expect(data.aws_vpc?.network).toMatchObject({ default: true });
  });

  it("asks for DNS hostnames in the VPC", () => {
    const { data } = shared();

    expect(data.aws_vpc?.network?.lifecycle.postcondition[0].error_message).toContain(
      "aws ec2 modify-vpc-attribute --vpc-id ${self.id} --enable-dns-hostnames",
    );
  });

  it("leaves out the roles in an account that has them, as in its second region", () => {
    const { resource } = shared({ emr: { roles: { existing: true } } });

    expect(resource).not.toHaveProperty("aws_iam_role");
    expect(resource.aws_security_group).toHaveProperty("emr_master");
  });

  it("has the service policy v1 without tags, or v2 with EMR's tag on the groups", () => {
    const of = (servicePolicy: "v1" | "v2") => {
      const { resource } = shared({ emr: { servicePolicy } });
      return {
        policy: resource.aws_iam_role_policy_attachment?.emr_roles_service_managed?.policy_arn,
        tag: resource.aws_security_group?.emr_master?.tags["for-use-with-amazon-emr-managed-policies"],
      };
    };

    expect(of("v1")).toEqual({
      policy: "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceRole",
      tag: undefined,
    });
    expect(of("v2")).toEqual({
      policy: "arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2",
      tag: "true",
    });
  });

  it("puts EMR's tag on its clients' subnets with the service policy v2", () => {
    const subnetIds = ["subnet-0000000a", "subnet-0000000b"];
    const network = { vpc: "existing", vpcId: "vpc-0a1b2c3d", subnetIds } as const;
    const { resource, data } = shared({ emr: { servicePolicy: "v2" }, network });

    expect(data.aws_subnet?.network_subnet_0000000a).toMatchObject({ id: "subnet-0000000a" });
    expect(data.aws_subnet?.network_subnet_0000000a?.lifecycle.postcondition[0].error_message).toContain(
      "Correct `network.subnetIds` or `network.vpcId`.",
    );
    expect(Object.keys(resource.aws_ec2_tag ?? {})).toHaveLength(2);
    expect(resource.aws_ec2_tag?.network_subnet_0000000b_cluster_tag).toMatchObject({
      resource_id: "${data.aws_subnet.network_subnet_0000000b.id}",
      key: "for-use-with-amazon-emr-managed-policies",
      value: "true",
    });
    expect(shared({ network }).resource).not.toHaveProperty("aws_ec2_tag");
  });

  it("puts EMR's tag on default subnets by their zones", () => {
    const { resource, data } = shared({
      emr: { servicePolicy: "v2" },
      network: { vpc: "default", zones: ["eu-central-1a"] },
    });

    expect(data.aws_subnet?.network_eu_central_1a).toMatchObject({
      vpc_id: "${data.aws_vpc.network.id}",
      availability_zone: "eu-central-1a",
      default_for_az: true,
    });
    expect(resource.aws_ec2_tag?.network_eu_central_1a_cluster_tag).toMatchObject({
      resource_id: "${data.aws_subnet.network_eu_central_1a.id}",
    });
  });

  it("lets Elasticsearch of this account write the logs of all its domains", () => {
    const { data } = shared();

    expect(data.aws_iam_policy_document?.elasticsearch_logs_statements?.statement).toEqual([
      {
        effect: "Allow",
        actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"],
        principals: [{ type: "Service", identifiers: ["es.amazonaws.com"] }],
        resources: ["arn:aws:logs:eu-central-1:210987654321:log-group:/aws/aes/domains/*"],
        condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["210987654321"] }],
      },
    ]);
  });

  it("says which groups EMR's clusters get", () => {
    const { output } = shared();

    expect(output.emr_master_security_group_id?.value).toBe("${aws_security_group.emr_master.id}");
    expect(output.emr_slave_security_group_id?.value).toBe("${aws_security_group.emr_slave.id}");
  });

  it("has addresses without hashes", () => {
    const addresses = addressesOf(shared());

    expect(
      addresses.filter((address) => !/^(data\.)?(aws|terraform)_[a-z0-9_]+\.[a-z][a-z0-9_]*$/.test(address)),
    ).toEqual([]);
  });
});
