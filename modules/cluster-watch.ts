import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { Construct } from "constructs";
import { clusterWatchDefinition, eventPattern } from "./cluster-definition";
import { PolicyDocument, trustService } from "./policy-document";

export interface ClusterWatchProps {
  /** Name of rule, state machine and role. */
  readonly name: string;
  /** Where to publish. */
  readonly topicArn: string;
  /** After how many hours a cluster that runs is reported, and again. */
  readonly hours: number;
  /** The clusters that log into this bucket, and no others. */
  readonly logsBucket: string;
  readonly region: string;
  readonly accountId: string;
}

/**
 * Reports EMR clusters that ended with errors, and those that still run after some hours: a cluster that Jenkins failed to
 * terminate costs until somebody sees it. EventBridge has an event of each state of a cluster; a state machine of Step
 * Functions waits, and asks EMR. There is no function to maintain.
 */
export class ClusterWatch extends Construct {
  constructor(scope: Construct, id: string, props: ClusterWatchProps) {
    super(scope, id);
    const { name, region, accountId } = props;
    const machineArn = `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
    const role = new IamRole(this, "Role", {
      name,
      description: "Watches EMR clusters",
      assumeRolePolicy: new PolicyDocument(this, "trust", {
        statements: ["events", "states"].map((service) =>
          trustService(`${service}.amazonaws.com`, [
            { test: "StringEquals", variable: "aws:SourceAccount", values: [accountId] },
          ]),
        ),
      }).json,
    });
    const policy = new IamRolePolicy(this, "Policy", {
      name: "watch-clusters",
      role: role.name,
      policy: new PolicyDocument(this, "Statements", {
        statements: [
          {
            effect: "Allow",
            actions: ["elasticmapreduce:DescribeCluster"],
            resources: [`arn:aws:elasticmapreduce:${region}:${accountId}:cluster/*`],
          },
          { effect: "Allow", actions: ["sns:Publish"], resources: [props.topicArn] },
          { effect: "Allow", actions: ["states:StartExecution"], resources: [machineArn] },
        ],
      }).json,
    });
    const machine = new SfnStateMachine(this, "Machine", {
      name,
      roleArn: role.arn,
      definition: JSON.stringify(clusterWatchDefinition(props), undefined, 2),
      dependsOn: [policy],
    });
    const rule = new CloudwatchEventRule(this, "Rule", {
      name,
      description: "EMR clusters that start, and such as end with errors",
      eventPattern: JSON.stringify(eventPattern),
    });
    new CloudwatchEventTarget(this, "Target", { rule: rule.name, arn: machine.arn, roleArn: role.arn });
  }
}
