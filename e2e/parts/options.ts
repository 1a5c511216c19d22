import {
  CreateSnapshotsCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstancesCommand,
  DisassociateIamInstanceProfileCommand,
  type Instance,
  ModifyInstanceAttributeCommand,
  RegisterImageCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import type { ClientInput } from "../../config/schema/client";
import { equal } from "../expectations/equal";
import { edxappSide, makeBucket } from "../harness/before";
import { changed, type Described } from "../harness/described";
import type { Steps } from "../harness/steps";
import { Workspace } from "../harness/workspace";
import type { World } from "../harness/world";

/** What a client may have besides, off by default: each is added, changed and removed, and a plan touches nothing else. */
export async function options(steps: Steps, world: World, example: Described): Promise<void> {
  const workspace = new Workspace(world, example.name);
  let described = await edxappSide(world, example);
  const deploy = (fields: Partial<ClientInput>) => workspace.deployed(changed(described, fields));

  await steps.step("the client is deployed", async () => {
    await makeBucket(world, example.client.state.bucket);
    await deploy({});
  });

  const backups = [
    "aws_dlm_lifecycle_policy.backups",
    "aws_iam_role.backups",
    "aws_iam_role_policy_attachment.backups",
  ];
  const backedUp = (fields: object) => ({ hosts: { ...described.input.hosts, backups: fields } });
  await steps.step("backups are added, and the host is tagged in place", async () => {
    const { created, updated, ...others } = await deploy(backedUp({}));
    equal("what else changes", Object.values(others).flat(), []);
    equal("what is created", [...created].sort(), backups);
    equal("what is updated", updated, ["aws_instance.analytics_1"]);
  });
  await steps.step("backups are kept longer, and made at another hour", async () => {
    equal("the plan", await deploy(backedUp({ retentionDays: 30, hourUtc: 23 })), {
      created: [],
      updated: ["aws_dlm_lifecycle_policy.backups"],
      destroyed: [],
      replaced: [],
      removed: [],
    });
  });
  await steps.step("a lost host is restored from an image of its snapshot, and is backed up itself", async () => {
    const ami = await imageOfLostHost(world, `${example.name}-analytics-1`);
    const { keyPair } = described.input.hosts;
    described = changed(described, {
      hosts: { keyPair, active: "2", iterations: { "2": { ami } }, retired: ["1"] },
    });
    equal("the plan", await deploy(backedUp({ retentionDays: 30, hourUtc: 23 })), {
      created: ["aws_instance.analytics_2"],
      updated: [],
      destroyed: [],
      replaced: ["aws_eip_association.analytics"],
      removed: [],
    });
    const [restored] = await hostsWith(world, "tag:EdxAnalyticsBackups", example.name);
    equal("the image of what is backed up", restored?.ImageId, ami);
  });
  await steps.step("backups are removed, and nothing else", async () => {
    const { destroyed, updated, ...others } = await deploy({});
    equal("what else changes", Object.values(others).flat(), []);
    equal("what is destroyed", [...destroyed].sort(), backups);
    equal("what is updated", updated, ["aws_instance.analytics_2"]);
  });

  const director = example.input.director as object;
  await steps.step("a director that runs is not touched for another first boot", async () => {
    const plan = await deploy({
      director: { ...director, firstBoot: "install" } as unknown as ClientInput["director"],
    });
    equal("the plan", Object.values(plan).flat(), []);
  });

  const sessions = [
    "aws_iam_instance_profile.session_manager",
    "aws_iam_role.session_manager",
    "aws_iam_role_policy.session_manager_hosts",
    "aws_iam_role_policy.session_manager_jenkins",
  ];
  const ssh = "aws_vpc_security_group_ingress_rule.director_ssh_from_203_0_113_0__24";
  await steps.step(
    "Session Manager reaches the hosts, which run on, and the director's port 22 is closed",
    async () => {
      const [before] = await hostsWith(world, "tag:Name", `${example.name}-director`);
      const { created, updated, destroyed, ...others } = await deploy({
        sessionManager: true,
        director: { ...director, sshFrom: [] } as unknown as ClientInput["director"],
      });
      equal("what else changes", Object.values(others).flat(), []);
      equal("what is created", [...created].sort(), sessions);
      equal("what is updated", updated, ["aws_instance.director"]);
      equal("what is destroyed", destroyed, [ssh]);
      const [after] = await hostsWith(world, "tag:Name", `${example.name}-director`);
      equal("the director's host", after?.InstanceId, before?.InstanceId);
      equal("its profile", after?.IamInstanceProfile?.Arn?.replace(/.*\//, ""), `${example.name}-session-manager`);
    },
  );
  await steps.step("Session Manager reaches them no longer, and the director keeps a role without rights", async () => {
    const { created, destroyed, ...others } = await deploy({ sessionManager: false });
    equal("what else changes", Object.values(others).flat(), []);
    equal("what is created", created, [ssh]);
    equal(
      "what is destroyed",
      [...destroyed].sort(),
      sessions.filter((address) => /role_policy/.test(address)),
    );
  });
  await steps.step("the role is taken off the director, and removed", async () => {
    const { ec2 } = world;
    const { IamInstanceProfileAssociations: all = [] } = await ec2.send(
      new DescribeIamInstanceProfileAssociationsCommand({}),
    );
    const [ofDirector] = all.filter(({ IamInstanceProfile: profile }) => profile?.Arn?.endsWith("-session-manager"));
    await ec2.send(new DisassociateIamInstanceProfileCommand({ AssociationId: ofDirector?.AssociationId }));
    const { destroyed, ...others } = await deploy({});
    equal("what else changes", Object.values(others).flat(), []);
    equal(
      "what is destroyed",
      [...destroyed].sort(),
      sessions.filter((address) => !/role_policy/.test(address)),
    );
  });

  let alarms: readonly string[] = [];
  await steps.step("alarms are added", async () => {
    const { created, ...others } = await deploy({ alarms: { emails: ["ops@example.com"], monthlyBudgetUsd: 500 } });
    alarms = created;
    equal("what else changes", Object.values(others).flat(), []);
    equal(
      "what is not of the alarms",
      created.filter((address) => !address.includes(".alarms")),
      [],
    );
  });
  await steps.step("alarms are changed in place", async () => {
    const plan = await deploy({
      alarms: { emails: ["ops@example.com", "finance@example.com"], clusterHours: 24, monthlyBudgetUsd: 800 },
    });
    equal("the plan", plan, {
      created: ["aws_sns_topic_subscription.alarms_email_finance_at_example_com"],
      updated: ["aws_budgets_budget.alarms", "aws_sfn_state_machine.alarms_clusters"],
      destroyed: [],
      replaced: [],
      removed: [],
    });
  });
  await steps.step("alarms are removed, and nothing else", async () => {
    const { destroyed, ...others } = await deploy({});
    equal("what else changes", Object.values(others).flat(), []);
    equal(
      "what is destroyed",
      [...destroyed].sort(),
      [...alarms, "aws_sns_topic_subscription.alarms_email_finance_at_example_com"].sort(),
    );
  });
}

/** Makes a snapshot of a host as Data Lifecycle Manager does, has the host lost, and makes an image of the snapshot. */
async function imageOfLostHost({ ec2 }: World, name: string): Promise<string> {
  const [host] = await hostsWith({ ec2 }, "tag:Name", name);
  const InstanceId = host?.InstanceId ?? "";
  const { Snapshots = [] } = await ec2.send(new CreateSnapshotsCommand({ InstanceSpecification: { InstanceId } }));
  await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, DisableApiTermination: { Value: false } }));
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
  const root = "/dev/sda1";
  const { ImageId = "" } = await ec2.send(
    new RegisterImageCommand({
      Name: name,
      RootDeviceName: root,
      BlockDeviceMappings: [{ DeviceName: root, Ebs: { SnapshotId: Snapshots[0]?.SnapshotId } }],
    }),
  );
  return ImageId;
}

async function hostsWith({ ec2 }: Pick<World, "ec2">, filter: string, value: string): Promise<Instance[]> {
  const Filters = [
    { Name: filter, Values: [value] },
    { Name: "instance-state-name", Values: ["running"] },
  ];
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters }));
  return Reservations.flatMap(({ Instances = [] }) => Instances);
}
