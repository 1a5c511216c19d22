import { arn, call, edxapp, hosts, iam, instance, type Question, tagsOf } from "./question";

const group = arn("ec2", "security-group/sg-0a1b2c3d4e5f60718");
const image = "arn:aws:ec2:eu-west-1::image/ami-0a1b2c3d4e5f60718";
const edxappDatabase = { ...edxapp.database, access: "group-rules" as const, identifier: "edxapp" };
const snapshot = "arn:aws:ec2:eu-west-1::snapshot/snap-0a1b2c3d";
const lifecyclePolicy = arn("dlm", "policy/policy-0a1b2c3d");
const reached = { sessionManager: true };
const backedUp = { hosts: { ...hosts, backups: {} } };

/** Hosts, groups, networks. */
export const ec2: readonly Question[] = [
  {
    what: "start hosts, make security groups and their rules",
    calls: [
      call("ec2:RunInstances", instance),
      call("ec2:CreateSecurityGroup", group),
      call("ec2:AuthorizeSecurityGroupIngress", group, tagsOf("example")),
    ],
  },
  {
    what: "start hosts from Canonical's images",
    calls: [
      call("ec2:RunInstances", image, { "ec2:Owner": "099720109477" }),
      call("ec2:RunInstances", image, { "ec2:Owner": "amazon" }),
    ],
  },
  {
    what: "start hosts from another owner's image, snapshot or launch template, which shows what is in it",
    calls: [
      call("ec2:RunInstances", image, { "ec2:Owner": "123456789012" }),
      call("ec2:RunInstances", "arn:aws:ec2:eu-west-1::snapshot/snap-0a1b2c3d"),
      call("ec2:RunInstances", arn("ec2", "launch-template/lt-0a1b2c3d")),
    ],
  },
  {
    what: "start hosts from an image that `director.ami` or an iteration's `ami` names",
    client: { hosts: { ...hosts, iterations: { "1": { layout: "single", ami: "ami-0a1b2c3d4e5f60718" } } } },
    calls: [call("ec2:RunInstances", image, { "ec2:Owner": "123456789012" })],
  },
  {
    what: "change and end the client's hosts and groups, which AWS knows by the tag `Client`",
    calls: [
      call("ec2:TerminateInstances", instance, tagsOf("example")),
      call("ec2:ModifyInstanceAttribute", instance, tagsOf("example")),
      call("ec2:DeleteSecurityGroup", group, tagsOf("example")),
    ],
  },
  {
    what: "end another owner's hosts, another client's among them",
    calls: [call("ec2:TerminateInstances", instance, tagsOf("other")), call("ec2:TerminateInstances", instance)],
  },
  {
    what: 'the same with `emr.servicePolicy: "v2"`',
    client: { emr: { servicePolicy: "v2" } },
    calls: [call("ec2:TerminateInstances", instance, tagsOf("other")), call("ec2:TerminateInstances", instance)],
  },
  {
    what: "stop other owners' hosts, take their addresses, change their routes",
    calls: [
      call("ec2:StopInstances", instance, tagsOf("other")),
      call("ec2:ReleaseAddress", arn("ec2", "elastic-ip/eipalloc-0a1b2c3d"), tagsOf("other")),
      call("ec2:AssociateAddress", arn("ec2", "elastic-ip/eipalloc-0a1b2c3d"), tagsOf("other")),
      call("ec2:CreateRoute", arn("ec2", "route-table/rtb-0a1b2c3d")),
    ],
  },
  {
    what: "change rules of any security group, where only AWS knows the group of the edxapp RDS",
    client: { edxapp: { ...edxapp, database: edxappDatabase } },
    calls: [call("ec2:AuthorizeSecurityGroupIngress", group)],
  },
  {
    what: 'the same where `edxapp.database.ruleSecurityGroupId` names it, and `emr.servicePolicy` is "v2"',
    client: {
      emr: { servicePolicy: "v2" },
      edxapp: { ...edxapp, database: { ...edxappDatabase, ruleSecurityGroupId: "sg-0123456789abcdef0" } },
    },
    calls: [
      call("ec2:AuthorizeSecurityGroupIngress", group),
      call("ec2:RevokeSecurityGroupIngress", group, tagsOf("other")),
    ],
  },
  {
    what: "give a host of another owner the client's tags",
    calls: [
      call("ec2:CreateTags", instance, { "aws:TagKeys": ["Client", "Project"] }),
      call("ec2:CreateTags", instance, { ...tagsOf("other"), "aws:TagKeys": ["Client"] }),
      call("ec2:CreateTags", arn("ec2", "subnet/subnet-0a1b2c3d"), { "aws:TagKeys": ["Client"] }),
    ],
  },
  {
    what: "put an address of the client onto any network interface, which displaces the address that it has",
    calls: [call("ec2:AssociateAddress", arn("ec2", "network-interface/eni-0a1b2c3d"), tagsOf("other"))],
  },
  {
    what: "change the size of any volume, and the groups and disks that a host has",
    calls: [call("ec2:ModifyVolume", arn("ec2", "volume/vol-0a1b2c3d"))],
  },
  {
    what: "with `sessionManager`, give the client's hosts another role that it may pass",
    client: reached,
    calls: [
      call("ec2:AssociateIamInstanceProfile", instance, tagsOf("example")),
      call("ec2:ReplaceIamInstanceProfileAssociation", instance, tagsOf("example")),
      call("ec2:DisassociateIamInstanceProfile", instance, tagsOf("example")),
      call("iam:PassRole", iam("role/example-session-manager"), { "iam:PassedToService": "ec2.amazonaws.com" }),
    ],
  },
  {
    what: "with `director.passwordReader`, give a director that role",
    client: { director: { keyPair: { existing: "director" }, sshFrom: ["203.0.113.0/24"], passwordReader: {} } },
    calls: [
      call("ec2:AssociateIamInstanceProfile", instance, tagsOf("example")),
      call("iam:PassRole", iam("role/example-director"), { "iam:PassedToService": "ec2.amazonaws.com" }),
    ],
  },
  {
    what: "give other owners' hosts a role, start a session, run a command on any host",
    client: reached,
    calls: [
      call("ec2:AssociateIamInstanceProfile", instance, tagsOf("other")),
      call("ec2:DisassociateIamInstanceProfile", instance),
      call("ssm:StartSession", instance, tagsOf("example")),
      call("ssm:SendCommand", instance, tagsOf("example")),
    ],
  },
  {
    what: "with it, be reached by Session Manager",
    client: reached,
    calls: [
      call("ssm:UpdateInstanceInformation", instance),
      call("ssmmessages:CreateControlChannel", "*"),
      call("ssmmessages:OpenDataChannel", "*"),
    ],
  },
  {
    what: "with `hosts.backups`, make, change and delete the client's policy of Data Lifecycle Manager, and hand it its role",
    client: backedUp,
    calls: [
      call("dlm:CreateLifecyclePolicy", "*", { "aws:RequestTag/Client": "example" }),
      call("dlm:UpdateLifecyclePolicy", lifecyclePolicy, tagsOf("example")),
      call("dlm:DeleteLifecyclePolicy", lifecyclePolicy, tagsOf("example")),
      call("iam:PassRole", iam("role/example-analytics-backups"), { "iam:PassedToService": "dlm.amazonaws.com" }),
    ],
  },
  {
    what: "the same with other owners' policies",
    client: backedUp,
    calls: [
      call("dlm:CreateLifecyclePolicy", "*", { "aws:RequestTag/Client": "other" }),
      call("dlm:UpdateLifecyclePolicy", lifecyclePolicy, tagsOf("other")),
      call("dlm:DeleteLifecyclePolicy", lifecyclePolicy),
      call("dlm:TagResource", lifecyclePolicy, tagsOf("other")),
    ],
  },
  {
    what: "with it, make snapshots of the client's hosts, and delete any that Data Lifecycle Manager has made",
    client: backedUp,
    calls: [
      call("ec2:CreateSnapshots", instance, tagsOf("example")),
      call("ec2:CreateSnapshots", arn("ec2", "volume/vol-0a1b2c3d")),
      call("ec2:CreateSnapshots", snapshot),
      call("ec2:CreateTags", snapshot, { "aws:TagKeys": ["Client", "Name"] }),
      call("ec2:DeleteSnapshot", snapshot, { "aws:ResourceTag/aws:dlm:lifecycle-policy-id": "policy-0a1b2c3d" }),
    ],
  },
  {
    what: "make snapshots of other owners' hosts, read, share or copy snapshots, delete others",
    client: backedUp,
    calls: [
      call("ec2:CreateSnapshots", instance, tagsOf("other")),
      call("ec2:CreateSnapshot", arn("ec2", "volume/vol-0a1b2c3d")),
      call("ec2:ModifySnapshotAttribute", snapshot),
      call("ec2:CopySnapshot", snapshot),
      call("ebs:GetSnapshotBlock", snapshot),
      call("ec2:DeleteSnapshot", snapshot, tagsOf("example")),
    ],
  },
];
