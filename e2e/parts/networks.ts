import { DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { DescribeElasticsearchDomainCommand } from "@aws-sdk/client-elasticsearch-service";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import type { ClientInput } from "../../config/schema/client";
import { equal, holds } from "../expectations/equal";
import { edxappSide, makeBucket } from "../harness/before";
import { changed, type Described } from "../harness/described";
import type { Steps } from "../harness/steps";
import { type Plan, Workspace } from "../harness/workspace";
import type { World } from "../harness/world";

/** What may be without a public address: Elasticsearch inside the VPC, which a deployed domain does not get unnoticed. */
export async function networks(steps: Steps, world: World, example: Described): Promise<void> {
  const workspace = new Workspace(world, example.name);
  const described = await edxappSide(world, example);
  const DomainName = example.client.elasticsearch?.domainName ?? "";
  const deploy = async (elasticsearch: ClientInput["elasticsearch"]): Promise<Plan> => {
    await workspace.client(changed(described, { elasticsearch }));
    const plan = await workspace.plan();
    await workspace.apply();
    await workspace.unchanged();
    return plan;
  };
  const inVpc = [
    "aws_iam_service_linked_role.elasticsearch_service_role",
    "aws_security_group.elasticsearch",
    "aws_vpc_security_group_egress_rule.elasticsearch_everything_out",
    "aws_vpc_security_group_ingress_rule.elasticsearch_https_from_analytics",
    "aws_vpc_security_group_ingress_rule.elasticsearch_https_from_master",
    "aws_vpc_security_group_ingress_rule.elasticsearch_https_from_slave",
  ];

  await steps.step("the client is deployed, with a public domain", async () => {
    await makeBucket(world, example.client.state.bucket);
    await deploy({});
  });
  await steps.step("a plan that would replace the protected domain by one in the VPC stops", async () => {
    await workspace.client(changed(described, { elasticsearch: { vpc: {} } }));
    await workspace.refused(
      ["plan", "-input=false", "-no-color"],
      /Instance cannot be destroyed[\s\S]*aws_elasticsearch_domain\.elasticsearch/,
    );
  });
  await steps.step("without protection it is replaced, and is in the VPC, in a group of its own", async () => {
    const { created, replaced, ...others } = await deploy({ vpc: {}, protected: false });
    equal("what is created", [...created].sort(), inVpc);
    equal("what is replaced", replaced, ["aws_elasticsearch_domain.elasticsearch"]);
    holds("nothing is destroyed besides", others.destroyed.length === 0 && others.removed.length === 0);
    const { DomainStatus: domain } = await world.es.send(new DescribeElasticsearchDomainCommand({ DomainName }));
    const { SecurityGroups: [group] = [] } = await world.ec2.send(
      new DescribeSecurityGroupsCommand({ GroupNames: [`${example.name}-elasticsearch`] }),
    );
    equal("its groups", domain?.VPCOptions?.SecurityGroupIds, [group?.GroupId]);
    equal("its subnets", domain?.VPCOptions?.SubnetIds?.length, 1);
    equal("the output", (await workspace.outputs()).elasticsearch_endpoint, domain?.Endpoints?.vpc);
    const { Role } = await world.iam.send(
      new GetRoleCommand({ RoleName: "AWSServiceRoleForAmazonElasticsearchService" }),
    );
    equal("the role's path", Role?.Path, "/aws-service-role/es.amazonaws.com/");
  });
  await steps.step("a public one again takes group and role away", async () => {
    const { destroyed, replaced } = await deploy({ protected: false });
    equal("what is destroyed", [...destroyed].sort(), inVpc);
    equal("what is replaced", replaced, ["aws_elasticsearch_domain.elasticsearch"]);
  });
}
