import type { ClientInput } from "../../config/schema/client";
import { arn, call, edxapp, iam, type Question, s3 } from "./question";

const grades = (access: "merge-policy" | "new-policy" | "print"): Partial<ClientInput> => ({
  edxapp: { ...edxapp, gradesBucket: { name: "example-edxapp", access } },
});

const objectsOf = (path: string) =>
  ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"].map((action) => call(action, s3(path)));

const destruction = (bucket: string) => [
  call("s3:DeleteBucket", s3(bucket)),
  call("s3:DeleteObjectVersion", s3(`${bucket}/data`)),
  call("s3:PutReplicationConfiguration", s3(bucket)),
  call("s3:PutBucketAcl", s3(bucket)),
];

const serviceRole = (service: string) => iam(`role/aws-service-role/${service}.amazonaws.com/AWSServiceRole`);

/** RDS, Elasticsearch and S3. */
export const data: readonly Question[] = [
  {
    what: "make, change and delete the client's RDS instances",
    calls: [
      call("rds:CreateDBInstance", arn("rds", "db:example-analytics")),
      call("rds:ModifyDBInstance", arn("rds", "db:example-analytics")),
      call("rds:DeleteDBInstance", arn("rds", "db:example-analytics")),
      call("rds:CreateDBParameterGroup", arn("rds", "pg:example-analytics-mysql8-0")),
    ],
  },
  {
    what: "the same with any other RDS, edxapp's and such as begin like the client's among them",
    calls: ["edxapp", "example-analytics-edxapp", "example-analytics-2", "example-two-analytics"].flatMap((name) => [
      call("rds:DeleteDBInstance", arn("rds", `db:${name}`)),
      call("rds:ModifyDBInstance", arn("rds", `db:${name}`)),
      call("rds:AddTagsToResource", arn("rds", `db:${name}`)),
    ]),
  },
  {
    what: "with `restoreFrom`, restore them from that snapshot or instance",
    client: {
      database: {
        iterations: {
          "1": { restoreFrom: { snapshot: "example-analytics-final" } },
          "2": { restoreFrom: { instance: "example-analytics", at: "latest" } },
        },
      },
    },
    calls: [
      call("rds:RestoreDBInstanceFromDBSnapshot", arn("rds", "snapshot:example-analytics-final")),
      call("rds:RestoreDBInstanceToPointInTime", arn("rds", "db:example-analytics")),
      call("rds:RestoreDBInstanceToPointInTime", arn("rds", "db:example-analytics-2")),
      call("rds:RestoreDBInstanceFromDBSnapshot", arn("rds", "subgrp:example-analytics")),
    ],
  },
  {
    what: "restore them from another snapshot",
    calls: [call("rds:RestoreDBInstanceFromDBSnapshot", arn("rds", "snapshot:edxapp"))],
  },
  {
    what: "make, change and delete the client's Elasticsearch domain",
    calls: [
      call("es:CreateElasticsearchDomain", arn("es", "domain/example-analytics-es")),
      call("es:DeleteElasticsearchDomain", arn("es", "domain/example-analytics-es")),
    ],
  },
  {
    what: "the same with another domain",
    calls: [call("es:DeleteElasticsearchDomain", arn("es", "domain/example-analytics-es2"))],
  },
  {
    what: "with `elasticsearch.vpc`, make and delete the service-linked role of Elasticsearch, which the client manages",
    client: { elasticsearch: { vpc: {} } },
    calls: [
      call("iam:CreateServiceLinkedRole", serviceRole("es")),
      call("iam:DeleteServiceLinkedRole", serviceRole("es")),
    ],
  },
  {
    what: "the same where another owner has that role, and with other services' roles",
    client: { elasticsearch: { vpc: { serviceRole: { existing: true } } } },
    calls: [
      call("iam:CreateServiceLinkedRole", serviceRole("es")),
      call("iam:DeleteServiceLinkedRole", serviceRole("es")),
      call("iam:DeleteServiceLinkedRole", serviceRole("rds")),
    ],
  },
  {
    what: "with `alarms`, make and change their topic, rule, state machine and budget",
    client: { alarms: { emails: ["ops@example.com"] } },
    calls: [
      call("sns:CreateTopic", arn("sns", "example-analytics")),
      call("sns:Subscribe", arn("sns", "example-analytics")),
      call("events:PutRule", arn("events", "rule/example-analytics-clusters")),
      call("states:UpdateStateMachine", arn("states", "stateMachine:example-analytics-clusters")),
      call("budgets:ModifyBudget", "arn:aws:budgets::123456789012:budget/example-analytics"),
    ],
  },
  {
    what: "the same with other owners' topics, rules and state machines",
    client: { alarms: { emails: ["ops@example.com"] } },
    calls: [
      call("sns:Subscribe", arn("sns", "edxapp")),
      call("events:PutRule", arn("events", "rule/edxapp")),
      call("states:UpdateStateMachine", arn("states", "stateMachine:edxapp")),
      call("budgets:ModifyBudget", "arn:aws:budgets::123456789012:budget/edxapp"),
    ],
  },
  {
    what: "with `alarms`, publish to the topic and start the watch of clusters",
    client: { alarms: { emails: ["ops@example.com"] } },
    calls: [
      call("sns:Publish", arn("sns", "example-analytics")),
      call("states:StartExecution", arn("states", "stateMachine:example-analytics-clusters")),
    ],
  },
  {
    what: "change or delete any alarm of CloudWatch and any target of Application Auto Scaling",
    calls: [
      call("cloudwatch:DeleteAlarms", arn("cloudwatch", "alarm:edxapp")),
      call("application-autoscaling:DeregisterScalableTarget", arn("application-autoscaling", "scalable-target/1234")),
    ],
  },
  {
    what: "with `elasticsearch.applicationLogs`, write and delete any resource policy of CloudWatch Logs",
    client: { elasticsearch: { applicationLogs: {} } },
    calls: [call("logs:PutResourcePolicy", "*"), call("logs:DeleteResourcePolicy", "*")],
  },
  {
    what: "change settings of the client's buckets, rules by which objects expire and the policy among them",
    calls: [
      call("s3:PutLifecycleConfiguration", s3("example-edxanalytics")),
      call("s3:PutBucketVersioning", s3("example-edxanalytics")),
      call("s3:PutBucketPolicy", s3("example-edxanalytics")),
    ],
  },
  {
    what: "read, write and delete objects of the client's buckets, which are versioned",
    calls: objectsOf("example-edxanalytics/data"),
  },
  {
    what: "the same by a policy of the client's bucket that lets it",
    bucketPolicy: true,
    calls: objectsOf("example-edxanalytics/data"),
  },
  {
    what: "delete the client's buckets and versions of objects, replicate them elsewhere, let others in by ACLs",
    calls: destruction("example-edxanalytics"),
  },
  {
    what: "any of that, or notifications of objects that change, by a policy of the client's bucket that lets it",
    bucketPolicy: true,
    calls: [
      ...destruction("example-edxanalytics"),
      call("s3:BypassGovernanceRetention", s3("example-edxanalytics/data")),
      call("s3:PutBucketNotification", s3("example-edxanalytics")),
    ],
  },
  {
    what: 'with `gradesBucket.access` "new-policy" or "merge-policy", write any policy of edxapp\'s bucket',
    client: grades("merge-policy"),
    calls: [call("s3:PutBucketPolicy", s3("example-edxapp"))],
  },
  {
    what: 'with "merge-policy", delete that policy; with "print", write it',
    client: grades("print"),
    calls: [call("s3:PutBucketPolicy", s3("example-edxapp")), call("s3:DeleteBucketPolicy", s3("example-edxapp"))],
  },
  {
    what: "change other settings of edxapp's bucket, read its objects besides `grades-download/`",
    client: grades("new-policy"),
    calls: [
      call("s3:PutLifecycleConfiguration", s3("example-edxapp")),
      call("s3:GetObject", s3("example-edxapp/private")),
      call("s3:PutObject", s3("example-edxapp/private")),
    ],
  },
  {
    what: "any of that, or delete its objects, bucket or policy, by a policy of edxapp's bucket that lets it",
    client: grades("merge-policy"),
    bucketPolicy: true,
    calls: [
      call("s3:PutLifecycleConfiguration", s3("example-edxapp")),
      call("s3:DeleteBucketPolicy", s3("example-edxapp")),
      ...objectsOf("example-edxapp/private"),
      ...destruction("example-edxapp"),
    ],
  },
  {
    what: "read objects in other accounts, whose buckets let it",
    calls: [
      call("s3:GetObject", s3("eu-west-1.elasticmapreduce/script.jar"), { "aws:ResourceAccount": "999999999999" }),
    ],
  },
  {
    what: "read or write objects of other buckets in the account; settings of the state's bucket",
    calls: [
      call("s3:GetObject", s3("example-two-edxanalytics/data")),
      call("s3:PutObject", s3("example-two-edxanalytics/data")),
      call("s3:PutBucketPolicy", s3("example-terraform-state")),
      call("s3:PutLifecycleConfiguration", s3("example-terraform-state")),
      call("s3:DeleteObjectVersion", s3("example-terraform-state/example/example.tfstate")),
    ],
  },
];
